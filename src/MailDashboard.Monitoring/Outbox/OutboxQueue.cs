using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>Unsent messages, shared among any number of processes by leases.</summary>
public sealed class OutboxQueue(DatabaseWriter writer, DatabaseChoice choice, TimeProvider time)
{
    /// <summary>Longer than one message may take (three minutes).</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(5);

    /// <summary>Takes one message that is due; null where there is none. One at a time: a lease never waits behind another message.</summary>
    public async Task<OutboxMessage?> TakeAsync(CancellationToken cancellationToken)
    {
        var token = $"{Environment.MachineName}:{Environment.ProcessId}/{Guid.NewGuid():n}";
        var now = time.GetUtcNow();
        var (n, until) = (choice.Time(now), choice.Time(now + LeaseLength));
        var rows = await writer.WriteAsync(
            (db, ct) => (choice.Kind == DatabaseKind.Postgres
                ? db.Outbox.FromSql(
                    $"""
                    UPDATE outbox SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM outbox WHERE sent_at IS NULL AND abandoned_at IS NULL AND next_attempt_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
                        ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                    RETURNING *
                    """)
                : db.Outbox.FromSql(
                    $"""
                    UPDATE outbox SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM outbox WHERE sent_at IS NULL AND abandoned_at IS NULL AND next_attempt_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
                        ORDER BY next_attempt_at, id LIMIT 1)
                    RETURNING *
                    """)).AsNoTracking().ToListAsync(ct),
            cancellationToken);
        return rows.SingleOrDefault();
    }

    /// <summary>Keeps how an attempt ended. Who lost the lease meanwhile changes nothing, except that what was sent stays sent.</summary>
    public Task RememberAsync(OutboxMessage taken, SendResult result, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var attempts = taken.Attempts + 1;
        var isOver = result.IsPermanent || now - taken.CreatedAt >= Backoff.GiveUpAfter;
        return writer.WriteAsync(
            async (db, ct) =>
            {
                var row = await db.Outbox.FirstOrDefaultAsync(m => m.Id == taken.Id && (m.LeaseOwner == taken.LeaseOwner || result.IsAccepted), ct);
                if (row is null)
                {
                    return;
                }

                (row.LeaseOwner, row.LeasedUntil, row.Attempts) = (null, null, attempts);
                if (result.IsAccepted)
                {
                    (row.SentAt, row.LastError) = (now, null);
                    return;
                }

                row.LastError = $"{result.Stage}: {result.Detail}";
                row.NextAttemptAt = now + Backoff.After(attempts);
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

    /// <summary>Writes a message of its own (a password reset); it is sent like any other.</summary>
    public Task AddAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (db, _) =>
            {
                db.Outbox.Add(message);
                return Task.CompletedTask;
            },
            cancellationToken);
}
