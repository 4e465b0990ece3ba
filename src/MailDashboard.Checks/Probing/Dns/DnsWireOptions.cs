namespace MailDashboard.Checks.Probing.Dns;

/// <summary>How questions go to the wire.</summary>
public sealed record DnsWireOptions
{
    /// <summary>Time for one try over one transport at one server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Questions under way at once, for the whole process, that are still quick to be answered. Each holds a socket; those
    /// beyond wait their turn.
    /// </summary>
    public int Concurrency { get; init; } = 512;

    /// <summary>Besides them, questions that have been waiting for an answer for a while, as those about dead domains do.</summary>
    public int PatientConcurrency { get; init; } = 2048;
}
