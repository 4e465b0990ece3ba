using System.Collections.Immutable;

namespace MailDashboard.Checks.Scoring;

/// <summary>What a subtest contributed.</summary>
/// <param name="Subtest">Its id.</param>
/// <param name="Points">Points given.</param>
/// <param name="Maximum">Points possible; zero where it is left out.</param>
/// <param name="LeftOut">Why it is left out (<c>notApplicable</c>, <c>undetermined</c>, <c>informational</c>), else null.</param>
/// <param name="AsOf">Set where the points are an older determination that still counts.</param>
public sealed record SubtestScore(string Subtest, double Points, double Maximum, string? LeftOut, DateTimeOffset? AsOf = null);

/// <summary>A category: points over maximum of what was applicable and determined, in per cent.</summary>
public sealed record CategoryScore(string Id, double Value, double Maximum, ImmutableArray<SubtestScore> Subtests);

/// <summary>A ceiling that applies.</summary>
/// <param name="Id">Permanent id: <c>critical-listing</c>, <c>spf-open</c>, <c>no-dmarc</c>, <c>expired-certificate</c>, <c>open-relay</c>.</param>
/// <param name="Ceiling">The total may not be above it.</param>
public sealed record ScoreCap(string Id, double Ceiling);

/// <summary>A change that would raise the total.</summary>
/// <param name="Subtest">The subtest to mend.</param>
/// <param name="Gain">Points of the total that it brings, caps included.</param>
public sealed record ScoreMove(string Subtest, double Gain);

/// <summary>A domain's score: 0 to 100, with its reasons.</summary>
/// <param name="Value">0 to 100, mean of the categories that apply, capped.</param>
/// <param name="Maximum">Points that were possible over all categories.</param>
/// <param name="Grade">A, B, C, D or E.</param>
/// <param name="TableVersion">Version of the table it was computed with.</param>
public sealed record Score(
    double Value,
    double Maximum,
    string Grade,
    int TableVersion,
    ImmutableArray<CategoryScore> Categories,
    ImmutableArray<ScoreCap> Caps,
    ImmutableArray<ScoreMove> BestMoves);
