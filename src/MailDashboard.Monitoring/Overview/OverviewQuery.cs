using MailDashboard.Checks;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>Reads the overview in a handful of small queries: none of them reads what is kept for every domain.</summary>
public sealed class OverviewQuery
{
    private const int MostNeedy = 8;

    private readonly IDbContextFactory<DashboardContext> _contexts;
    private readonly ConnectivityGuard _guard;
    private readonly TimeProvider _time;
    private readonly SharedReading<OverviewModel> _shared;

    public OverviewQuery(IDbContextFactory<DashboardContext> contexts, ConnectivityGuard guard, TimeProvider time)
    {
        (_contexts, _guard, _time) = (contexts, guard, time);
        _shared = new SharedReading<OverviewModel>(ReadNowAsync);
    }

    /// <summary>As it is when asked, or a moment later: open pages that ask together get the same.</summary>
    public Task<OverviewModel> ReadAsync(CancellationToken cancellationToken) => _shared.GetAsync(cancellationToken);

    internal static TopFinding Top(FindingRow finding) => new(finding.Code, Subject.Parse(finding.SubjectKey), StoredJson.ReadEvidence(finding.EvidenceJson));

    private async Task<OverviewModel> ReadNowAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var numbers = await db.Domains.GroupBy(_ => 1).Select(g => new DomainNumbers(
            g.Count(),
            g.Count(d => d.WorstSeverity >= Severity.Error),
            g.Count(d => d.UndeterminedCount > 0),
            g.Count(d => d.LastAuditAt == null),
            g.Average(d => d.Score))).SingleOrDefaultAsync(cancellationToken);
        var grades = await db.Domains.Where(d => d.Grade != null).GroupBy(d => d.Grade!).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync(cancellationToken);
        return new OverviewModel(
            numbers ?? new DomainNumbers(0, 0, 0, 0, null),
            [.. grades.Select(g => (g.Key, g.Count))],
            await NeedyAsync(db, now, cancellationToken),
            await IncidentLines.BrokenAsync(db, now, cancellationToken),
            await WorseReader.ReadAsync(db, now, cancellationToken),
            await ExpiryReader.ReadAsync(db, now, cancellationToken),
            await UnknownReader.ReadAsync(db, _guard.DownSince, cancellationToken),
            await ChangeReader.ReadAsync(db, now - AlertLog.NewFor, cancellationToken));
    }

    private static async Task<IReadOnlyList<NeedyDomain>> NeedyAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var needy = await db.Domains.Where(d => d.WorstSeverity >= Severity.Error)
            .OrderByDescending(d => d.WorstSeverity).ThenByDescending(d => d.CriticalCount).ThenByDescending(d => d.ErrorCount).ThenBy(d => d.DisplayName)
            .Take(MostNeedy)
            .Select(d => new NeedyDomain(d.Id, d.DisplayName, d.Score, d.Grade, d.WorstSeverity!.Value, d.CriticalCount, d.ErrorCount))
            .ToListAsync(cancellationToken);
        var ids = needy.ConvertAll(d => d.Id);
        var open = ids.Count == 0 ? [] : await CountingFindings.Of(db, now).AsNoTracking().Where(f => ids.Contains(f.DomainId) && f.Severity >= Severity.Error)
            .OrderByDescending(f => f.Severity).ThenBy(f => f.Code).ThenBy(f => f.SubjectKey)
            .ToListAsync(cancellationToken);
        var top = open.GroupBy(f => f.DomainId).ToDictionary(g => g.Key, g => g.First());
        return [.. needy.Select(d => top.TryGetValue(d.Id, out var f) ? d with { Top = Top(f) } : d)];
    }
}
