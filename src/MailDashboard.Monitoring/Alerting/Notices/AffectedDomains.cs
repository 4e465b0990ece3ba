using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Which of the domains behind an alert it is still true of: a host that mended itself is named for those only that have not looked yet.</summary>
internal sealed class AffectedDomains
{
    private readonly HashSet<(int Domain, string Code, string Subject)> _open;
    private readonly HashSet<long> _shared;

    private AffectedDomains(HashSet<(int, string, string)> open, HashSet<long> shared) => (_open, _shared) = (open, shared);

    public static async Task<AffectedDomains> LoadAsync(DashboardContext db, List<Alert> alerts, CancellationToken cancellationToken)
    {
        // A listing lets go of domains by itself, and what is behind one domain only needs no question.
        var shared = alerts.FindAll(a => a.Family != ListingWatch.Family && a.Domains.Count > 1);
        var (ids, keys) = (shared.SelectMany(a => a.Domains).Select(d => d.DomainId).Distinct().ToList(), shared.Select(a => a.SubjectKey).Distinct().ToList());
        var rows = shared.Count == 0 ? [] : await db.Findings.AsNoTracking()
            .Where(f => f.ResolvedAt == null && ids.Contains(f.DomainId) && keys.Contains(f.SubjectKey))
            .Select(f => new { f.DomainId, f.Code, f.SubjectKey }).ToListAsync(cancellationToken);
        return new AffectedDomains([.. rows.Select(r => (r.DomainId, r.Code, r.SubjectKey))], [.. shared.Select(a => a.Id)]);
    }

    public IEnumerable<int> Of(Alert alert)
    {
        var all = alert.Domains.Select(d => d.DomainId).ToList();
        if (!_shared.Contains(alert.Id))
        {
            return all;
        }

        var still = all.FindAll(id => _open.Contains((id, alert.Code, alert.SubjectKey)));
        return still.Count > 0 ? still : all;
    }
}
