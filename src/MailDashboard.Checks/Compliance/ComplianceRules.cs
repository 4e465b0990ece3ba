using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Checks.Compliance;

/// <summary>One look that tells whether a requirement is met: what one check family came to.</summary>
/// <param name="Family">Id of the family.</param>
public sealed record ComplianceSignal(string Family)
{
    /// <summary>The subtest of the score table that decides; null where the findings alone do.</summary>
    public string? Subtest { get; init; }

    /// <summary>Levels of the subtest that break the requirement.</summary>
    public ImmutableArray<string> NotMetLevels { get; init; } = [];

    /// <summary>Levels of the subtest that put it at risk.</summary>
    public ImmutableArray<string> AtRiskLevels { get; init; } = [];

    /// <summary>Codes that break the requirement where they are at least of <see cref="BreaksFrom"/>.</summary>
    public ImmutableArray<string> Breaks { get; init; } = [];

    /// <summary>Codes that put it at risk where they are at least warnings.</summary>
    public ImmutableArray<string> Risks { get; init; } = [];

    /// <summary>Codes, of any severity, that are the reason for a low level; alone they decide nothing.</summary>
    public ImmutableArray<string> Explains { get; init; } = [];

    /// <summary>Ids of the blocklists that count; empty where it is not about lists.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>The least severity at which one of <see cref="Breaks"/> breaks it.</summary>
    public Severity BreaksFrom { get; init; } = Severity.Error;
}

/// <summary>Something that providers ask for, and how it is measured.</summary>
/// <param name="Id">Permanent.</param>
/// <param name="Title">The requirement, as a statement that is true where it is met.</param>
/// <param name="Help">What to do.</param>
/// <param name="Signals">What decides; empty where nothing that can be seen from here does.</param>
public sealed record RequirementTopic(string Id, LocalText Title, LocalText Help, ImmutableArray<ComplianceSignal> Signals)
{
    /// <summary>One signal that is met is enough; else all have to be.</summary>
    public bool IsAnyEnough { get; init; }

    /// <summary>Faults are seen from here, and that there is none is not.</summary>
    public bool IsPartial { get; init; }

    /// <summary>A domain that takes no mail does not meet it.</summary>
    public bool NeedsReceiving { get; init; }

    /// <summary>What would measure it, where this cannot.</summary>
    public LocalText? Elsewhere { get; init; }

    /// <summary>A page where it can be looked up by hand.</summary>
    public string? Lookup { get; init; }
}

/// <summary>One requirement of one provider.</summary>
/// <param name="Id">Permanent, and unique among all providers.</param>
/// <param name="Topic">What is asked for.</param>
/// <param name="IsMust">Demanded; else recommended, and then at risk at worst.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Read">Year and month of reading: <c>2026-11</c>.</param>
/// <param name="IsVerified">Read in the provider's own words; else collected by others.</param>
public sealed record ProviderRequirement(string Id, RequirementTopic Topic, bool IsMust, string Source, string Read, bool IsVerified)
{
    /// <summary>Messages per 24 hours to this provider from which it applies; 0 where it applies to everybody.</summary>
    public int From { get; init; }

    /// <summary>It applies to bulk mail, and the provider publishes no number.</summary>
    public bool IsForBulk { get; init; }

    /// <summary>What this provider adds.</summary>
    public LocalText? Note { get; init; }
}

/// <summary>A mailbox provider and what it asks of senders.</summary>
/// <param name="Id">Permanent.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Page">Its own page.</param>
public sealed record ComplianceProvider(string Id, string Name, string Page, ImmutableArray<ProviderRequirement> Requirements)
{
    /// <summary>What is counted, and whom the rules concern.</summary>
    public LocalText? Scope { get; init; }
}
