using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>
/// Shares the due domains among any number of workers. One statement takes and marks them; on PostgreSQL those that another
/// worker is taking are skipped, so nobody waits. A killed worker's domains are due again when its leases end.
/// </summary>
public sealed class DueDomains(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, DatabaseChoice choice, TimeProvider time)
{
    /// <summary>Longer than the longest audit; renewed while one runs.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(3);

    private readonly string _process = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Takes up to <paramref name="count"/> due domains, longest due first.</summary>
    public async Task<IReadOnlyList<Lease>> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var (token, now) = (NewToken(), time.GetUtcNow());
        var (n, until) = (choice.Time(now), choice.Time(now + Length));
        var rows = await writer.WriteAsync(
            (db, ct) => choice.Kind == DatabaseKind.Postgres
                ? ListAsync(db.Domains.FromSql(
                    $"""
                    UPDATE domains SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM domains WHERE next_due_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
                        ORDER BY next_due_at LIMIT {count} FOR UPDATE SKIP LOCKED)
                    RETURNING *
                    """), ct)
                : ListAsync(db.Domains.FromSql(
                    $"""
                    UPDATE domains SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM domains WHERE next_due_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
                        ORDER BY next_due_at LIMIT {count})
                    RETURNING *
                    """), ct),
            cancellationToken);
        var waiting = await WaitingAsync([.. rows.Select(d => d.Id)], now, cancellationToken);
        return [.. rows.OrderBy(d => d.NextDueAt).Select(d => new Lease(d, token) { IsSecondLook = waiting.Contains(d.Id) })];
    }

    /// <summary>Those with an alert that waits for a look which is not our own cache's.</summary>
    private async Task<HashSet<int>> WaitingAsync(List<int> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (from alert in db.Alerts
                      join link in db.AlertDomains on alert.Id equals link.AlertId
                      where alert.ResolvedAt == null && alert.NextLookAt <= now && alert.Family != ListingWatch.Family && ids.Contains(link.DomainId)
                      select link.DomainId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Takes one domain whether it is due or not; null where somebody has it, or it is gone (Exists tells which).</summary>
    public async Task<(Lease? Lease, bool Exists)> TakeOneAsync(int domainId, CancellationToken cancellationToken)
    {
        var (token, now) = (NewToken(), time.GetUtcNow());
        var until = now + Length;
        return await writer.WriteAsync(
            async (db, ct) =>
            {
                var taken = await db.Domains.Where(d => d.Id == domainId && (d.LeasedUntil == null || d.LeasedUntil < now))
                    .ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseOwner, token).SetProperty(d => d.LeasedUntil, until), ct);
                var domain = await db.Domains.AsNoTracking().FirstOrDefaultAsync(d => d.Id == domainId, ct);
                return (taken == 1 && domain is not null ? new Lease(domain, token) : null, domain is not null);
            },
            cancellationToken);
    }

    /// <summary>Lengthens leases whose audits are under way, or wait for their turn here.</summary>
    public Task RenewAsync(IReadOnlyCollection<Lease> leases, CancellationToken cancellationToken)
    {
        var ids = leases.Select(l => l.Domain.Id).ToList();
        var tokens = leases.Select(l => l.Token).Distinct().ToList();
        var until = time.GetUtcNow() + Length;
        return writer.WriteAsync(
            (db, ct) => db.Domains.Where(d => ids.Contains(d.Id) && tokens.Contains(d.LeaseOwner!))
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, until), ct),
            cancellationToken);
    }

    /// <summary>Gives leases back; the domains are due as they were.</summary>
    public Task ReturnAsync(IReadOnlyCollection<Lease> leases, CancellationToken cancellationToken)
    {
        var ids = leases.Select(l => l.Domain.Id).ToList();
        var tokens = leases.Select(l => l.Token).Distinct().ToList();
        return writer.WriteAsync(
            (db, ct) => db.Domains.Where(d => ids.Contains(d.Id) && tokens.Contains(d.LeaseOwner!))
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseOwner, (string?)null).SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null), ct),
            cancellationToken);
    }

    private static Task<List<MailDomain>> ListAsync(IQueryable<MailDomain> rows, CancellationToken cancellationToken) =>
        rows.AsNoTracking().ToListAsync(cancellationToken);

    private string NewToken() => $"{_process}/{Guid.NewGuid():n}";
}
