using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Compliance;

/// <summary>How a family's latest look at a domain ended.</summary>
public enum StandingOutcome
{
    /// <summary>The verdict stands.</summary>
    Completed,

    /// <summary>It has nothing to say about such a domain.</summary>
    NotApplicable,

    /// <summary>Something that the verdict needs could not be determined.</summary>
    Inconclusive,
}

/// <summary>One family's latest look.</summary>
/// <param name="Reason">Why it does not apply or could not tell; null where it is completed.</param>
/// <param name="LookedAt">When.</param>
public sealed record StandingFamily(
    string Family, StandingOutcome Outcome, Reason? Reason, ImmutableArray<Undetermined> Undetermined, ImmutableArray<Fact> Facts, DateTimeOffset LookedAt);

/// <summary>An open finding. That somebody accepted it changes nothing for a provider.</summary>
/// <param name="Since">When it was seen first.</param>
public sealed record StandingFinding(string Family, string Code, Subject Subject, Severity Severity, DateTimeOffset Since);

/// <summary>The last level of a subtest that a family determined.</summary>
/// <param name="IsCurrent">Determined by the latest look; else an older determination.</param>
public sealed record StandingLevel(string Family, string Subtest, string? Level, bool IsApplicable, bool IsCurrent);

/// <summary>What is known of one domain: all that is judged by, and nothing else.</summary>
/// <param name="Domain">A-labels.</param>
/// <param name="Roles">As stated, else as DNS proposes.</param>
public sealed record DomainStanding(string Domain, MailRoles Roles)
{
    /// <summary>Messages per 24 hours to one large provider, as stated; null where nobody stated it.</summary>
    public int? DailyVolume { get; init; }

    /// <summary>By id; a family that never looked is not in it.</summary>
    public ImmutableDictionary<string, StandingFamily> Families { get; init; } = ImmutableDictionary<string, StandingFamily>.Empty;

    /// <summary>Open ones.</summary>
    public ImmutableArray<StandingFinding> Findings { get; init; } = [];

    /// <summary>Several families may grade one subtest.</summary>
    public ImmutableArray<StandingLevel> Levels { get; init; } = [];

    /// <summary>What a family determined of a subtest last; null where it never did.</summary>
    public StandingLevel? LevelOf(string family, string subtest) => Levels.FirstOrDefault(l => l.Family == family && l.Subtest == subtest);
}
