using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Under which e-mail a later one is shown: the one that told its reader of the beginning, alone, in a summary or in a group.</summary>
internal sealed class Threads
{
    private readonly ILookup<string, First> _byReader;
    private readonly ToldBook _told;

    private Threads(IEnumerable<First> messages, ToldBook told) => (_byReader, _told) = (messages.ToLookup(m => m.Recipient), told);

    /// <param name="db">The round's transaction.</param>
    /// <param name="items">What is told now.</param>
    /// <param name="told">What was told of these alerts before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Threads> LoadAsync(DashboardContext db, List<NoticeItem> items, ToldBook told, CancellationToken cancellationToken)
    {
        var alerts = items.Where(i => i.Verdict.Telling != Telling.Opened).Select(i => i.Alert).Distinct().ToList();
        if (alerts.Count == 0)
        {
            return new Threads([], told);
        }

        // A message of several names no alert: it was written at the very moment at which the notices say that people were told.
        var (ids, moments) = (alerts.ConvertAll(a => (long?)a.Id), alerts.SelectMany(told.BeginningsOf).Distinct().ToList());
        var messages = await db.Outbox.Where(m => m.PayloadJson == null && (ids.Contains(m.AlertId) || (m.AlertId == null && m.ChannelId != null && moments.Contains(m.CreatedAt))))
            .Select(m => new First(m.Id, m.AlertId, m.ChannelId, m.Recipient, m.CreatedAt, m.MessageId)).ToListAsync(cancellationToken);
        return new Threads(messages, told);
    }

    /// <summary>The message that told of most of it; null where something is new: that begins a thread of its own.</summary>
    public string? Under(List<NoticeItem> news, int channelId, string reader)
    {
        if (news.Exists(i => i.Verdict.Telling == Telling.Opened))
        {
            return null;
        }

        var messages = _byReader[reader].OrderBy(m => m.CreatedAt).ThenBy(m => m.AlertId is null).ThenBy(m => m.ChannelId != channelId).ThenBy(m => m.Id).ToList();
        return news.Select(i => FirstOf(i.Alert, messages)).OfType<First>().GroupBy(m => m).MaxBy(g => g.Count())?.Key.MessageId;
    }

    private First? FirstOf(Alert alert, List<First> messages)
    {
        var moments = _told.BeginningsOf(alert).ToList();
        return messages.Find(m => m.AlertId == alert.Id || (m.AlertId is null && moments.Contains(m.CreatedAt)));
    }

    private sealed record First(long Id, long? AlertId, int? ChannelId, string Recipient, DateTimeOffset CreatedAt, string MessageId);
}
