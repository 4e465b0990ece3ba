using MailDashboard.Checks.Scoring;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Adds up what each domain would gain. Pure.</summary>
internal static class PortfolioDecisions
{
    private const int Most = 3;

    /// <param name="domains">Best moves of each domain.</param>
    /// <param name="scored">Domains with a score: what the mean is of.</param>
    public static IReadOnlyList<PortfolioDecision> Of(IEnumerable<IReadOnlyList<ScoreMove>> domains, int scored)
    {
        var sums = new Dictionary<string, (int Domains, double Gain)>(StringComparer.Ordinal);
        foreach (var move in domains.SelectMany(m => m))
        {
            var (count, gain) = sums.GetValueOrDefault(move.Subtest);
            sums[move.Subtest] = (count + 1, gain + move.Gain);
        }

        return
        [
            .. sums.OrderByDescending(s => s.Value.Gain).ThenBy(s => ScoreTable.Rows.IndexOf(ScoreTable.Find(s.Key)!)).Take(Most)
                .Select(s => new PortfolioDecision(s.Key, s.Value.Domains, Math.Round(s.Value.Gain / Math.Max(1, scored), 1), null, 0)),
        ];
    }
}
