using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Recording;

/// <summary>Keeps the last determined grade of every subtest, so that a score can be computed when only some families ran.</summary>
internal static class GradeHistory
{
    /// <returns>States to add.</returns>
    public static IReadOnlyList<SubtestState> Apply(IDictionary<(string Subtest, string Family), SubtestState> known, string family, CheckOutcome outcome, int domainId, DateTimeOffset now)
    {
        foreach (var state in known.Values.Where(s => s.Family == family))
        {
            state.IsCurrent = false;
        }

        var added = new List<SubtestState>();
        foreach (var grades in outcome.Details.Grades.GroupBy(g => g.Subtest))
        {
            if (Settle(grades.Key, [.. grades]) is not { } settled)
            {
                continue;
            }

            // Two families may grade one subtest; what the one says must not be forgotten when the other looks.
            if (!known.TryGetValue((grades.Key, family), out var state))
            {
                state = new SubtestState { DomainId = domainId, Subtest = grades.Key, Family = family };
                known[(grades.Key, family)] = state;
                added.Add(state);
            }

            (state.Level, state.IsApplicable, state.DeterminedAt, state.IsCurrent) = (settled.Level, settled.IsApplicable, now, true);
        }

        return added;
    }

    /// <summary>The score of what is known now.</summary>
    public static Score? Compute(IEnumerable<SubtestState> states, MailRoles roles, DateTimeOffset now)
    {
        var all = states.ToList();
        return Scorer.Compute(
            [.. all.Where(s => s.IsCurrent).Select(s => new SubtestGrade(s.Subtest, s.Level, s.IsApplicable))],
            [.. all.Where(s => !s.IsCurrent).Select(s => new PastGrade(s.Subtest, s.Level, s.DeterminedAt, s.IsApplicable))],
            roles,
            now);
    }

    /// <summary>One grade of several (several hosts): the worst; null where nothing was determined.</summary>
    private static SubtestGrade? Settle(string subtest, IReadOnlyList<SubtestGrade> grades)
    {
        var row = ScoreTable.Find(subtest);
        var worst = grades.Where(g => g.IsApplicable && g.Level is not null).MinBy(g => row?.PointsOf(g.Level!) ?? 0);
        return worst ?? (grades.All(g => !g.IsApplicable) ? grades[0] : null);
    }
}
