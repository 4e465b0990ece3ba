namespace MailDashboard.Checks;

/// <summary>How much a finding matters, by its consequence for mail. Ordered: a larger value is worse.</summary>
public enum Severity
{
    /// <summary>Shown for completeness; no action is expected.</summary>
    Info,

    /// <summary>Should be known; harms nothing today.</summary>
    Notice,

    /// <summary>Harms delivery or security under some circumstances.</summary>
    Warning,

    /// <summary>Very likely harms delivery or security.</summary>
    Error,

    /// <summary>Mail is being lost or forged now.</summary>
    Critical,
}
