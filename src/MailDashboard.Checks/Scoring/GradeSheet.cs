using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Scoring;

/// <summary>Settles for each row what counts: today's level, an older one, or nothing (and why).</summary>
internal static class GradeSheet
{
    public const string NotApplicable = "notApplicable";
    public const string Undetermined = "undetermined";
    public const string Informational = "informational";

    /// <summary>Rows with the level that counts, else with the reason for leaving them out.</summary>
    public static ImmutableArray<(ScoreRow Row, GradedLevel? Level, string? LeftOut)> Settle(
        IReadOnlyList<SubtestGrade> current, IReadOnlyList<PastGrade> past, MailRoles roles, DateTimeOffset now) =>
        [.. ScoreTable.Rows
            .Where(r => !roles.IsParked || r.CountsWhereParked)
            .Select(r => Settle(r, current, past, roles.IsParked, now))];

    private static (ScoreRow, GradedLevel?, string?) Settle(
        ScoreRow row, IReadOnlyList<SubtestGrade> current, IReadOnlyList<PastGrade> past, bool isParked, DateTimeOffset now)
    {
        var grades = current.Where(g => g.Subtest == row.Subtest).ToList();
        if (isParked && WithoutRecord(row, current) is { } missing)
        {
            return (row, missing, null);
        }

        // Several grades of one subtest (several hosts, several families): the worst one counts, and with them what a family that
        // cannot tell today determined lately.
        var recent = past.Where(p => p.Subtest == row.Subtest && p.At <= now && now - p.At <= ScoreTable.KeepFor).ToList();
        var determined = grades.Where(g => g is { IsApplicable: true, Level: not null }).Select(g => new GradedLevel(g.Level!, null))
            .Concat(recent.Where(p => p is { IsApplicable: true, Level: not null }).Select(p => new GradedLevel(p.Level!, p.At)));
        if (determined.MinBy(g => row.PointsOf(g.Level)) is { } worst)
        {
            return (row, worst, null);
        }

        // What is left says that the subtest does not apply, or nothing.
        var saysNothing = recent.Count == 0 && (grades.Count == 0 || grades.Exists(g => g.IsApplicable));
        return (row, null, saysNothing ? Undetermined : NotApplicable);
    }

    /// <summary>A parked domain without any SPF record forbids nothing, whatever "does not apply" to a record that is not there.</summary>
    private static GradedLevel? WithoutRecord(ScoreRow row, IReadOnlyList<SubtestGrade> current)
    {
        var (subtest, basis) = row.Subtest switch
        {
            "spf-all" => ("spf-all", "spf-valid"),
            "dmarc-policy" => ("dmarc-policy", "dmarc-valid"),
            _ => ("", ""),
        };
        return subtest.Length > 0
            && current.Any(g => g.Subtest == basis && g.Level == "none")
            && !current.Any(g => g.Subtest == subtest && g.Level is not null)
                ? new GradedLevel("none", null)
                : null;
    }
}
