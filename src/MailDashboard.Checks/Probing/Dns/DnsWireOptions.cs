namespace MailDashboard.Checks.Probing.Dns;

/// <summary>How questions go to the wire.</summary>
public sealed record DnsWireOptions
{
    /// <summary>Time for one try over one transport at one server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Questions under way at once, for the whole process. Each holds a socket; those beyond wait their turn, so that a
    /// crowd of dead domains takes neither all ports nor all memory.
    /// </summary>
    public int Concurrency { get; init; } = 512;
}
