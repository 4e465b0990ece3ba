namespace MailDashboard.Monitoring.Scheduling;

/// <summary>How "check now" ended.</summary>
public enum CheckNowResult
{
    /// <summary>Audited and recorded.</summary>
    Done,

    /// <summary>There is no such domain (any more).</summary>
    Gone,

    /// <summary>Our own resolver does not answer: nothing was judged.</summary>
    ResolverSilent,

    /// <summary>Another process audits it and does not come to an end.</summary>
    Busy,

    /// <summary>It could not be recorded; the log says why. The domain stays due.</summary>
    Failed,
}
