using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>A UDP socket that talks to one server.</summary>
/// <param name="Socket">Connected: the kernel drops what comes from elsewhere and tells us when nothing listens there.</param>
/// <param name="Server">The server.</param>
/// <param name="Opened">When, as a timestamp of the clock.</param>
internal sealed record UdpLine(Socket Socket, IPEndPoint Server, long Opened) : IDisposable
{
    /// <summary>Questions that were answered over it.</summary>
    public int Answered { get; set; }

    public static async ValueTask<UdpLine> OpenAsync(IPEndPoint server, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            return new UdpLine(socket, server, time.GetTimestamp());
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => Socket.Dispose();
}

/// <summary>
/// Sockets between two questions to the same server: opening and closing one costs more than asking over it. Each carries one question
/// at a time, few in all, and for a moment only, so that a port is gone before anybody can guess it (RFC 5452 §9.2).
/// </summary>
internal sealed class UdpSockets(TimeProvider time)
{
    /// <summary>Questions over one socket.</summary>
    public const int MostQuestions = 32;

    /// <summary>Sockets kept for one server.</summary>
    public const int MostIdle = 32;

    /// <summary>How long after it was opened a socket is used again.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<IPEndPoint, ConcurrentStack<UdpLine>> _idle = new();

    /// <summary>One that is ready; null where one must be opened.</summary>
    public UdpLine? Take(IPEndPoint server)
    {
        if (!_idle.TryGetValue(server, out var lines))
        {
            return null;
        }

        while (lines.TryPop(out var line))
        {
            if (time.GetElapsedTime(line.Opened) < Life)
            {
                return line;
            }

            line.Dispose();
        }

        return null;
    }

    /// <summary>Keeps it for the next question; false where it has served its time, and is the caller's to close.</summary>
    public bool TryKeep(UdpLine line)
    {
        var lines = _idle.GetOrAdd(line.Server, static _ => new ConcurrentStack<UdpLine>());
        if (++line.Answered >= MostQuestions || time.GetElapsedTime(line.Opened) >= Life || lines.Count >= MostIdle)
        {
            return false;
        }

        lines.Push(line);
        return true;
    }
}
