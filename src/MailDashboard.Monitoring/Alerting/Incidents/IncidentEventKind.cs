namespace MailDashboard.Monitoring.Alerting.Incidents;

/// <summary>What is kept about an incident beside its state.</summary>
public enum IncidentEventKind
{
    /// <summary>A look confirmed it.</summary>
    Opened,

    /// <summary>Seen gone once.</summary>
    SeenGone,

    /// <summary>Seen again before its end was confirmed.</summary>
    SeenAgain,

    /// <summary>It could not be looked at.</summary>
    Undetermined,

    /// <summary>Its end was confirmed.</summary>
    Resolved,

    /// <summary>A rule told people.</summary>
    Told,

    Reminded,

    /// <summary>A rule told people that it is over.</summary>
    EndTold,

    /// <summary>Nobody is told yet; the text is a <see cref="Rules.HoldReason"/>.</summary>
    Held,

    Acknowledged,

    /// <summary>The acknowledgement was taken back.</summary>
    Unacknowledged,

    Note,

    Muted,

    Unmuted,

    /// <summary>Somebody had it looked at again.</summary>
    Checked,
}
