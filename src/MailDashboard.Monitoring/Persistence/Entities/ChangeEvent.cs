using MailDashboard.Checks;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>A watched record set, or the certificates of a host, changed.</summary>
public sealed class ChangeEvent
{
    public long Id { get; set; }

    public int DomainId { get; set; }

    public DateTimeOffset At { get; set; }

    public WatchedChange Kind { get; set; }

    public required string Name { get; set; }

    /// <summary>TXT, MX …, or CERT.</summary>
    public required string Type { get; set; }

    /// <summary>The values before, as a JSON array; empty where there was none.</summary>
    public required string BeforeJson { get; set; }

    public required string AfterJson { get; set; }

    /// <summary>Code of what it made worse; null where it did not.</summary>
    public string? Code { get; set; }

    public Severity? WorseSeverity { get; set; }

    /// <summary>Somebody said that it was meant.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public string? ConfirmedBy { get; set; }

    public string? Note { get; set; }

    /// <summary>Nobody has to confirm it any more: a later change undid it, or the record is no longer watched.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>What a record should be, as a person pinned it.</summary>
public sealed class DesiredRecord
{
    public int Id { get; set; }

    public int DomainId { get; set; }

    public required string Name { get; set; }

    public required string Type { get; set; }

    /// <summary>The values as they were typed, as a JSON array.</summary>
    public required string ValuesJson { get; set; }

    public DateTimeOffset PinnedAt { get; set; }

    public required string PinnedBy { get; set; }
}

/// <summary>A finding that cannot be helped for now: it counts nowhere until the end, or until it gets worse.</summary>
public sealed class AcceptedFinding
{
    public int Id { get; set; }

    public int DomainId { get; set; }

    public required string Code { get; set; }

    public required string SubjectKey { get; set; }

    /// <summary>How much it mattered when it was accepted; a finding that matters more is not accepted.</summary>
    public Severity Severity { get; set; }

    public required string Reason { get; set; }

    /// <summary>From then on it counts again.</summary>
    public DateTimeOffset Until { get; set; }

    public DateTimeOffset AcceptedAt { get; set; }

    public required string AcceptedBy { get; set; }
}
