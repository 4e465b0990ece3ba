using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>Where an alert is in its life.</summary>
public enum AlertStatus
{
    /// <summary>Seen once; a second look will confirm or drop it.</summary>
    Pending,

    /// <summary>Confirmed; people were told.</summary>
    Open,

    /// <summary>Seen gone once; a second look will confirm the end or keep it open.</summary>
    Resolving,

    /// <summary>Over, and people were told.</summary>
    Resolved,
}

/// <summary>
/// One thing that people are told of. Its key is family + code + subject, not the domain: forty domains behind one listed
/// address are one alert.
/// </summary>
public sealed class Alert
{
    public long Id { get; set; }

    public required string Family { get; set; }

    public required string Code { get; set; }

    /// <summary><see cref="Checks.Subject.Key"/>. With family and code unique among alerts that are not resolved.</summary>
    public required string SubjectKey { get; set; }

    public AlertStatus Status { get; set; }

    public Severity Severity { get; set; }

    /// <summary>Evidence as it was last seen, as JSON.</summary>
    public required string EvidenceJson { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? OpenedAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>When the second look is due, while pending or resolving. Indexed.</summary>
    public DateTimeOffset? NextLookAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>It was there at the first audit: told in the summary, not on its own.</summary>
    public bool FromFirstAudit { get; set; }

    /// <summary>The domain whose first audit showed it; the alerts of one first audit are told together.</summary>
    public int? SummaryDomainId { get; set; }

    public List<AlertDomain> Domains { get; set; } = [];
}

/// <summary>A domain behind an alert.</summary>
public sealed class AlertDomain
{
    public long AlertId { get; set; }

    public int DomainId { get; set; }
}
