namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>A way to send.</summary>
public sealed class SmtpProfile : ServerAccount
{
    /// <summary>Id of the preset that it was made from; null for an own server.</summary>
    public string? Preset { get; set; }

    public required string SenderAddress { get; set; }

    public string? SenderName { get; set; }

    /// <summary>What the dashboard itself sends goes by this one. At most one is marked; where none is, the oldest serves.</summary>
    public bool SendsNotices { get; set; }

    /// <summary>Messages in any 60 seconds; null for no limit.</summary>
    public int? PerMinute { get; set; }

    /// <summary>Messages in any 60 minutes; null for no limit.</summary>
    public int? PerHour { get; set; }

    /// <summary>Messages in any 24 hours; null for no limit.</summary>
    public int? PerDay { get; set; }

    /// <summary>Connections at a time; null for no limit.</summary>
    public int? Connections { get; set; }

    /// <summary>A test message was accepted by the server then.</summary>
    public DateTimeOffset? LastTestOkAt { get; set; }

    public DateTimeOffset? LastTestAt { get; set; }

    /// <summary>The conversation of the last test that failed, secrets hidden.</summary>
    public string? LastTestConversation { get; set; }

    public List<ProfileDomain> Domains { get; } = [];
}

/// <summary>A domain whose mail goes by a profile.</summary>
public sealed class ProfileDomain
{
    public int ProfileId { get; set; }

    public int DomainId { get; set; }
}

/// <summary>One message by one profile: what limits are counted by. Kept for a day.</summary>
public sealed class ProfileSending
{
    public long Id { get; set; }

    public int ProfileId { get; set; }

    /// <summary>When it was handed in; while it is under way, when it began.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Counts as under way until then; null once it has ended. A killed process leaves it behind.</summary>
    public DateTimeOffset? UnderWayUntil { get; set; }
}
