namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>Why nobody is told yet.</summary>
public enum HoldReason
{
    /// <summary>The rule's quiet hours.</summary>
    Quiet,

    /// <summary>Every domain behind it is under announced work.</summary>
    Maintenance,

    /// <summary>Somebody muted it.</summary>
    Muted,
}
