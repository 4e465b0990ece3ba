using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>What could not be checked: from the counts in the domains' own rows, then the reasons of a few.</summary>
internal static class UnknownReader
{
    private const int Most = 6;

    /// <param name="db">The database.</param>
    /// <param name="silentSince">As this process sees our DNS server; null where it answers, or where another process asks it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<NotChecked> ReadAsync(DashboardContext db, DateTimeOffset? silentSince, CancellationToken cancellationToken)
    {
        var told = await db.Alerts.Where(a => a.ResolvedAt == null && a.Family == OwnFindings.Descriptor.Id && a.Code == OwnFindings.ResolverSilent.Code)
            .Select(a => (DateTimeOffset?)a.FirstSeenAt).FirstOrDefaultAsync(cancellationToken);
        var domains = await db.Domains.Where(d => d.UndeterminedCount > 0).OrderByDescending(d => d.UndeterminedCount).ThenBy(d => d.DisplayName).Take(Most)
            .Select(d => new { d.Id, d.DisplayName }).ToListAsync(cancellationToken);
        var ids = domains.ConvertAll(d => d.Id);
        var states = ids.Count == 0 ? [] : await db.FamilyStates.Where(s => ids.Contains(s.DomainId) && s.Outcome == DomainSummary.Inconclusive)
            .OrderBy(s => s.UndeterminedSince).ThenBy(s => s.Family).Select(s => new { s.DomainId, s.Family, s.UndeterminedSince, s.ReasonJson }).ToListAsync(cancellationToken);
        var families = states.ToLookup(s => s.DomainId, s => new UncheckedFamily(s.Family, s.UndeterminedSince, StoredJson.ReadReason(s.ReasonJson)));
        return new NotChecked(silentSince ?? told, [.. domains.Select(d => new UncheckedDomain(d.Id, d.DisplayName, [.. families[d.Id]]))]);
    }
}
