using System.Collections.Immutable;

namespace MailDashboard.Checks.Scoring;

/// <summary>The worst that a subtest can say about a domain.</summary>
public enum WorstStatus
{
    /// <summary>Failing it is a fault.</summary>
    Fail,

    /// <summary>Failing it is a weakness.</summary>
    Warn,

    /// <summary>Shown, never scored.</summary>
    Info,
}

/// <summary>What one level of a subtest is worth.</summary>
/// <param name="Level">As the family grades it.</param>
/// <param name="Points">Points given.</param>
public sealed record ScoreLevel(string Level, double Points)
{
    /// <summary>Points possible at this level, where they are not the row's: a thing that does harm weighs more than one that is missing.</summary>
    public double? Maximum { get; init; }
}

/// <summary>One row of the table.</summary>
/// <param name="Category">Id of its category.</param>
/// <param name="Subtest">Permanent id; its name is <c>Subtest.{id}</c> in the common texts.</param>
/// <param name="Points">Points possible.</param>
/// <param name="Worst">The worst that it can say; <see cref="WorstStatus.Info"/> is never scored.</param>
/// <param name="Levels">What each level is worth.</param>
public sealed record ScoreRow(string Category, string Subtest, double Points, WorstStatus Worst, ImmutableArray<ScoreLevel> Levels)
{
    /// <summary>A parked domain is judged on such rows alone.</summary>
    public bool CountsWhereParked { get; init; }

    /// <summary>The level that earns every point.</summary>
    public string Best => Levels.MaxBy(l => l.Points)!.Level;

    /// <summary>Points possible at a level.</summary>
    public double MaximumOf(string level) => Levels.FirstOrDefault(l => l.Level == level)?.Maximum ?? Points;

    /// <summary>Points of a level; one that the row does not know earns nothing.</summary>
    public double PointsOf(string level) => Levels.FirstOrDefault(l => l.Level == level)?.Points ?? 0;
}

/// <summary>
/// Everything that a score is made of, in one place. The page that explains the score is made from it. Whoever changes a row raises
/// <see cref="Version"/>, which is stored with every score.
/// </summary>
public static class ScoreTable
{
    /// <summary>Version of the rows, caps and grades.</summary>
    public const int Version = 4;

    /// <summary>How long points count that could not be determined again.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    /// <summary>Category ids, in the order pages show them.</summary>
    public static ImmutableArray<string> Categories { get; } = ["authentication", "transport", "identity", "reputation", "client-access"];

    /// <summary>Every row.</summary>
    public static ImmutableArray<ScoreRow> Rows { get; } =
    [
        Row("authentication", "spf-valid", 10, WorstStatus.Fail, ("full", 10), ("partial", 5), ("none", 0)),
        Row("authentication", "spf-all", 5, WorstStatus.Warn, ("full", 5), ("full-softfail", 3), ("neutral", 2), ("none", 0), ("open", 0)) with { CountsWhereParked = true },
        Row("authentication", "dkim-key", 10, WorstStatus.Fail, ("full", 10), ("partial", 5), ("none", 0)),
        Row("authentication", "dmarc-valid", 10, WorstStatus.Fail, ("full", 10), ("none", 0)),
        Row("authentication", "dmarc-policy", 10, WorstStatus.Warn, ("reject", 10), ("quarantine", 7), ("none-with-rua", 3), ("none", 0)) with { CountsWhereParked = true },
        Row("authentication", "dmarc-reports", 5, WorstStatus.Warn, ("full", 5), ("none", 0)),
        Row("transport", "starttls-all", 10, WorstStatus.Fail, ("full", 10), ("none", 0)),
        Row("transport", "tls-versions", 10, WorstStatus.Warn, ("full", 10), ("no13", 7), ("old-too", 5), ("none", 0)),
        Row("transport", "certificate-valid", 10, WorstStatus.Warn, ("full", 10), ("none", 0), ("expired", 0)),
        Row("transport", "mta-sts", 5, WorstStatus.Warn, ("full", 5), ("testing", 3), ("none", 0)),
        Row("transport", "tls-rpt", 2, WorstStatus.Warn, ("full", 2), ("none", 0)),
        Row("transport", "dane", 5, WorstStatus.Warn, ("full", 5), ("partial", 3), ("none", 0)) with { Levels = [new("full", 5), new("partial", 3), new("none", 0), Harm("mismatch")] },
        Row("transport", "caa", 0, WorstStatus.Info, ("full", 0)),
        Row("identity", "mx-resolves", 10, WorstStatus.Fail, ("full", 10), ("none", 0)) with { CountsWhereParked = true },
        Row("identity", "ptr-confirmed", 10, WorstStatus.Fail, ("full", 10), ("none", 0)),
        Row("identity", "helo-name", 5, WorstStatus.Warn, ("full", 5), ("none", 0)),
        Row("identity", "dnssec", 2, WorstStatus.Warn, ("full", 2), ("none", 0)) with { Levels = [new("full", 2), new("none", 0), Harm("bogus")] },
        Row("identity", "relay-closed", 0, WorstStatus.Fail, ("full", 0), ("open", 0)),
        Row("reputation", "address-lists", 10, WorstStatus.Fail, ("full", 10), ("low", 9), ("medium", 6), ("high", 3), ("critical", 0)),
        Row("reputation", "domain-lists", 10, WorstStatus.Fail, ("full", 10), ("low", 9), ("medium", 6), ("high", 3), ("critical", 0)),
        Row("client-access", "submission-tls", 10, WorstStatus.Fail, ("full", 10), ("none", 0)),
        Row("client-access", "reading-tls", 10, WorstStatus.Fail, ("full", 10), ("none", 0)),
        Row("client-access", "client-certificates", 10, WorstStatus.Fail, ("full", 10), ("none", 0), ("expired", 0)),
        Row("client-access", "autodiscovery", 2, WorstStatus.Warn, ("full", 2), ("none", 0)),
        Row("authentication", "bimi", 0, WorstStatus.Info, ("full", 0)),
    ];

    /// <summary>The row of a subtest; null where the table has none.</summary>
    public static ScoreRow? Find(string subtest) => Rows.FirstOrDefault(r => r.Subtest == subtest);

    /// <summary>A to E: 90, 75, 60 and 40 are the least values of A to D.</summary>
    public static string GradeOf(double value) => value switch
    {
        >= 90 => "A",
        >= 75 => "B",
        >= 60 => "C",
        >= 40 => "D",
        _ => "E",
    };

    /// <summary>Something is there and refuses or breaks mail: no points, out of ten.</summary>
    private static ScoreLevel Harm(string level) => new(level, 0) { Maximum = 10 };

    private static ScoreRow Row(string category, string subtest, double points, WorstStatus worst, params (string Level, double Points)[] levels) =>
        new(category, subtest, points, worst, [.. levels.Select(l => new ScoreLevel(l.Level, l.Points))]);
}
