using System.Collections.Immutable;

namespace MailDashboard.Checks.Scoring;

/// <summary>A ceiling and what brings it down.</summary>
/// <param name="Cap">Id and ceiling.</param>
/// <param name="Triggers">Any of these (subtest, level) pairs.</param>
public sealed record CapRule(ScoreCap Cap, ImmutableArray<(string Subtest, string Level)> Triggers);

/// <summary>What makes the rest of a score meaningless.</summary>
public static class ScoreCaps
{
    /// <summary>Every rule.</summary>
    public static ImmutableArray<CapRule> Rules { get; } =
    [
        new(new ScoreCap("critical-listing", 50), [("address-lists", "critical"), ("domain-lists", "critical")]),
        new(new ScoreCap("spf-open", 50), [("spf-all", "open")]),
        new(new ScoreCap("no-dmarc", 70), [("dmarc-valid", "none")]),
        new(new ScoreCap("expired-certificate", 40), [("certificate-valid", "expired"), ("client-certificates", "expired")]),
        new(new ScoreCap("open-relay", 40), [("relay-closed", "open")]),
    ];

    /// <summary>Those that apply to these levels, lowest ceiling first.</summary>
    internal static ImmutableArray<ScoreCap> For(IReadOnlyDictionary<string, GradedLevel> levels) =>
        [.. Rules.Where(r => r.Triggers.Any(t => levels.TryGetValue(t.Subtest, out var graded) && graded.Level == t.Level)).Select(r => r.Cap).OrderBy(c => c.Ceiling)];
}
