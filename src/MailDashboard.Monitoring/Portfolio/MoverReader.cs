using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Who moved most between two moments, and why.</summary>
/// <param name="From">The comparison begins.</param>
/// <param name="Until">And ends; later than any score while the period runs.</param>
/// <param name="TableVersion">Scores of other versions are not compared.</param>
/// <param name="TableSince">There are none of that version before: nobody has to look further back.</param>
/// <param name="IsRunning">The period has not ended.</param>
internal sealed record MoverReader(DashboardContext Db, IQueryable<MailDomain> Domains, DateTimeOffset From, DateTimeOffset Until, int TableVersion, DateTimeOffset TableSince, bool IsRunning)
{
    private const int MostDomains = 5;
    private const int MostCauses = 4;
    private const int MostFindings = 500;
    private const double LeastChange = 1;

    public async Task<PortfolioMovers> ReadAsync(CancellationToken cancellationToken)
    {
        // One look into the index a domain: while the period runs, a domain's own row knows the score of now.
        var scores = Db.Scores.Where(s => s.TableVersion == TableVersion && s.At >= TableSince && s.At < Until);
        var moves = await Domains.Where(d => d.Score != null).Select(d => new
        {
            d.Id,
            Now = IsRunning ? d.Score : scores.Where(s => s.DomainId == d.Id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (double?)s.Value).FirstOrDefault(),
            Before = scores.Where(s => s.DomainId == d.Id && s.At < From).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (double?)s.Value).FirstOrDefault()
                ?? scores.Where(s => s.DomainId == d.Id && s.At >= From).OrderBy(s => s.At).ThenBy(s => s.Id).Select(s => (double?)s.Value).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var changed = moves.Where(m => m.Now is not null && m.Before is not null)
            .Select(m => new Move(m.Id, m.Before!.Value, m.Now!.Value))
            .Where(m => Math.Abs(m.Change) >= LeastChange).OrderBy(m => m.Change).ThenBy(m => m.Id).ToList();
        var worse = changed.Where(m => m.Change < 0).Take(MostDomains).ToList();
        var better = changed.Where(m => m.Change > 0).Reverse().Take(MostDomains).ToList();
        var shown = await ExplainAsync([.. worse, .. better], cancellationToken);
        return new PortfolioMovers(
            [.. worse.Where(m => shown.ContainsKey(m.Id)).Select(m => shown[m.Id])],
            [.. better.Where(m => shown.ContainsKey(m.Id)).Select(m => shown[m.Id])],
            changed.Count(m => m.Change < 0),
            changed.Count(m => m.Change > 0));
    }

    private async Task<Dictionary<int, DomainMove>> ExplainAsync(List<Move> moves, CancellationToken cancellationToken)
    {
        var ids = moves.ConvertAll(m => m.Id);
        var names = await Db.Domains.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.DisplayName, cancellationToken);
        var findings = (await Db.Findings.AsNoTracking()
                .Where(f => ids.Contains(f.DomainId) && f.Severity >= Severity.Notice && f.FirstSeenAt < Until
                    && ((f.FirstSeenAt >= From && (f.ResolvedAt == null || f.ResolvedAt >= Until)) || (f.FirstSeenAt < From && f.ResolvedAt >= From && f.ResolvedAt < Until)))
                .OrderByDescending(f => f.Severity).ThenBy(f => f.FirstSeenAt).Take(MostFindings).ToListAsync(cancellationToken))
            .ToLookup(f => f.DomainId);
        var explained = new Dictionary<int, DomainMove>();
        foreach (var move in moves.Where(m => names.ContainsKey(m.Id)))
        {
            var versions = Db.Scores.AsNoTracking().Where(s => s.DomainId == move.Id && s.TableVersion == TableVersion && s.At < Until);
            var now = await versions.OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => s.DetailJson).FirstOrDefaultAsync(cancellationToken);
            var before = await versions.Where(s => s.At < From).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => s.DetailJson).FirstOrDefaultAsync(cancellationToken)
                ?? await versions.OrderBy(s => s.At).ThenBy(s => s.Id).Select(s => s.DetailJson).FirstOrDefaultAsync(cancellationToken);
            var causes = MoveCauses.Of(StoredJson.ReadScore(before), StoredJson.ReadScore(now), findings[move.Id], move.Change > 0).Take(MostCauses);
            explained[move.Id] = new DomainMove(move.Id, names[move.Id], move.Before, move.Now, [.. causes]);
        }

        return explained;
    }

    private sealed record Move(int Id, double Before, double Now)
    {
        public double Change => Math.Round(Now - Before, 1);
    }
}
