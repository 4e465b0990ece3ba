using System.Collections.Immutable;

namespace MailDashboard.Checks.Compliance;

/// <summary>How a requirement stands. Ordered: of several, the largest is how they stand together.</summary>
public enum ComplianceStatus
{
    /// <summary>It does not concern this domain.</summary>
    NotApplicable,

    /// <summary>It cannot be measured from here.</summary>
    NotMeasurable,

    /// <summary>Met.</summary>
    Met,

    /// <summary>It could not be determined now, which is never "met".</summary>
    Undetermined,

    /// <summary>Mail may suffer: a recommendation is not followed, a fault weakens it, or it is broken for those who send in bulk and nobody stated the volume.</summary>
    AtRisk,

    /// <summary>Not met.</summary>
    NotMet,
}

/// <summary>Why a requirement stands as it does.</summary>
public enum ComplianceCause
{
    /// <summary>A finding is open (<see cref="ComplianceReason.Finding"/>).</summary>
    Finding,

    /// <summary>The check came to a level that is not enough, without a finding of its own (<see cref="ComplianceReason.Family"/>).</summary>
    Level,

    /// <summary>The family has never looked.</summary>
    NotLooked,

    /// <summary>The family could not tell (<see cref="ComplianceReason.Why"/>, where it said why).</summary>
    Inconclusive,

    /// <summary>The family has nothing to look at (<see cref="ComplianceReason.Why"/>).</summary>
    NothingToSee,

    /// <summary>A blocklist did not answer (<see cref="ComplianceReason.Name"/>).</summary>
    ListSilent,

    /// <summary>A blocklist is not asked, for want of a key or because it is switched off.</summary>
    ListOff,

    /// <summary>Only something else can measure it (<see cref="RequirementTopic.Elsewhere"/>).</summary>
    Elsewhere,

    /// <summary>The domain sends no mail.</summary>
    DoesNotSend,

    /// <summary>The domain takes no mail.</summary>
    DoesNotReceive,

    /// <summary>The stated volume is below <see cref="ComplianceReason.Number"/>.</summary>
    BelowVolume,

    /// <summary>Nobody stated the volume: it is broken from <see cref="ComplianceReason.Number"/> messages a day.</summary>
    VolumeNotStated,

    /// <summary>It is broken for bulk mail, and the provider publishes no number.</summary>
    BulkWithoutNumber,

    /// <summary>It is recommended, not demanded.</summary>
    Recommended,

    /// <summary>A port does not offer it (<see cref="ComplianceReason.Name"/>).</summary>
    Port,

    /// <summary>The last look is too long ago (<see cref="ComplianceReason.At"/>).</summary>
    LookedLongAgo,
}

/// <summary>One reason.</summary>
public sealed record ComplianceReason(ComplianceCause Cause)
{
    /// <summary>Id of the family it comes from.</summary>
    public string? Family { get; init; }

    /// <summary>The finding.</summary>
    public StandingFinding? Finding { get; init; }

    /// <summary>The family's own reason.</summary>
    public Reason? Why { get; init; }

    /// <summary>Name of a blocklist or a port.</summary>
    public string? Name { get; init; }

    /// <summary>A number of messages a day.</summary>
    public int Number { get; init; }

    /// <summary>A point in time.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>How one requirement stands.</summary>
public sealed record RequirementVerdict(ProviderRequirement Requirement, ComplianceStatus Status, ImmutableArray<ComplianceReason> Reasons);

/// <summary>How a domain stands with one provider.</summary>
public sealed record ProviderVerdict(ComplianceProvider Provider, ImmutableArray<RequirementVerdict> Requirements)
{
    /// <summary>The worst of them.</summary>
    public ComplianceStatus Status => Requirements.Max(r => r.Status);

    /// <summary>How many requirements stand so.</summary>
    public int Count(ComplianceStatus status) => Requirements.Count(r => r.Status == status);
}
