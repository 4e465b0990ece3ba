using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Connecting;

/// <summary>How an attempt to open a TCP connection ended.</summary>
public enum ConnectStatus
{
    /// <summary>Open.</summary>
    Connected,

    /// <summary>The host answered that nothing listens there (RST).</summary>
    Refused,

    /// <summary>Nothing came back in time.</summary>
    TimedOut,

    /// <summary>No route, or the network said so (ICMP), or we have no address of that family.</summary>
    Unreachable,

    /// <summary>The address guard does not let us connect there; nothing was sent.</summary>
    Guarded,
}

/// <summary>The end of an attempt. <see cref="Socket"/> is set, and the caller's to dispose, when connected.</summary>
public sealed record ConnectResult(ConnectStatus Status, Socket? Socket, TimeSpan Elapsed, string? Detail = null);

/// <summary>The only way the checks open a connection: to an address that DNS gave and the guard passed.</summary>
public interface IConnector
{
    /// <summary>Connects, or says as data why not. Throws only when cancelled by the caller.</summary>
    Task<ConnectResult> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken);
}
