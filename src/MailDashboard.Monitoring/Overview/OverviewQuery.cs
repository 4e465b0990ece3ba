using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>A domain that needs somebody, for the list of the overview.</summary>
public sealed record NeedyDomain(int Id, string DisplayName, double? Score, string? Grade, Severity Worst, int CriticalCount, int ErrorCount, int ListingCount)
{
    /// <summary>The worst that is open; null where it was resolved a moment ago.</summary>
    public TopFinding? Top { get; init; }
}

/// <summary>Enough of a finding to write its title.</summary>
public sealed record TopFinding(string Code, Subject Subject, ImmutableArray<Evidence> Evidence);

/// <summary>An address or domain on a list, with everything of ours behind it.</summary>
public sealed record ListedSubject(long AlertId, Subject Subject, Severity Severity, AlertStatus Status, DateTimeOffset FirstSeenAt, IReadOnlyList<string> Domains);

/// <summary>What kind of change it was.</summary>
public enum ChangeKind
{
    FindingOpened,
    FindingResolved,
    RecordChanged,
    CertificateChanged,
}

/// <summary>Something that changed lately.</summary>
/// <param name="Family">Family of the finding, else null.</param>
/// <param name="Code">Code of the finding, else null.</param>
/// <param name="Text">Subject key of a finding, <c>name type</c> of a record, the host of a certificate.</param>
public sealed record RecentChange(DateTimeOffset At, ChangeKind Kind, int DomainId, string DisplayName, string? Family, string? Code, string Text, Severity? Severity)
{
    /// <summary>Of the finding: its title may quote it.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];
}

/// <summary>The overview: what needs me now?</summary>
public sealed record OverviewModel(
    int DomainCount,
    int NeedyCount,
    int ListedCount,
    int UndeterminedCount,
    int NewCount,
    double? MeanScore,
    IReadOnlyList<(string Grade, int Count)> Grades,
    IReadOnlyList<NeedyDomain> Needy,
    IReadOnlyList<ListedSubject> Listings,
    IReadOnlyList<RecentChange> Changes)
{
    /// <summary>Listings that a look confirmed.</summary>
    public int ConfirmedListings => Listings.Count(l => l.Status is AlertStatus.Open or AlertStatus.Resolving);
}

/// <summary>Reads the overview in a handful of small queries.</summary>
public sealed class OverviewQuery(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostRows = 10;

    public async Task<OverviewModel> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await db.Domains.GroupBy(_ => 1).Select(g => new
        {
            All = g.Count(),
            Needy = g.Count(d => d.WorstSeverity >= Severity.Error),
            Listed = g.Count(d => d.ListingCount > 0),
            Undetermined = g.Count(d => d.UndeterminedCount > 0),
            New = g.Count(d => d.LastAuditAt == null),
            Mean = g.Average(d => d.Score),
        }).SingleOrDefaultAsync(cancellationToken);
        var grades = await db.Domains.Where(d => d.Grade != null).GroupBy(d => d.Grade!).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync(cancellationToken);
        var needy = await db.Domains.Where(d => d.WorstSeverity >= Severity.Error)
            .OrderByDescending(d => d.WorstSeverity).ThenByDescending(d => d.CriticalCount).ThenByDescending(d => d.ErrorCount).ThenBy(d => d.DisplayName)
            .Take(MostRows)
            .Select(d => new NeedyDomain(d.Id, d.DisplayName, d.Score, d.Grade, d.WorstSeverity!.Value, d.CriticalCount, d.ErrorCount, d.ListingCount))
            .ToListAsync(cancellationToken);
        return new OverviewModel(
            counts?.All ?? 0,
            counts?.Needy ?? 0,
            counts?.Listed ?? 0,
            counts?.Undetermined ?? 0,
            counts?.New ?? 0,
            counts?.Mean,
            [.. grades.Select(g => (g.Key, g.Count))],
            await WithTopAsync(db, needy, time.GetUtcNow(), cancellationToken),
            await ListingsAsync(db, cancellationToken),
            await ChangesAsync(db, time.GetUtcNow().AddDays(-1), cancellationToken));
    }

    private static async Task<IReadOnlyList<NeedyDomain>> WithTopAsync(DashboardContext db, List<NeedyDomain> needy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = needy.Select(d => d.Id).ToList();
        var open = await CountingFindings.Of(db, now).Where(f => ids.Contains(f.DomainId) && f.Severity >= Severity.Error)
            .OrderByDescending(f => f.Severity).ThenBy(f => f.Code).ThenBy(f => f.SubjectKey)
            .Select(f => new { f.DomainId, f.Code, f.SubjectKey, f.EvidenceJson })
            .ToListAsync(cancellationToken);
        var top = open.GroupBy(f => f.DomainId).ToDictionary(g => g.Key, g => g.First());
        return [.. needy.Select(d => top.TryGetValue(d.Id, out var f)
            ? d with { Top = new TopFinding(f.Code, Subject.Parse(f.SubjectKey), StoredJson.ReadEvidence(f.EvidenceJson)) }
            : d)];
    }

    private static async Task<IReadOnlyList<ListedSubject>> ListingsAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        var alerts = await db.Alerts.Where(a => a.ResolvedAt == null && a.Status != AlertStatus.Pending && a.Family == ListingWatch.Family)
            .OrderByDescending(a => a.Severity).ThenBy(a => a.FirstSeenAt)
            .Take(MostRows)
            .Select(a => new { a.Id, a.SubjectKey, a.Severity, a.Status, a.FirstSeenAt })
            .ToListAsync(cancellationToken);

        // Beside and not within: SQLite has no APPLY.
        var ids = alerts.Select(a => a.Id).ToList();
        var names = await (
            from behind in db.AlertDomains
            join d in db.Domains on behind.DomainId equals d.Id
            where ids.Contains(behind.AlertId)
            orderby d.DisplayName
            select new { behind.AlertId, d.DisplayName }).ToListAsync(cancellationToken);
        var domains = names.ToLookup(n => n.AlertId, n => n.DisplayName);
        return [.. alerts.Select(a => new ListedSubject(a.Id, Subject.Parse(a.SubjectKey), a.Severity, a.Status, a.FirstSeenAt, [.. domains[a.Id].Take(MostRows)]))];
    }

    private static async Task<IReadOnlyList<RecentChange>> ChangesAsync(DashboardContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // What was there at the first look is no news: only what came later counts.
        var opened = await (
            from f in db.Findings
            join d in db.Domains on f.DomainId equals d.Id
            where f.FirstSeenAt >= since && d.FirstAuditAt != null && f.FirstSeenAt > d.FirstAuditAt && f.Severity >= Severity.Warning
            orderby f.FirstSeenAt descending
            select new { At = f.FirstSeenAt, d.DisplayName, Finding = f }).Take(MostRows).ToListAsync(cancellationToken);
        var resolved = await (
            from f in db.Findings
            join d in db.Domains on f.DomainId equals d.Id
            where f.ResolvedAt >= since && f.Severity >= Severity.Warning
            orderby f.ResolvedAt descending
            select new { At = f.ResolvedAt!.Value, d.DisplayName, Finding = f }).Take(MostRows).ToListAsync(cancellationToken);
        // A change for the worse is told as a finding already.
        var records = await (
            from e in db.ChangeEvents
            join d in db.Domains on e.DomainId equals d.Id
            where e.At >= since && e.Code == null
            orderby e.At descending
            select new { d.DisplayName, Event = e }).Take(MostRows).ToListAsync(cancellationToken);
        return
        [
            .. opened.Select(o => Changed(ChangeKind.FindingOpened, o.At, o.DisplayName, o.Finding))
                .Concat(resolved.Select(r => Changed(ChangeKind.FindingResolved, r.At, r.DisplayName, r.Finding)))
                .Concat(records.Select(r => new RecentChange(
                    r.Event.At,
                    r.Event.Type == ObservedCertificate.RecordType ? ChangeKind.CertificateChanged : ChangeKind.RecordChanged,
                    r.Event.DomainId,
                    r.DisplayName,
                    null,
                    null,
                    r.Event.Type == ObservedCertificate.RecordType ? r.Event.Name : $"{r.Event.Name} {r.Event.Type}",
                    null)))
                .OrderByDescending(c => c.At)
                .Take(MostRows),
        ];
    }

    private static RecentChange Changed(ChangeKind kind, DateTimeOffset at, string displayName, FindingRow finding) =>
        new(at, kind, finding.DomainId, displayName, finding.Family, finding.Code, finding.SubjectKey, finding.Severity)
        {
            Evidence = StoredJson.ReadEvidence(finding.EvidenceJson),
        };
}
