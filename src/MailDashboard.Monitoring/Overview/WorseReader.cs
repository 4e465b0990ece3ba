using MailDashboard.Checks;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>What got worse: alerts that opened, findings that no alert tells of, scores that fell.</summary>
internal static class WorseReader
{
    private const int Most = 6;

    /// <summary>So many of the newest scores are looked at: more than change on any day but the one on which all do.</summary>
    private const int MostScores = 2000;

    /// <summary>So many of the newest findings are grouped.</summary>
    private const int MostFindings = 20_000;

    /// <summary>A fall smaller than this is a rounding.</summary>
    private const double LeastFall = 1;

    /// <summary>Told in their own places: falls by their points, what could not be checked by its own card.</summary>
    private static readonly string[] Elsewhere = [OwnFindings.ScoreFell.Code, OwnFindings.NotDetermined.Code, OwnFindings.ResolverSilent.Code];

    public static async Task<GotWorse> ReadAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - AlertLog.NewFor;
        var opened = db.Alerts.AsNoTracking().Where(a => a.OpenedAt >= since);
        var incidentCount = await opened.CountAsync(cancellationToken);
        var incidents = incidentCount == 0 ? [] : await IncidentLines.ReadAsync(
            db,
            opened.Where(a => a.ResolvedAt == null && a.Severity >= Severity.Warning && !a.FromFirstAudit && !Elsewhere.Contains(a.Code))
                .OrderByDescending(a => a.Severity).ThenByDescending(a => a.OpenedAt).Take(Most),
            now,
            cancellationToken);
        var (findings, moreCodes) = await FindingsAsync(db, since, now, cancellationToken);
        var (fallCount, falls) = await FallsAsync(db, since, cancellationToken);
        return new GotWorse(incidentCount, incidents, findings, moreCodes, fallCount, falls);
    }

    /// <summary>By code: what breaks behind ten thousand domains at once is one line. What the first look at a domain showed is no news.</summary>
    private static async Task<(IReadOnlyList<NewFinding> Findings, IReadOnlyList<string> MoreCodes)> FindingsAsync(DashboardContext db, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Found by their age first: SQLite would rather go through everything that is open.
        var recent = db.Findings.Where(f => f.FirstSeenAt >= since).OrderByDescending(f => f.FirstSeenAt).Take(MostFindings).Select(f => f.Id);
        var groups = await (
            from f in CountingFindings.Of(db, now)
            join d in db.Domains on f.DomainId equals d.Id
            where recent.Contains(f.Id) && f.FirstSeenAt > d.FirstAuditAt && f.Severity >= Severity.Warning
                && !db.Alerts.Any(a => a.ResolvedAt == null && a.Family == f.Family && a.Code == f.Code && a.SubjectKey == f.SubjectKey)
            group f by f.Code into code
            select new { code.Key, Worst = code.Max(f => f.Severity), Latest = code.Max(f => f.Id), Domains = code.Select(f => f.DomainId).Distinct().Count() })
            .OrderByDescending(g => g.Worst).ThenByDescending(g => g.Latest).ToListAsync(cancellationToken);
        var shown = groups.Take(Most).ToList();
        var ids = shown.ConvertAll(g => g.Latest);
        var examples = ids.Count == 0 ? [] : await (
            from f in db.Findings.AsNoTracking()
            join d in db.Domains on f.DomainId equals d.Id
            where ids.Contains(f.Id)
            select new { Finding = f, d.DisplayName }).ToListAsync(cancellationToken);
        return (
            [.. from g in shown
                join e in examples on g.Latest equals e.Finding.Id
                select new NewFinding(OverviewQuery.Top(e.Finding), g.Worst, e.Finding.FirstSeenAt, g.Domains, e.Finding.DomainId, e.DisplayName)],
            [.. groups.Skip(Most).Select(g => g.Key)]);
    }

    /// <summary>
    /// Scores are written on change and their numbers rise: the newest rows say whose changed, without a look at every domain. Only
    /// scores of one table are compared.
    /// </summary>
    private static async Task<(int Count, IReadOnlyList<ScoreFall> Falls)> FallsAsync(DashboardContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var changed = await db.Scores.OrderByDescending(s => s.Id).Take(MostScores).Select(s => new { s.DomainId, s.At }).ToListAsync(cancellationToken);
        var ids = changed.Where(s => s.At >= since).Select(s => s.DomainId).Distinct().ToList();
        if (ids.Count == 0)
        {
            return (0, []);
        }

        var scores = await db.Domains.Where(d => ids.Contains(d.Id) && d.Score != null).Select(d => new
        {
            d.Id,
            d.DisplayName,
            d.Grade,
            Now = d.Score!.Value,
            Before = db.Scores.Where(s => s.DomainId == d.Id && s.At < since && s.TableVersion == ScoreTable.Version).OrderByDescending(s => s.At).Select(s => (double?)s.Value).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var falls = scores.Where(s => s.Before - s.Now >= LeastFall).OrderByDescending(s => s.Before - s.Now).ThenBy(s => s.DisplayName, StringComparer.Ordinal).ToList();
        return (falls.Count, [.. falls.Take(Most).Select(s => new ScoreFall(s.Id, s.DisplayName, s.Before!.Value, s.Now, s.Grade))]);
    }
}
