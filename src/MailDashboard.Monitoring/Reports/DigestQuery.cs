using MailDashboard.Checks;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Reports;

/// <summary>Reads what a digest tells, for all domains or those of one tag. Every list is short; every count is whole.</summary>
public sealed class DigestQuery(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int Most = 10;

    /// <summary>After a longer pause the list would be the history, which the dashboard has.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <param name="tag">Empty for all domains, and for what concerns the dashboard itself.</param>
    /// <param name="last">When the last digest was written; null for none.</param>
    public async Task<DigestModel> ReadAsync(string tag, DateTimeOffset? last, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = last is { } at && at <= now && at >= now - LongestPause ? at : now.AddDays(-1);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var domains = tag.Length == 0 ? db.Domains.AsNoTracking() : db.Domains.AsNoTracking().Where(d => d.Tags.Any(t => t.Tag == tag));
        var alerts = db.Alerts.AsNoTracking().Where(a => !a.IsMomentary || a.LastSeenAt >= since);
        if (tag.Length > 0)
        {
            alerts = alerts.Where(a => a.Domains.Any(b => domains.Any(d => d.Id == b.DomainId)));
        }

        var open = alerts.Where(a => a.ResolvedAt == null && a.OpenedAt != null && !a.IsMomentary);
        var unknown = domains.Where(d => d.UndeterminedCount > 0);
        return new DigestModel(
            since,
            await domains.CountAsync(cancellationToken),
            await GroupAsync(db, open.Where(a => a.AcknowledgedAt == null && (a.MutedUntil == null || a.MutedUntil <= now)), cancellationToken),
            await GroupAsync(db, open.Where(a => a.AcknowledgedAt != null && (a.MutedUntil == null || a.MutedUntil <= now)), cancellationToken),
            await GroupAsync(db, open.Where(a => a.MutedUntil > now), cancellationToken),
            await alerts.CountAsync(a => a.ResolvedAt == null && a.Status == AlertStatus.Pending, cancellationToken),
            await GroupAsync(db, alerts.Where(a => a.OpenedAt >= since), cancellationToken),
            await GroupAsync(db, alerts.Where(a => a.ResolvedAt >= since && a.OpenedAt != null && !a.IsMomentary), cancellationToken),
            await ExpiringAsync(db, domains, now, cancellationToken),
            await unknown.CountAsync(cancellationToken),
            [.. (await unknown.OrderByDescending(d => d.UndeterminedCount).ThenBy(d => d.DisplayName).Take(Most).Select(d => new { d.DisplayName, d.UndeterminedCount }).ToListAsync(cancellationToken))
                .Select(d => (d.DisplayName, d.UndeterminedCount))]);
    }

    private static async Task<DigestGroup> GroupAsync(DashboardContext db, IQueryable<Alert> alerts, CancellationToken cancellationToken)
    {
        var count = await alerts.CountAsync(cancellationToken);
        var first = count == 0 ? [] : await alerts.OrderByDescending(a => a.Severity).ThenByDescending(a => a.OpenedAt).ThenBy(a => a.Id).Take(Most)
            .Select(a => new { a.Code, a.SubjectKey, a.EvidenceJson, Domains = a.Domains.Count, First = a.Domains.Min(d => (int?)d.DomainId) }).ToListAsync(cancellationToken);
        var ids = first.Select(a => a.First).OfType<int>().Distinct().ToList();
        var names = await db.Domains.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.DisplayName, cancellationToken);
        return new DigestGroup(
            count,
            [.. first.Select(a => new DigestIncident(a.Code, Subject.Parse(a.SubjectKey), StoredJson.ReadEvidence(a.EvidenceJson), a.First is { } id ? names.GetValueOrDefault(id, "") : "", a.Domains))]);
    }

    /// <summary>One for each certificate: forty domains behind one host are one.</summary>
    private static async Task<IReadOnlyList<DigestIncident>> ExpiringAsync(DashboardContext db, IQueryable<MailDomain> domains, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from f in CountingFindings.Of(db, now)
            join d in domains on f.DomainId equals d.Id
            where CertificateEnds.Codes.Contains(f.Code)
            orderby f.Severity descending, f.FirstSeenAt, f.Id
            select new { Finding = f, d.DisplayName }).AsNoTracking().Take(500).ToListAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(r => (r.Finding.Code, r.Finding.SubjectKey)).Take(Most).Select(g => new DigestIncident(
                g.Key.Code, Subject.Parse(g.Key.SubjectKey), StoredJson.ReadEvidence(g.First().Finding.EvidenceJson), g.First().DisplayName, g.Count())),
        ];
    }
}
