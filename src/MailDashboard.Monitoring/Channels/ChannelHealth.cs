using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Keeps on the channels what attempts say about them, in the transaction that keeps the attempt.</summary>
internal static class ChannelHealth
{
    /// <param name="channelId">The channel of the message; null for what people asked for themselves.</param>
    public static async Task NoteAsync(DashboardContext db, int? channelId, Attempt attempt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var concerned = attempt.IsMail ? Mail(db) : db.NotificationChannels.Where(c => c.Id == channelId);
        switch (attempt.Sign)
        {
            case ChannelSign.Works:
                await concerned.Where(c => c.FailingSince != null)
                    .ExecuteUpdateAsync(s => s.SetProperty(c => c.FailingSince, (DateTimeOffset?)null).SetProperty(c => c.LastError, (string?)null), cancellationToken);
                await concerned.ExecuteUpdateAsync(s => s.SetProperty(c => c.LastOkAt, now), cancellationToken);
                break;
            case ChannelSign.Refuses:
                if (await RefusedBeforeAsync(db, channelId, cancellationToken) is { } since)
                {
                    await FailAsync(concerned, since, attempt.Error, cancellationToken);
                }

                break;
            case ChannelSign.Fails:
                await FailAsync(concerned, now, attempt.Error, cancellationToken);
                break;
        }
    }

    /// <summary>They fail since then, unless they failed before.</summary>
    public static Task FailAsync(IQueryable<NotificationChannel> channels, DateTimeOffset since, string? error, CancellationToken cancellationToken) =>
        channels.ExecuteUpdateAsync(s => s.SetProperty(c => c.FailingSince, c => c.FailingSince ?? since).SetProperty(c => c.LastError, error), cancellationToken);

    /// <summary>
    /// When the first message was given up of those since one got through. A workflow that was switched off answers each one as if it
    /// were malformed: two in a row are the channel's.
    /// </summary>
    private static Task<DateTimeOffset?> RefusedBeforeAsync(DashboardContext db, int? channelId, CancellationToken cancellationToken) =>
        db.Outbox.Where(m => m.ChannelId == channelId && m.AbandonedAt != null && m.LastError != OutboxQueue.ChannelGone
                && !db.NotificationChannels.Any(c => c.Id == channelId && c.LastOkAt >= m.AbandonedAt))
            .MinAsync(m => m.AbandonedAt, cancellationToken);

    public static IQueryable<NotificationChannel> Mail(DashboardContext db) => db.NotificationChannels.Where(c => c.Kind == ChannelKind.Email);
}
