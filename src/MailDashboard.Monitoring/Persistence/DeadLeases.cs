using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Leases that a killed process left behind. On SQLite one process owns the data, so whatever is leased when it starts is held
/// by nobody, and waiting for the end of those leases would only delay work. On PostgreSQL others may hold them: they end by time.
/// </summary>
internal sealed class DeadLeases(DatabaseWriter writer, DatabaseChoice choice)
{
    /// <summary>Frees them. Only for the process that holds the <see cref="ProcessLock"/>, before its workers begin.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => choice.Kind == DatabaseKind.Postgres
        ? Task.CompletedTask
        : writer.WriteAsync(
            async (db, ct) =>
            {
                var (nobody, never) = ((string?)null, (DateTimeOffset?)null);
                await db.Domains.Where(d => d.LeasedUntil != null)
                    .ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseOwner, nobody).SetProperty(d => d.LeasedUntil, never), ct);
                await db.Alerts.Where(a => a.LeasedUntil != null)
                    .ExecuteUpdateAsync(s => s.SetProperty(a => a.LeaseOwner, nobody).SetProperty(a => a.LeasedUntil, never), ct);
                await db.Outbox.Where(m => m.LeasedUntil != null)
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.LeaseOwner, nobody).SetProperty(m => m.LeasedUntil, never), ct);
                await db.Mailboxes.Where(m => m.NextCheckAt != null).ExecuteUpdateAsync(s => s.SetProperty(m => m.NextCheckAt, never), ct);
            },
            cancellationToken);
}
