using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Scoring;

/// <summary>Computes a score from grades, by <see cref="ScoreTable"/>. Pure.</summary>
public static class Scorer
{
    private const int MovesShown = 3;

    /// <summary>The score of one report on its own; null where nothing could be judged.</summary>
    public static Score? Compute(AuditReport report) =>
        Compute([.. report.Families.SelectMany(f => f.Outcome.Details.Grades)], [], report.Roles, report.StartedAt);

    /// <summary>The score of a domain.</summary>
    /// <param name="current">Grades of the latest outcomes; a subtest without a level, or missing, was not determined.</param>
    /// <param name="past">The last determined grade of each subtest: counts up to <see cref="ScoreTable.KeepFor"/>.</param>
    /// <param name="roles">A parked domain is judged on what forbids mail, and on that alone.</param>
    /// <param name="now">The time of <paramref name="current"/>.</param>
    /// <returns>Null where nothing of the authentication category could be determined.</returns>
    public static Score? Compute(IReadOnlyList<SubtestGrade> current, IReadOnlyList<PastGrade> past, MailRoles roles, DateTimeOffset now)
    {
        var sheet = GradeSheet.Settle(current, past, roles, now);
        var levels = sheet.Where(s => s.Level is not null && s.Row.Worst != WorstStatus.Info)
            .ToImmutableDictionary(s => s.Row.Subtest, s => s.Level!, StringComparer.Ordinal);

        // "Not on the one list that answered" is no score: without SPF, DKIM or DMARC nothing is known of a domain's mail.
        if (!levels.Keys.Any(s => ScoreTable.Find(s)!.Category == "authentication"))
        {
            return null;
        }

        var points = Points(levels, roles);
        var caps = ScoreCaps.For(levels);
        var value = Total(levels, roles);
        return new Score(
            value,
            points.Sum(p => p.Maximum),
            ScoreTable.GradeOf(value),
            ScoreTable.Version,
            Categories(sheet, levels, roles),
            caps,
            BestMoves(levels, roles, value));
    }

    private static ImmutableArray<CategoryScore> Categories(
        ImmutableArray<(ScoreRow Row, GradedLevel? Level, string? LeftOut)> sheet, ImmutableDictionary<string, GradedLevel> levels, MailRoles roles)
    {
        var categories = ImmutableArray.CreateBuilder<CategoryScore>();
        foreach (var group in sheet.GroupBy(s => s.Row.Category))
        {
            var subtests = group.Select(s => Subtest(s.Row, s.Level, s.LeftOut, levels, roles)).ToImmutableArray();
            var maximum = subtests.Sum(s => s.Maximum);
            categories.Add(new CategoryScore(group.Key, maximum > 0 ? Math.Round(100 * subtests.Sum(s => s.Points) / maximum, 1) : 0, maximum, subtests));
        }

        return [.. categories.OrderBy(c => ScoreTable.Categories.IndexOf(c.Id))];
    }

    private static SubtestScore Subtest(ScoreRow row, GradedLevel? level, string? leftOut, ImmutableDictionary<string, GradedLevel> levels, MailRoles roles)
    {
        if (row.Worst == WorstStatus.Info)
        {
            return new SubtestScore(row.Subtest, 0, 0, GradeSheet.Informational);
        }

        return level is null
            ? new SubtestScore(row.Subtest, 0, 0, leftOut)
            : new SubtestScore(row.Subtest, PointsOf(row, levels, roles), row.MaximumOf(level.Level), null, level.AsOf);
    }

    /// <summary>Mean of the categories that apply, capped; one decimal, so that value and grade never disagree.</summary>
    private static double Total(ImmutableDictionary<string, GradedLevel> levels, MailRoles roles)
    {
        var mean = Points(levels, roles).GroupBy(p => p.Row.Category).Average(c => 100 * c.Sum(p => p.Points) / c.Sum(p => p.Maximum));
        var caps = ScoreCaps.For(levels);
        return Math.Round(caps.IsEmpty ? mean : Math.Min(mean, caps.Min(c => c.Ceiling)), 1);
    }

    /// <summary>Every row that gives or takes points; one that only brings a ceiling down does not.</summary>
    private static List<(ScoreRow Row, double Points, double Maximum)> Points(ImmutableDictionary<string, GradedLevel> levels, MailRoles roles) =>
    [
        .. ScoreTable.Rows
            .Where(r => r.Points > 0 && levels.ContainsKey(r.Subtest))
            .Select(r => (r, PointsOf(r, levels, roles), r.MaximumOf(levels[r.Subtest].Level))),
    ];

    /// <summary><c>~all</c> is as good as <c>-all</c> where DMARC has failures refused, and only there.</summary>
    private static double PointsOf(ScoreRow row, ImmutableDictionary<string, GradedLevel> levels, MailRoles roles)
    {
        var level = levels[row.Subtest].Level;
        var isEnforced = levels.TryGetValue("dmarc-policy", out var policy) && policy.Level is "reject" or "quarantine";
        return level == "full-softfail" && isEnforced && !roles.IsParked ? row.Points : row.PointsOf(level);
    }

    /// <summary>Mends each subtest alone and computes again, ceilings included: no estimate.</summary>
    private static ImmutableArray<ScoreMove> BestMoves(ImmutableDictionary<string, GradedLevel> levels, MailRoles roles, double value) =>
    [
        .. levels.Keys
            .Select(s => new ScoreMove(s, Math.Round(Total(levels.SetItem(s, new GradedLevel(ScoreTable.Find(s)!.Best, null)), roles) - value, 1)))
            .Where(m => m.Gain > 0)
            .OrderByDescending(m => m.Gain)
            .ThenBy(m => ScoreTable.Rows.IndexOf(ScoreTable.Find(m.Subtest)!))
            .Take(MovesShown),
    ];
}
