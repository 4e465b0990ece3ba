using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>
/// The quickest DNS server there can be: answers made beforehand, sent back by a thread of its own. What is measured is
/// then the audit and not the server.
/// </summary>
internal sealed class LoopbackZone : IDisposable
{
    private readonly Dictionary<string, byte[][]> _records = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private int _questions;

    public LoopbackZone()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(Serve) { IsBackground = true, Name = "zone" }.Start();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Keeps each distinct question.</summary>
    public bool Remember { get; set; }

    /// <summary>What was asked while <see cref="Remember"/> was on, as <c>name/type</c>.</summary>
    public HashSet<string> Remembered { get; } = new(StringComparer.Ordinal);

    /// <summary>Added to every answer.</summary>
    public TimeSpan Delay { get; set; }

    public int Questions => Volatile.Read(ref _questions);

    public LoopbackZone Txt(string name, params string[] texts) =>
        Add(name, DnsRecordType.TXT, texts.Select(t => t.Chunk(255).SelectMany(c => Encoding.ASCII.GetBytes(c).Prepend((byte)c.Length)).ToArray()));

    public LoopbackZone A(string name, params string[] addresses) => Add(name, DnsRecordType.A, addresses.Select(a => IPAddress.Parse(a).GetAddressBytes()));

    public LoopbackZone Mx(string name, params (byte Preference, string Host)[] hosts) =>
        Add(name, DnsRecordType.MX, hosts.Select(h => (byte[])[0, h.Preference, .. NameOf(h.Host)]));

    public LoopbackZone Ptr(string address, string name) => Add(DnsNames.Reverse(IPAddress.Parse(address)), DnsRecordType.PTR, [NameOf(name)]);

    public void Dispose() => _socket.Dispose();

    private LoopbackZone Add(string name, DnsRecordType type, IEnumerable<byte[]> data)
    {
        _names.Add(name);
        _records[$"{name}/{(ushort)type}"] = [.. data];
        return this;
    }

    private void Serve()
    {
        var buffer = new byte[4096];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                Interlocked.Increment(ref _questions);
                var length = Answer(buffer);
                if (Delay == TimeSpan.Zero)
                {
                    _socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, from);
                }
                else
                {
                    _ = SendLaterAsync(buffer.AsMemory(0, length).ToArray(), new IPEndPoint(IPAddress.Any, 0).Create(from));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed: the benchmark is over.
        }
    }

    private async Task SendLaterAsync(byte[] answer, EndPoint to)
    {
        await Task.Delay(Delay);
        await _socket.SendToAsync(answer, SocketFlags.None, to);
    }

    private int Answer(byte[] buffer)
    {
        var name = new StringBuilder();
        var at = 12;
        while (buffer[at] != 0)
        {
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(buffer, at + 1, buffer[at]).ToLowerInvariant());
            at += buffer[at] + 1;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(at + 1));
        var end = at + 5;
        if (Remember)
        {
            Remembered.Add($"{name}/{type}");
        }

        var found = _records.TryGetValue($"{name}/{type}", out var records);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), (ushort)(0x8580 | (_names.Contains(name.ToString()) ? 0 : 3)));
        buffer.AsSpan(6, 6).Clear();
        buffer[7] = (byte)(found ? records!.Length : 0);
        foreach (var data in records ?? [])
        {
            byte[] head = [0xC0, 12, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 14, 16, (byte)(data.Length >> 8), (byte)data.Length];
            head.CopyTo(buffer, end);
            data.CopyTo(buffer, end + head.Length);
            end += head.Length + data.Length;
        }

        return end;
    }

    private static byte[] NameOf(string name) =>
        [.. name.Split('.').SelectMany(l => Encoding.ASCII.GetBytes(l).Prepend((byte)l.Length)), 0];
}
