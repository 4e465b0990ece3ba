using System.Net;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>Asks a name server about its own zone, past every resolver.</summary>
public interface IAuthorityProbe
{
    /// <summary>Asks one question without recursion. Failures are data; throws only when cancelled by the caller.</summary>
    Task<AuthorityAnswer> AskAsync(IPAddress server, DnsQuestion question, CancellationToken cancellationToken);
}

/// <summary>How to ask name servers themselves.</summary>
public sealed record AuthorityProbeOptions
{
    /// <summary>The port of DNS.</summary>
    public const int StandardPort = 53;

    /// <summary>The port to ask, UDP and TCP; the world asks <see cref="StandardPort"/>.</summary>
    public int Port { get; init; } = StandardPort;

    /// <summary>For one try over one transport.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Tries at a server that stays silent, for the datagram that got lost.</summary>
    public int Tries { get; init; } = 2;
}
