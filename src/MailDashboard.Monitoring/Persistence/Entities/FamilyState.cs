namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How a family's look at a domain ended last.</summary>
public sealed class FamilyState
{
    public int DomainId { get; set; }

    /// <summary>Family id.</summary>
    public required string Family { get; set; }

    /// <summary><c>completed</c>, <c>notApplicable</c> or <c>inconclusive</c>.</summary>
    public required string Outcome { get; set; }

    /// <summary>The <see cref="Checks.Reason"/>, as JSON; null for completed.</summary>
    public string? ReasonJson { get; set; }

    /// <summary>Undetermined subjects with their reasons, as JSON.</summary>
    public required string UndeterminedJson { get; set; }

    /// <summary>Facts, as JSON.</summary>
    public required string FactsJson { get; set; }

    public DateTimeOffset LastRunAt { get; set; }

    /// <summary>When it was last completed or not applicable.</summary>
    public DateTimeOffset? LastDeterminedAt { get; set; }

    /// <summary>Since when it could not be determined; null where it is.</summary>
    public DateTimeOffset? UndeterminedSince { get; set; }

    public int ElapsedMilliseconds { get; set; }
}

/// <summary>The last level of one subtest of the score table that a family determined; several families may grade one subtest.</summary>
public sealed class SubtestState
{
    public int DomainId { get; set; }

    public required string Subtest { get; set; }

    /// <summary>The family that graded it.</summary>
    public required string Family { get; set; }

    /// <summary>Determined when its family looked last; else an older determination that may still count.</summary>
    public bool IsCurrent { get; set; }

    public string? Level { get; set; }

    public bool IsApplicable { get; set; }

    public DateTimeOffset DeterminedAt { get; set; }
}
