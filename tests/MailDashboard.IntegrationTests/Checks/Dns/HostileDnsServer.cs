using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Checks.Dns;

/// <summary>A question as the server saw it.</summary>
/// <param name="Bytes">The query.</param>
/// <param name="OverTcp">How it came.</param>
internal sealed record Query(byte[] Bytes, bool OverTcp)
{
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(2));

    public bool HasOpt => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(10)) == 1;

    public string Name
    {
        get
        {
            var labels = new List<string>();
            for (var at = 12; Bytes[at] != 0; at += Bytes[at] + 1)
            {
                labels.Add(Encoding.Latin1.GetString(Bytes, at + 1, Bytes[at]));
            }

            return string.Join('.', labels);
        }
    }

    /// <summary>Name, type and class, as asked.</summary>
    public byte[] Question => Bytes[12..(HasOpt ? Bytes.Length - 11 : Bytes.Length)];

    /// <summary>A response to it; every part can be made wrong.</summary>
    public byte[] Reply(int code = 0, int answers = 0, byte[]? body = null, int flags = 0, int? id = null, byte[]? question = null)
    {
        var header = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)(id ?? Id));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(0x8180 | flags | code));
        header[5] = (byte)(question is { Length: 0 } ? 0 : 1);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)answers);
        return [.. header, .. question ?? Question, .. body ?? []];
    }

    /// <summary>A record of the name asked.</summary>
    public static byte[] Record(int type, byte[] data, uint ttl = 60, byte[]? name = null)
    {
        var head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        head[3] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)data.Length);
        return [.. name ?? [0xC0, 12], .. head, .. data];
    }

    public static byte[] NameOf(string name) =>
        [.. name.Split('.').SelectMany(l => Encoding.Latin1.GetBytes(l).Prepend((byte)l.Length)), 0];
}

/// <summary>
/// A DNS server on loopback that answers what the test says, over UDP and TCP on one port: nothing, lies, several
/// datagrams, half a message.
/// </summary>
internal sealed class HostileDnsServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Query> _queries = new();
    private readonly Func<Query, IEnumerable<byte[]>> _answer;
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly Task[] _running;

    /// <summary>Each element is one datagram, or one piece of what goes over TCP after the length.</summary>
    public HostileDnsServer(Func<Query, IEnumerable<byte[]>> answer)
    {
        _answer = answer;
        // The kernel's own choice is free for UDP only: for TCP it may be a client's by then.
        (EndPoint, _udp, _tcp) = LoopbackPorts.BindBoth();
        _tcp.Listen();
        _running = [UdpAsync(), TcpAsync()];
    }

    public IPEndPoint EndPoint { get; }

    public IReadOnlyList<Query> Queries => [.. _queries];

    /// <summary>Sent over TCP where the test wants the length itself to be wrong; -1 sends the right one.</summary>
    public int LengthToState { get; init; } = -1;

    public static HostileDnsServer Answering(Func<Query, byte[]> answer) => new(q => [answer(q)]);

    public static HostileDnsServer Silent() => new(_ => []);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _udp.Dispose();
        _tcp.Dispose();
        _stop.Dispose();
    }

    private async Task UdpAsync()
    {
        var buffer = new byte[4096];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var query = new Query(buffer[..received.ReceivedBytes], OverTcp: false);
                _queries.Enqueue(query);
                foreach (var datagram in _answer(query))
                {
                    await _udp.SendToAsync(datagram, received.RemoteEndPoint, _stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
            }
        }
    }

    private async Task TcpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _tcp.AcceptAsync(_stop.Token);
                await ConverseAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
            }
        }
    }

    private async Task ConverseAsync(Socket client)
    {
        var buffer = new byte[4096];
        var received = await client.ReceiveAsync(buffer, _stop.Token);
        if (received < 14)
        {
            return;
        }

        var query = new Query(buffer[2..received], OverTcp: true);
        _queries.Enqueue(query);
        var pieces = _answer(query).ToList();
        var length = LengthToState >= 0 ? LengthToState : pieces.Sum(p => p.Length);
        // The length in two pieces: a reader that expects both octets at once loses its place.
        client.NoDelay = true;
        await client.SendAsync(new[] { (byte)(length >> 8) }, _stop.Token);
        await client.SendAsync(new[] { (byte)length }, _stop.Token);
        foreach (var piece in pieces)
        {
            await client.SendAsync(piece, _stop.Token);
        }

        if (pieces.Count == 0)
        {
            await client.ReceiveAsync(buffer, _stop.Token);
        }
    }
}
