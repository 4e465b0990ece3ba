using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Catalogue;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>What else changed: mended, or different and no worse for it.</summary>
internal static class ChangeReader
{
    private const int Most = 8;

    public static async Task<IReadOnlyList<RecentChange>> ReadAsync(DashboardContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // Named one by one, the codes lead into the index; the end alone is in none, and findings are kept for years.
        var codes = FindingCatalogue.Codes.ToList();
        var resolved = await (
            from f in db.Findings.AsNoTracking()
            join d in db.Domains on f.DomainId equals d.Id
            where codes.Contains(f.Code) && f.ResolvedAt >= since && f.Severity >= Severity.Warning
            orderby f.ResolvedAt descending
            select new { Finding = f, d.DisplayName }).Take(Most).ToListAsync(cancellationToken);

        // A change for the worse is a finding already.
        var records = await (
            from e in db.ChangeEvents.AsNoTracking()
            join d in db.Domains on e.DomainId equals d.Id
            where e.At >= since && e.Code == null
            orderby e.At descending
            select new { e.At, e.DomainId, e.Name, e.Type, d.DisplayName }).Take(Most).ToListAsync(cancellationToken);
        return
        [
            .. resolved.Select(r => new RecentChange(r.Finding.ResolvedAt!.Value, ChangeKind.FindingResolved, r.Finding.DomainId, r.DisplayName, OverviewQuery.Top(r.Finding), ""))
                .Concat(records.Select(r => r.Type == ObservedCertificate.RecordType
                    ? new RecentChange(r.At, ChangeKind.CertificateChanged, r.DomainId, r.DisplayName, null, r.Name)
                    : new RecentChange(r.At, ChangeKind.RecordChanged, r.DomainId, r.DisplayName, null, $"{r.Name} {r.Type}")))
                .OrderByDescending(c => c.At)
                .Take(Most),
        ];
    }
}
