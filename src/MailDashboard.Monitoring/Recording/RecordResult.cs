namespace MailDashboard.Monitoring.Recording;

/// <summary>How recording an audit ended.</summary>
public enum RecordResult
{
    /// <summary>Everything is stored.</summary>
    Recorded,

    /// <summary>The lease had run out, or was recorded with already: nothing was written.</summary>
    LeaseLost,

    /// <summary>The domain was deleted meanwhile.</summary>
    Gone,
}
