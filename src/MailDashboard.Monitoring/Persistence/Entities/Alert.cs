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
/// One thing that people are told of; pages call it an incident. Its key is family + code + subject, not the domain: forty domains
/// behind one listed address are one alert.
/// </summary>
public sealed class Alert
{
    public long Id { get; set; }

    public required string Family { get; set; }

    public required string Code { get; set; }

    /// <summary><see cref="Checks.Subject.Key"/>. With family and code unique among alerts that are not resolved.</summary>
    public required string SubjectKey { get; set; }

    /// <summary>The domain's name where the subject alone does not say whose it is (a selector, a host in one domain's policy); else empty.</summary>
    public string Scope { get; set; } = "";

    public AlertStatus Status { get; set; }

    /// <summary>Looks in a row that showed it and that count: a minute apart or more.</summary>
    public int SeenInRow { get; set; }

    /// <summary>Looks in a row that showed it gone.</summary>
    public int GoneInRow { get; set; }

    /// <summary>It could not be looked at since then; it stands.</summary>
    public DateTimeOffset? UndeterminedSince { get; set; }

    /// <summary>It happened and is over (a record changed): told once, never resolved.</summary>
    public bool IsMomentary { get; set; }

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

    /// <summary>When <see cref="Status"/> last changed in a way that people may be told of.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>When it has to be decided (again) who is told; null where nothing waits. Indexed.</summary>
    public DateTimeOffset? NoticeDueAt { get; set; }

    /// <summary>Somebody takes care of it: no reminders.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    /// <summary>Nobody is told of it until then.</summary>
    public DateTimeOffset? MutedUntil { get; set; }

    public string? MutedBy { get; set; }

    public List<AlertDomain> Domains { get; set; } = [];

    /// <summary>Its history; loaded only where it is shown.</summary>
    public List<AlertEvent> Events { get; set; } = [];
}

/// <summary>A domain behind an alert.</summary>
public sealed class AlertDomain
{
    public long AlertId { get; set; }

    public int DomainId { get; set; }
}
