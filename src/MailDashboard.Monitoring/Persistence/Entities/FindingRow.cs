using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>A finding with its history: open while <see cref="ResolvedAt"/> is null.</summary>
public sealed class FindingRow
{
    public long Id { get; set; }

    public int DomainId { get; set; }

    public required string Family { get; set; }

    public required string Code { get; set; }

    /// <summary><see cref="Checks.Subject.Key"/>.</summary>
    public required string SubjectKey { get; set; }

    public Severity Severity { get; set; }

    /// <summary>Evidence as it was last seen, as JSON.</summary>
    public required string EvidenceJson { get; set; }

    /// <summary>The record that would mend it, as JSON; null where there is none.</summary>
    public string? ProposalJson { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Its subject could not be looked at since then; the finding stands.</summary>
    public DateTimeOffset? UndeterminedSince { get; set; }
}
