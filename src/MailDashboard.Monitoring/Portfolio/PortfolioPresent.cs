using MailDashboard.Checks;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>What is so at this moment, whatever the period: providers, decisions, and what presses.</summary>
internal sealed record PortfolioPresent(DashboardContext Db, IQueryable<MailDomain> Domains, DateTimeOffset Now)
{
    private const int MostRows = 5;

    public async Task<IReadOnlyList<ProviderStanding>> ProvidersAsync(CancellationToken cancellationToken)
    {
        var counts = await (from s in Db.ComplianceStates where Domains.Any(d => d.Id == s.DomainId) group s by new { s.Provider, s.Status } into g select new { g.Key.Provider, g.Key.Status, Count = g.Count() }).ToListAsync(cancellationToken);
        return [.. counts.GroupBy(c => c.Provider).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ProviderStanding(g.Key, g.ToDictionary(c => c.Status, c => c.Count)))];
    }

    public async Task<IReadOnlyList<PortfolioDecision>> DecisionsAsync(IReadOnlyDictionary<int, ScoreMove[]> moves, string tag, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<int, ScoreMove[]>> chosen = moves;
        if (tag.Length > 0)
        {
            chosen = (await Domains.Select(d => d.Id).ToListAsync(cancellationToken)).Where(moves.ContainsKey).Select(id => KeyValuePair.Create(id, moves[id]));
        }

        var all = chosen.ToList();
        var sums = PortfolioDecisions.Of(all, all.Count);
        var ids = sums.SelectMany(s => s.First).Distinct().ToList();
        var names = await Db.Domains.Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.DisplayName }).ToDictionaryAsync(d => d.Id, d => d.DisplayName, cancellationToken);
        var decisions = new List<PortfolioDecision>();
        foreach (var sum in sums)
        {
            var (code, count) = await CodeAsync(SubtestFindings.Of(sum.Subtest), cancellationToken);
            decisions.Add(new PortfolioDecision(sum.Subtest, sum.Domains, sum.Points, code, count)
            {
                First = [.. sum.First.Where(names.ContainsKey).Select(id => (id, names[id]))],
            });
        }

        return decisions;
    }

    public async Task<PortfolioUrgency> UrgentAsync(CancellationToken cancellationToken)
    {
        var count = await Domains.CountAsync(d => d.CriticalCount > 0, cancellationToken);
        var ids = count == 0 ? [] : await Domains.Where(d => d.CriticalCount > 0).OrderByDescending(d => d.CriticalCount).ThenBy(d => d.DisplayName).Take(MostRows).Select(d => d.Id).ToListAsync(cancellationToken);
        var critical = count == 0 ? [] : await (
            from f in CountingFindings.Of(Db, Now)
            join d in Db.Domains on f.DomainId equals d.Id
            where ids.Contains(f.DomainId) && f.Severity == Severity.Critical
            orderby f.FirstSeenAt, f.Id
            select new { d.DisplayName, Finding = f }).AsNoTracking().Take(MostRows).ToListAsync(cancellationToken);
        var open = Db.Alerts.Where(a => a.Family == ListingWatch.Family && (a.Status == AlertStatus.Open || a.Status == AlertStatus.Resolving));
        var behind = from a in open join b in Db.AlertDomains on a.Id equals b.AlertId where Domains.Any(d => d.Id == b.DomainId) select b;
        var listed = await behind.Select(b => b.DomainId).Distinct().CountAsync(cancellationToken);
        var listings = listed == 0 ? [] : await (from a in open where behind.Any(b => b.AlertId == a.Id) orderby a.Severity descending, a.OpenedAt, a.Id select a).AsNoTracking().Take(MostRows)
            .Select(a => new { a.Id, a.SubjectKey, a.Severity, Since = a.OpenedAt ?? a.FirstSeenAt, Domains = Db.AlertDomains.Count(b => b.AlertId == a.Id) })
            .ToListAsync(cancellationToken);
        return new PortfolioUrgency(
            count,
            [.. critical.Select(c => new UrgentFinding(c.Finding.DomainId, c.DisplayName, MoveCauses.Finding(c.Finding)))],
            listed,
            [.. listings.Select(l => new UrgentListing(l.Id, Subject.Parse(l.SubjectKey), l.Severity, l.Since, l.Domains))]);
    }

    private async Task<(string? Code, int Domains)> CodeAsync(SubtestFindings.Source source, CancellationToken cancellationToken)
    {
        var codes = source.Codes.ToList();
        var open = Db.Findings.Where(f => f.ResolvedAt == null && (codes.Count > 0 ? codes.Contains(f.Code) : f.Family == source.Family && f.Severity >= Severity.Notice));
        var top = await (from f in open where Domains.Any(d => d.Id == f.DomainId) group f by f.Code into g select new { Code = g.Key, Count = g.Select(f => f.DomainId).Distinct().Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Code).FirstOrDefaultAsync(cancellationToken);
        return (top?.Code, top?.Count ?? 0);
    }
}
