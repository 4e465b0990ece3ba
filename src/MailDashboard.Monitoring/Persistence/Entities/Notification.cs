namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>Who is told of what, by which channels.</summary>
public sealed class NotificationRule
{
    public int Id { get; set; }

    /// <summary>As people call it. The rules made at the first start have <see cref="Preset"/> instead, named in the reader's language.</summary>
    public string? Name { get; set; }

    /// <summary>Key of the shipped rule that this one began as; null for others.</summary>
    public string? Preset { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary><see cref="Alerting.Rules.RuleTerms"/>, as JSON.</summary>
    public required string TermsJson { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public List<RuleChannel> Channels { get; set; } = [];
}

/// <summary>A rule tells by this channel.</summary>
public sealed class RuleChannel
{
    public int RuleId { get; set; }

    public int ChannelId { get; set; }
}

/// <summary>By what people are told.</summary>
public enum ChannelKind
{
    /// <summary>E-mail to the recipients of the channel.</summary>
    Email,

    /// <summary>JSON over HTTPS, signed.</summary>
    Webhook,

    Slack,

    /// <summary>Microsoft Teams by a workflow, with an Adaptive Card.</summary>
    Teams,

    /// <summary>ntfy: a push message to a telephone.</summary>
    Ntfy,
}

/// <summary>A way to reach people.</summary>
public sealed class NotificationChannel
{
    public int Id { get; set; }

    public ChannelKind Kind { get; set; }

    public required string Name { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary><c>en</c> or <c>fr</c>: what is written there. Recipients of e-mail have their own.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Where it is sent, encrypted: the address alone lets anybody write there. Null for e-mail.</summary>
    public string? ProtectedUrl { get; set; }

    /// <summary>The host of that address, to be shown.</summary>
    public string? UrlHost { get; set; }

    /// <summary>Key of a webhook's signature or token of ntfy, encrypted; never shown again.</summary>
    public string? ProtectedSecret { get; set; }

    /// <summary>Nothing got through since the first failure then; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? LastOkAt { get; set; }

    /// <summary>What failed last, secrets hidden.</summary>
    public string? LastError { get; set; }

    /// <summary>Other channels were told that this one fails.</summary>
    public DateTimeOffset? WarnedAt { get; set; }
}

/// <summary>What one rule has told of one alert, or still owes: survives a restart, so that nothing is told twice or forgotten.</summary>
public sealed class AlertNotice
{
    public long AlertId { get; set; }

    public int RuleId { get; set; }

    /// <summary>People were told that it is there; null where that is owed.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>People were last told or reminded.</summary>
    public DateTimeOffset? LastToldAt { get; set; }

    public int Reminders { get; set; }

    /// <summary>People were told that it is over.</summary>
    public DateTimeOffset? EndToldAt { get; set; }

    /// <summary>Why it waits, one of <see cref="Alerting.Rules.HoldReason"/>; null where it does not.</summary>
    public string? HeldBy { get; set; }
}

/// <summary>What was seen, sent and done about an alert.</summary>
public sealed class AlertEvent
{
    public long Id { get; set; }

    public long AlertId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>One of <see cref="Alerting.Incidents.IncidentEventKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Who did it; null for the dashboard itself.</summary>
    public string? Actor { get; set; }

    /// <summary>A note, the rule's or the channel's name.</summary>
    public string? Text { get; set; }

    /// <summary>An end or a due time that belongs to it.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>Work that was announced: what fails meanwhile is told when it is over and still there.</summary>
public sealed class MaintenanceWindow
{
    public int Id { get; set; }

    public required string Reason { get; set; }

    /// <summary>Start of the first one, UTC.</summary>
    public DateTimeOffset StartsAt { get; set; }

    public int Minutes { get; set; }

    /// <summary>Repeats on these days of the week, bit 0 = Monday; 0 for once. The hour is that of <see cref="TimeZone"/>, summer and winter.</summary>
    public int WeekDays { get; set; }

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Last start of a repeated one; null for ever.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Domains that bear one of these; empty together with <see cref="Domains"/>: all.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>Domains by name.</summary>
    public List<string> Domains { get; set; } = [];

    public required string CreatedBy { get; set; }
}
