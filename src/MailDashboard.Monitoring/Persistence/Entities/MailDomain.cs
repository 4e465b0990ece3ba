using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>A monitored domain: what its owner stated, when it is due, and a summary for lists.</summary>
public sealed class MailDomain
{
    public int Id { get; set; }

    /// <summary>A-labels, lower case, no trailing dot. Unique.</summary>
    public required string Name { get; set; }

    /// <summary>U-labels, normalised to lower case in code: what people read and search.</summary>
    public required string DisplayName { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>As stated; null takes the proposal from DNS.</summary>
    public bool? Sends { get; set; }

    /// <summary>As stated; null takes the proposal from DNS.</summary>
    public bool? Receives { get; set; }

    /// <summary>What DNS proposed at the last audit.</summary>
    public bool? ProposedSends { get; set; }

    public bool? ProposedReceives { get; set; }

    public List<string> Selectors { get; set; } = [];

    public List<string> SendingAddresses { get; set; } = [];

    /// <summary>MX hosts that the user marked as own: their addresses are watched on blocklists.</summary>
    public List<string> OwnHosts { get; set; } = [];

    /// <summary>Hosts that people's mail programs connect to, as stated; empty: found out from DNS.</summary>
    public List<string> ClientHosts { get; set; } = [];

    /// <summary>Messages a day to one large mailbox provider, as stated: decides which of its rules apply. Null: not stated.</summary>
    public int? DailyVolume { get; set; }

    /// <summary>Judged by the strict profile as well.</summary>
    public bool IsStrict { get; set; }

    public List<DomainTag> Tags { get; set; } = [];

    /// <summary>Minutes; null takes the setting for all.</summary>
    public int? DnsIntervalMinutes { get; set; }

    public int? BlocklistIntervalMinutes { get; set; }

    public int? ConnectionIntervalMinutes { get; set; }

    public DateTimeOffset NextDnsAt { get; set; }

    public DateTimeOffset NextBlocklistAt { get; set; }

    public DateTimeOffset NextConnectionAt { get; set; }

    /// <summary>The earliest of the three: what the scheduler leases by. Indexed.</summary>
    public DateTimeOffset NextDueAt { get; set; }

    /// <summary>The process that is auditing it, while <see cref="LeasedUntil"/> is in the future.</summary>
    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public DateTimeOffset? FirstAuditAt { get; set; }

    public DateTimeOffset? LastAuditAt { get; set; }

    public double? Score { get; set; }

    public string? Grade { get; set; }

    /// <summary>Worst severity among the open findings; null where there is none of notice or above.</summary>
    public Severity? WorstSeverity { get; set; }

    public int CriticalCount { get; set; }

    public int ErrorCount { get; set; }

    public int WarningCount { get; set; }

    /// <summary>Confirmed listings of what is watched.</summary>
    public int ListingCount { get; set; }

    /// <summary>Families that could not be determined at the last look.</summary>
    public int UndeterminedCount { get; set; }

    /// <summary>Effective DMARC policy: none, quarantine, reject; null where there is none.</summary>
    public string? DmarcPolicy { get; set; }
}

/// <summary>A label by which people group domains.</summary>
public sealed class DomainTag
{
    public int DomainId { get; set; }

    /// <summary>Normalised to lower case in code.</summary>
    public required string Tag { get; set; }
}
