using System.Net;
using System.Net.Sockets;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>Finds ports that nobody uses, for UDP and TCP alike.</summary>
public static class LoopbackPorts
{
    // Below the kernel's ephemeral range (32768 and up), where a client's socket could take the port before the server does.
    private const int First = 15000;
    private const int Last = 30000;
    private static int next = Random.Shared.Next(First, Last);

    public static IPEndPoint Free(IPAddress? address = null)
    {
        var host = address ?? IPAddress.Loopback;
        for (var attempt = 0; attempt < Last - First; attempt++)
        {
            var port = First + Interlocked.Increment(ref next) % (Last - First);
            if (IsFree(new IPEndPoint(host, port)))
            {
                return new IPEndPoint(host, port);
            }
        }

        throw new InvalidOperationException($"No free port on {host}.");
    }

    /// <summary>Takes a free port for UDP and TCP at once; whoever gets the sockets disposes of them.</summary>
    public static (IPEndPoint EndPoint, Socket Udp, Socket Tcp) BindBoth()
    {
        while (true)
        {
            var endPoint = Free();
            var udp = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            var tcp = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                udp.Bind(endPoint);
                tcp.Bind(endPoint);
                return (endPoint, udp, tcp);
            }
            catch (SocketException)
            {
                // Somebody took it between the look and the grasp: on to the next.
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    /// <summary>Waits until nobody has the ports any more: the children of a daemon, which share its sockets, outlive it for a moment.</summary>
    public static Task FreedAsync(IEnumerable<IPEndPoint> endPoints, CancellationToken cancellationToken) =>
        Eventually.TrueAsync($"{string.Join(", ", endPoints)} is free", () => endPoints.All(IsFree), cancellationToken: cancellationToken);

    public static bool IsFree(IPEndPoint endPoint) =>
        CanBind(endPoint, SocketType.Stream, ProtocolType.Tcp) && CanBind(endPoint, SocketType.Dgram, ProtocolType.Udp);

    private static bool CanBind(IPEndPoint endPoint, SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(endPoint.AddressFamily, type, protocol);
        try
        {
            socket.Bind(endPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
