using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>The second look at what is no listing: an audit of a domain behind it.</summary>
internal static class AuditsAnew
{
    /// <summary>One of the domains behind each alert is due at once, for the kind of check that shows it.</summary>
    public static async Task MakeDueAsync(DashboardContext db, List<long> alertIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var behind = await (from link in db.AlertDomains
                            join alert in db.Alerts on link.AlertId equals alert.Id
                            where alertIds.Contains(alert.Id)
                            select new { link.AlertId, link.DomainId, alert.Family, alert.Code }).ToListAsync(cancellationToken);
        foreach (var kind in behind.GroupBy(b => b.AlertId).Select(g => g.MinBy(b => b.DomainId)!).GroupBy(b => AlertKinds.Of(b.Family, b.Code)))
        {
            await DueNowAsync(db, kind.Key, [.. kind.Select(b => b.DomainId).Distinct()], now, cancellationToken);
        }
    }

    private static Task<int> DueNowAsync(DashboardContext db, FamilyKind kind, List<int> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var domains = db.Domains.Where(d => ids.Contains(d.Id));
        return kind switch
        {
            FamilyKind.Connection => domains.ExecuteUpdateAsync(s => s.SetProperty(d => d.NextConnectionAt, now).SetProperty(d => d.NextDnsAt, now).SetProperty(d => d.NextDueAt, now), cancellationToken),
            FamilyKind.Blocklist => domains.ExecuteUpdateAsync(s => s.SetProperty(d => d.NextBlocklistAt, now).SetProperty(d => d.NextDueAt, now), cancellationToken),
            _ => domains.ExecuteUpdateAsync(s => s.SetProperty(d => d.NextDnsAt, now).SetProperty(d => d.NextDueAt, now), cancellationToken),
        };
    }
}
