using System.Collections.Immutable;
using MailDashboard.Checks.Scoring;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>What mending one thing everywhere brings.</summary>
/// <param name="First">Ids of the domains that gain most.</param>
internal sealed record DecisionSum(string Subtest, int Domains, double Points, ImmutableArray<int> First);

/// <summary>Adds up what each domain would gain. Pure.</summary>
internal static class PortfolioDecisions
{
    private const int Most = 3;
    private const int MostNamed = 3;

    /// <param name="domains">Best moves of each domain, by its id.</param>
    /// <param name="scored">Domains with a score: what the mean is of.</param>
    public static IReadOnlyList<DecisionSum> Of(IEnumerable<KeyValuePair<int, ScoreMove[]>> domains, int scored) =>
    [
        .. domains.SelectMany(d => d.Value, (d, move) => (Id: d.Key, move.Subtest, move.Gain))
            .GroupBy(m => m.Subtest, StringComparer.Ordinal)
            .Select(g => (Subtest: g.Key, Gain: g.Sum(m => m.Gain), Moves: g))
            .OrderByDescending(s => s.Gain).ThenBy(s => ScoreTable.Rows.IndexOf(ScoreTable.Find(s.Subtest)!)).Take(Most)
            .Select(s => new DecisionSum(
                s.Subtest,
                s.Moves.Count(),
                Math.Round(s.Gain / Math.Max(1, scored), 1),
                [.. s.Moves.OrderByDescending(m => m.Gain).ThenBy(m => m.Id).Take(MostNamed).Select(m => m.Id)])),
    ];
}
