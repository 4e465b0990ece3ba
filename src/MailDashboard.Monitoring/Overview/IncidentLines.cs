using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>Reads alerts as lines: an alert with ten thousand domains behind it costs one name and a count.</summary>
internal static class IncidentLines
{
    public const int Most = 8;

    public static async Task<BrokenNow> BrokenAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = db.Alerts.AsNoTracking().Where(a => a.ResolvedAt == null);
        var counts = await open.GroupBy(_ => 1).Select(g => new
        {
            All = g.Count(),
            Handled = g.Count(a => a.AcknowledgedAt != null || a.MutedUntil > now),
            Listings = g.Count(a => a.Family == ListingWatch.Family && a.Status != AlertStatus.Pending),
        }).SingleOrDefaultAsync(cancellationToken);
        if (counts is null)
        {
            return new BrokenNow(0, 0, 0, []);
        }

        var first = open.OrderBy(a => a.AcknowledgedAt != null || a.MutedUntil > now ? 1 : 0)
            .ThenByDescending(a => a.Severity).ThenByDescending(a => a.FirstSeenAt).ThenBy(a => a.Id).Take(Most);
        return new BrokenNow(counts.All - counts.Handled, counts.Handled, counts.Listings, await ReadAsync(db, first, now, cancellationToken));
    }

    public static async Task<IReadOnlyList<IncidentLine>> ReadAsync(DashboardContext db, IQueryable<Alert> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alerts = await rows.ToListAsync(cancellationToken);
        if (alerts.Count == 0)
        {
            return [];
        }

        var ids = alerts.ConvertAll(a => a.Id);
        var behind = await db.AlertDomains.Where(d => ids.Contains(d.AlertId)).GroupBy(d => d.AlertId)
            .Select(g => new { g.Key, Count = g.Count(), First = g.Min(d => d.DomainId) }).ToDictionaryAsync(g => g.Key, cancellationToken);
        var firsts = behind.Values.Select(b => b.First).Distinct().ToList();
        var names = await db.Domains.Where(d => firsts.Contains(d.Id)).Select(d => new { d.Id, d.DisplayName }).ToDictionaryAsync(d => d.Id, d => d.DisplayName, cancellationToken);
        return [.. alerts.Select(a => behind.TryGetValue(a.Id, out var domains) && names.TryGetValue(domains.First, out var name)
            ? new IncidentLine(AlertLog.View(a, [(domains.First, name)], now), domains.Count)
            : new IncidentLine(AlertLog.View(a, [], now), 0))];
    }
}
