using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>Unsent messages, shared among any number of processes by leases.</summary>
public sealed class OutboxQueue(DatabaseWriter writer, DatabaseChoice choice, TimeProvider time)
{
    /// <summary>Stored where a channel is no longer there to send by.</summary>
    public const string ChannelGone = "The channel was switched off or removed.";

    private const string IsMail = "(o.channel_id IS NULL OR o.channel_id IN (SELECT id FROM notification_channels WHERE kind = 'Email' AND is_enabled))";
    private const string IsPost = "o.channel_id IN (SELECT id FROM notification_channels WHERE kind <> 'Email' AND is_enabled)";

    /// <summary>The oldest of its channel, and nothing of the channel under way: each receiver gets its messages in order, one at a time.</summary>
    private const string IsNext =
        """
        NOT EXISTS (SELECT 1 FROM outbox e WHERE e.channel_id = o.channel_id AND e.id <> o.id AND e.sent_at IS NULL AND e.abandoned_at IS NULL
            AND (e.id < o.id OR e.leased_until >= {0}))
        """;

    /// <summary>Longer than one message may take (three minutes).</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(5);

    /// <summary>Takes one e-mail that is due; null where there is none. One at a time: a lease never waits behind another message.</summary>
    public Task<OutboxMessage?> TakeAsync(CancellationToken cancellationToken) => TakeAsync(IsMail, cancellationToken);

    /// <summary>Takes one message that is due and posted; null where there is none.</summary>
    public Task<OutboxMessage?> TakePostAsync(CancellationToken cancellationToken) => TakeAsync($"{IsPost} AND {IsNext}", cancellationToken);

    /// <summary>Gives up what waits for channels that are switched off or gone.</summary>
    public Task<int> GiveUpOrphansAsync(CancellationToken cancellationToken) =>
        writer.WriteAsync((db, ct) => GiveUpAsync(db, time.GetUtcNow(), ct), cancellationToken);

    /// <summary>Keeps how an attempt ended. Who lost the lease meanwhile changes nothing, except that what was sent stays sent.</summary>
    internal Task RememberAsync(OutboxMessage taken, Attempt attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var attempts = taken.Attempts + 1;
        var isOver = attempt.IsPermanent || now - taken.CreatedAt >= Backoff.GiveUpAfter;
        return writer.WriteAsync(
            async (db, ct) =>
            {
                var row = await db.Outbox.FirstOrDefaultAsync(m => m.Id == taken.Id && (m.LeaseOwner == taken.LeaseOwner || attempt.IsAccepted), ct);
                if (row is null)
                {
                    return;
                }

                (row.LeaseOwner, row.LeasedUntil, row.Attempts) = (null, null, attempts);
                await ChannelHealth.NoteAsync(db, taken.ChannelId, attempt, now, ct);
                if (attempt.IsAccepted)
                {
                    (row.SentAt, row.AbandonedAt, row.LastError) = (now, null, null);
                    return;
                }

                row.LastError = attempt.Error;
                row.NextAttemptAt = now + Longer(Backoff.After(attempts), attempt.Wait);
                row.AbandonedAt = isOver ? now : null;
            },
            cancellationToken);
    }

    /// <summary>Gives a message back untried.</summary>
    public Task ReturnAsync(OutboxMessage taken, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (db, ct) => db.Outbox.Where(m => m.Id == taken.Id && m.LeaseOwner == taken.LeaseOwner)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.LeaseOwner, (string?)null).SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null), ct),
            cancellationToken);

    /// <summary>Gives a message back untried, to be taken up later.</summary>
    public Task PostponeAsync(OutboxMessage taken, DateTimeOffset until, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (db, ct) => db.Outbox.Where(m => m.Id == taken.Id && m.LeaseOwner == taken.LeaseOwner)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.LeaseOwner, (string?)null).SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null).SetProperty(m => m.NextAttemptAt, until), ct),
            cancellationToken);

    /// <summary>Writes a message of its own (a password reset); it is sent like any other.</summary>
    public Task AddAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (db, _) =>
            {
                db.Outbox.Add(message);
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <summary>The same within a transaction that switches a channel off or removes it. What is under way ends by itself.</summary>
    internal static Task<int> GiveUpAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Outbox.Where(m => m.SentAt == null && m.AbandonedAt == null && m.ChannelId != null && (m.LeasedUntil == null || m.LeasedUntil < now)
                && !db.NotificationChannels.Any(c => c.Id == m.ChannelId && c.IsEnabled))
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.AbandonedAt, now).SetProperty(m => m.LastError, ChannelGone), cancellationToken);

    private static TimeSpan Longer(TimeSpan pause, TimeSpan? wait) => wait > pause ? wait.Value : pause;

    private async Task<OutboxMessage?> TakeAsync(string which, CancellationToken cancellationToken)
    {
        var token = $"{Environment.MachineName}:{Environment.ProcessId}/{Guid.NewGuid():n}";
        var now = time.GetUtcNow();
        var skip = choice.Kind == DatabaseKind.Postgres ? "FOR UPDATE OF o SKIP LOCKED" : "";
        var sql =
            $$"""
            UPDATE outbox SET lease_owner = {1}, leased_until = {2} WHERE id IN (
                SELECT o.id FROM outbox o WHERE o.sent_at IS NULL AND o.abandoned_at IS NULL AND o.next_attempt_at <= {0} AND (o.leased_until IS NULL OR o.leased_until < {0})
                AND {{which}} ORDER BY o.next_attempt_at, o.id LIMIT 1 {{skip}})
            RETURNING *
            """;
        var rows = await writer.WriteAsync(
            (db, ct) => db.Outbox.FromSqlRaw(sql, choice.Time(now), token, choice.Time(now + LeaseLength)).AsNoTracking().ToListAsync(ct), cancellationToken);
        return rows.SingleOrDefault();
    }
}
