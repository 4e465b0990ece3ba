namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>One way through the set-up wizard: kept at every step, so that it can be taken up anywhere and by anybody.</summary>
public sealed class SetupRun
{
    public int Id { get; set; }

    /// <summary>Registered name of the domain that is set up.</summary>
    public required string DomainName { get; set; }

    /// <summary>Null until the domain is stored, and after it was removed.</summary>
    public int? DomainId { get; set; }

    /// <summary>The step that comes next.</summary>
    public required string Step { get; set; }

    /// <summary>What was answered and proven so far. No secret is in it.</summary>
    public required string StateJson { get; set; }

    /// <summary>Secrets that have to outlive a step, encrypted with Data Protection; null where there are none.</summary>
    public string? ProtectedJson { get; set; }

    public string? StartedBy { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Counts changes: who read an older one does not overwrite a newer.</summary>
    public int Version { get; set; }
}
