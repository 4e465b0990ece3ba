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

    private readonly ConcurrentDictionary<IPEndPoint, Idle> _idle = new();

    /// <summary>One that is ready; null where one must be opened.</summary>
    public UdpLine? Take(IPEndPoint server)
    {
        if (!_idle.TryGetValue(server, out var idle))
        {
            return null;
        }

        while (idle.Take() is { } line)
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
        if (++line.Answered >= MostQuestions || time.GetElapsedTime(line.Opened) >= Life)
        {
            return false;
        }

        return _idle.GetOrAdd(line.Server, static _ => new Idle()).TryKeep(line);
    }

    /// <summary>The sockets of one server, counted by hand: the stack would walk through all of them for it, at every question.</summary>
    private sealed class Idle
    {
        private readonly ConcurrentStack<UdpLine> _lines = new();
        private int _count;

        public UdpLine? Take()
        {
            if (!_lines.TryPop(out var line))
            {
                return null;
            }

            Interlocked.Decrement(ref _count);
            return line;
        }

        public bool TryKeep(UdpLine line)
        {
            if (Interlocked.Increment(ref _count) > MostIdle)
            {
                Interlocked.Decrement(ref _count);
                return false;
            }

            _lines.Push(line);
            return true;
        }
    }
}
