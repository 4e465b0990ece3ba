namespace MailDashboard.Checks.Scoring;

/// <summary>The last grade of a subtest that was determined.</summary>
/// <param name="Subtest">Its id.</param>
/// <param name="Level">The level then.</param>
/// <param name="At">When it was determined (UTC).</param>
/// <param name="IsApplicable">False where it was determined that the subtest does not apply.</param>
public sealed record PastGrade(string Subtest, string? Level, DateTimeOffset At, bool IsApplicable = true);

/// <summary>A level that counts, and since when it was not determined again.</summary>
internal sealed record GradedLevel(string Level, DateTimeOffset? AsOf);
