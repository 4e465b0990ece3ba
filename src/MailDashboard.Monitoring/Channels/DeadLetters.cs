using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Channels;

/// <summary>A message that was given up.</summary>
/// <param name="Channel">Its channel; null where that is gone, or it never had one.</param>
/// <param name="CanRetry">There is something to send it by.</param>
public sealed record DeadLetter(
    long Id, string Kind, string Recipient, string Subject, ChannelKind? Channel, bool CanRetry, DateTimeOffset CreatedAt, DateTimeOffset AbandonedAt, int Attempts, string? Error);

/// <summary>Messages that were given up lately: tried again, or discarded, by a person.</summary>
public sealed class DeadLetters(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ChangeFeed feed, TimeProvider time)
{
    /// <summary>How long they are shown.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    /// <summary>The newest ones, and how many there are.</summary>
    public async Task<(IReadOnlyList<DeadLetter> Letters, int Count)> ListAsync(int most, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Shown;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = db.Outbox.AsNoTracking().Where(m => m.AbandonedAt >= since);
        var rows = await all.OrderByDescending(m => m.AbandonedAt).ThenByDescending(m => m.Id).Take(most)
            .Select(m => new { Message = m, Channel = db.NotificationChannels.FirstOrDefault(c => c.Id == m.ChannelId) })
            .ToListAsync(cancellationToken);
        return ([.. rows.Select(r => Of(r.Message, r.Channel))], await all.CountAsync(cancellationToken));
    }

    /// <summary>Sends it once more, with all attempts before it; one that is older than three days has this one.</summary>
    /// <returns>False where it is gone, or there is nothing to send it by.</returns>
    public async Task<bool> RetryAsync(long id, CancellationToken cancellationToken) =>
        await ChangeAsync((db, ct) => RetryAsync(db, db.Outbox.Where(m => m.Id == id), ct), cancellationToken) > 0;

    /// <summary>The same for all that are shown and have something to be sent by.</summary>
    /// <returns>How many they were.</returns>
    public Task<int> RetryAllAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Shown;
        return ChangeAsync((db, ct) => RetryAsync(db, db.Outbox.Where(m => m.AbandonedAt >= since), ct), cancellationToken);
    }

    /// <summary>Deletes it.</summary>
    public async Task<bool> DiscardAsync(long id, CancellationToken cancellationToken) =>
        await ChangeAsync((db, ct) => db.Outbox.Where(m => m.Id == id && m.AbandonedAt != null).ExecuteDeleteAsync(ct), cancellationToken) > 0;

    private Task<int> RetryAsync(DashboardContext db, IQueryable<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return messages.Where(m => m.AbandonedAt != null && m.SentAt == null && (m.ChannelId == null || db.NotificationChannels.Any(c => c.Id == m.ChannelId && c.IsEnabled)))
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.AbandonedAt, (DateTimeOffset?)null).SetProperty(m => m.Attempts, 0).SetProperty(m => m.NextAttemptAt, now), cancellationToken);
    }

    private static DeadLetter Of(OutboxMessage m, NotificationChannel? channel) => new(
        m.Id, m.Kind, m.Recipient, m.Subject, channel?.Kind, m.ChannelId is null || channel is { IsEnabled: true }, m.CreatedAt, m.AbandonedAt!.Value, m.Attempts, m.LastError);

    private async Task<int> ChangeAsync(Func<DashboardContext, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        var changed = await writer.WriteAsync(change, cancellationToken);
        feed.Publish(new DashboardChange(null));
        return changed;
    }
}
