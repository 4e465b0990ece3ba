using MailDashboard.Checks;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Reports;

/// <summary>A domain in a list for spreadsheets.</summary>
/// <param name="Score">At the end of the period.</param>
/// <param name="Before">By the same score table, at the day everything is compared with; null where there is none.</param>
/// <param name="Worst">What is worst now; null where nothing is open.</param>
/// <param name="Providers">How it stands now, by id of the provider.</param>
public sealed record ReportRow(
    string DisplayName,
    IReadOnlyList<string> Tags,
    double? Score,
    string? Grade,
    double? Before,
    PortfolioFinding? Worst,
    int ListingDays,
    IReadOnlyDictionary<string, Checks.Compliance.ComplianceStatus> Providers)
{
    public double? Change => Score is { } now && Before is { } then ? Math.Round(now - then, 1) : null;
}

/// <summary>Reads a row for every domain of a report.</summary>
public sealed class ReportRows(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    /// <summary>More than a spreadsheet is good for.</summary>
    private const int Most = 50_000;

    public async Task<IReadOnlyList<ReportRow>> ReadAsync(PortfolioModel model, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tag = model.Tag;
        var domains = tag.Length == 0 ? db.Domains.AsNoTracking() : db.Domains.AsNoTracking().Where(d => d.Tags.Any(t => t.Tag == tag));
        var (from, until) = (Start(model.Period.From), Start(model.Period.To));
        var since = model.Baseline is { } baseline ? Start(baseline.Stand.Day.AddDays(1)) : from;
        var (version, isRunning) = (model.Now?.TableVersion ?? 0, model.IsRunning);
        var scores = db.Scores.Where(s => s.TableVersion == version && s.At < until);
        var rows = await domains.OrderBy(d => d.DisplayName).ThenBy(d => d.Id).Take(Most).Select(d => new
        {
            d.Id,
            d.DisplayName,
            Now = isRunning ? d.Score : scores.Where(s => s.DomainId == d.Id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (double?)s.Value).FirstOrDefault(),
            Before = scores.Where(s => s.DomainId == d.Id && s.At < since).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (double?)s.Value).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var tags = (await (from t in db.DomainTags where domains.Any(d => d.Id == t.DomainId) select t).AsNoTracking().ToListAsync(cancellationToken)).ToLookup(t => t.DomainId, t => t.Tag);
        var days = await new ListingReader(db, domains, from, until).DaysByDomainAsync(cancellationToken);
        var standings = (await (from s in db.ComplianceStates where domains.Any(d => d.Id == s.DomainId) select new { s.DomainId, s.Provider, s.Status }).ToListAsync(cancellationToken)).ToLookup(s => s.DomainId);
        var worst = await WorstAsync(db, domains, cancellationToken);
        return rows.ConvertAll(r => new ReportRow(
            r.DisplayName,
            [.. tags[r.Id].Order(StringComparer.Ordinal)],
            r.Now,
            r.Now is { } value ? Checks.Scoring.ScoreTable.GradeOf(value) : null,
            r.Before,
            worst.GetValueOrDefault(r.Id),
            days.GetValueOrDefault(r.Id),
            standings[r.Id].ToDictionary(s => s.Provider, s => s.Status)));
    }

    /// <summary>Of each domain the first of its worst: its own row knows how bad that is.</summary>
    private async Task<Dictionary<int, PortfolioFinding>> WorstAsync(DashboardContext db, IQueryable<MailDomain> domains, CancellationToken cancellationToken)
    {
        var found = await (
            from f in CountingFindings.Of(db, time.GetUtcNow())
            join d in domains on f.DomainId equals d.Id
            where f.Severity >= Severity.Notice && f.Severity == d.WorstSeverity
            orderby f.Code, f.Id
            select f).AsNoTracking().ToListAsync(cancellationToken);
        return found.DistinctBy(f => f.DomainId).ToDictionary(f => f.DomainId, MoveCauses.Finding);
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
