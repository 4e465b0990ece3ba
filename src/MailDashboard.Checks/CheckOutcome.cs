using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MailDashboard.Checks;

/// <summary>A subject that could not be looked at to the end, which is neither good nor bad.</summary>
/// <param name="Subject">What could not be judged.</param>
/// <param name="Reason">Why not.</param>
public sealed record Undetermined(Subject Subject, Reason Reason)
{
    /// <summary>Nobody tried, because connecting was not wanted or not due: what was known stands as it was, without a doubt cast on it.</summary>
    [JsonIgnore]
    public bool WasNotTried => Reason.Key == Reason.ConnectionNotWanted;
}

/// <summary>A record as it was seen, kept with its history.</summary>
/// <param name="Name">Owner name, lower case, no trailing dot.</param>
/// <param name="Type">TXT, MX …</param>
/// <param name="Values">Every value, in presentation form, sorted.</param>
public sealed record ObservedRecord(string Name, string Type, ImmutableArray<string> Values);

/// <summary>A plain fact for the pages, such as the negotiated TLS version of an address.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Key">Its label, <c>Fact.{Key}</c> in the family's resources.</param>
/// <param name="Value">Verbatim.</param>
public sealed record Fact(Subject Subject, string Key, string Value);

/// <summary>What one subtest of the score table came to.</summary>
/// <param name="Subtest">Its id in the score table, for example <c>spf-valid</c>.</param>
/// <param name="Level">
/// A level of that subtest (<c>full</c>, <c>partial</c>, <c>none</c> …), null where it does not apply or could not be determined.
/// </param>
/// <param name="IsApplicable">False where the subtest does not apply: it leaves numerator and denominator.</param>
public sealed record SubtestGrade(string Subtest, string? Level, bool IsApplicable = true)
{
    /// <summary>It applies, and could not be determined.</summary>
    public bool IsUndetermined => IsApplicable && Level is null;
}

/// <summary>Everything an outcome carries, whatever its kind.</summary>
public sealed record OutcomeDetails
{
    /// <summary>Nothing at all.</summary>
    public static OutcomeDetails Empty { get; } = new();

    /// <summary>What is said.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What could not be judged; an earlier finding about such a subject stands.</summary>
    public ImmutableArray<Undetermined> Undetermined { get; init; } = [];

    /// <summary>What was looked at to the end although something above it (the domain, a host) was not.</summary>
    public ImmutableArray<Subject> Determined { get; init; } = [];

    /// <summary>Records as seen.</summary>
    public ImmutableArray<ObservedRecord> Records { get; init; } = [];

    /// <summary>Facts for the pages.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>Grades for the score.</summary>
    public ImmutableArray<SubtestGrade> Grades { get; init; } = [];

    /// <summary>
    /// Whether an earlier finding about <paramref name="subject"/> that is absent now is truly gone. An undetermined
    /// domain or host leaves everything below it open, unless it was explicitly determined.
    /// </summary>
    public bool IsDetermined(Subject subject) =>
        Determined.Contains(subject)
        || !Undetermined.Any(u => u.Subject == subject || u.Subject.Kind is SubjectKind.Domain or SubjectKind.Host);
}

/// <summary>How one family's look at one domain ended: a closed set.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome(OutcomeDetails details) => Details = details;

    /// <summary>Findings and all that goes with them.</summary>
    public OutcomeDetails Details { get; }

    /// <summary>What is said.</summary>
    public ImmutableArray<Finding> Findings => Details.Findings;

    /// <summary>What could not be judged.</summary>
    public ImmutableArray<Undetermined> Undetermined => Details.Undetermined;

    /// <summary>The verdict stands. Single subjects may still be undetermined (one blocklist of twenty).</summary>
    public sealed record Completed(OutcomeDetails Of) : CheckOutcome(Of);

    /// <summary>The family has nothing to say about such a domain (no MX: no STARTTLS).</summary>
    public sealed record NotApplicable(Reason Reason, OutcomeDetails Of) : CheckOutcome(Of);

    /// <summary>Something that the verdict needs could not be determined; findings about the rest stand.</summary>
    public sealed record Inconclusive(Reason Reason, OutcomeDetails Of) : CheckOutcome(Of);
}
