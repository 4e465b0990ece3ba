using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>Stands in front of a real DNS server and makes it slow, silent or broken for the names that a test chooses.</summary>
public sealed class DnsRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly UdpClient udp;
    private readonly TcpListener tcp;
    private readonly IPEndPoint upstream;
    private readonly Task[] loops;
    private int asked;

    private DnsRelay(IPEndPoint upstream, IPEndPoint endPoint)
    {
        this.upstream = upstream;
        EndPoint = endPoint;
        udp = new UdpClient(endPoint);
        tcp = new TcpListener(endPoint);
        tcp.Start();
        loops = [Quietly(UdpAsync), Quietly(TcpAsync)];
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Name (lower case, no dot at the end) → fault, or null to pass the question on. May change at any time.</summary>
    public Func<string, DnsFault?> Rule { get; set; } = _ => null;

    /// <summary>Questions that came in.</summary>
    public int Asked => asked;

    public static DnsRelay Start(IPEndPoint upstream, IPEndPoint? endPoint = null) => new(upstream, endPoint ?? LoopbackPorts.Free());

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        udp.Dispose();
        tcp.Dispose();
        await Task.WhenAll(loops);
        stopping.Dispose();
    }

    private static string Name(ReadOnlySpan<byte> question)
    {
        var name = new StringBuilder();
        for (var at = 12; at < question.Length && question[at] is > 0 and < 64 && at + question[at] < question.Length; at += question[at] + 1)
        {
            name.Append(name.Length == 0 ? "" : ".").Append(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
        }

        return name.ToString().ToLowerInvariant();
    }

    private async Task UdpAsync()
    {
        while (true)
        {
            var question = await udp.ReceiveAsync(stopping.Token);
            _ = Quietly(async () =>
            {
                if (await AnswerAsync(question.Buffer, AskByUdpAsync) is { } answer)
                {
                    await udp.SendAsync(answer, question.RemoteEndPoint, stopping.Token);
                }
            });
        }
    }

    private async Task TcpAsync()
    {
        while (true)
        {
            var client = await tcp.AcceptTcpClientAsync(stopping.Token);
            _ = Quietly(async () =>
            {
                using var _ = client;
                while (true)
                {
                    var question = await ReadFrameAsync(client.GetStream());
                    if (await AnswerAsync(question, AskByTcpAsync) is { } answer)
                    {
                        await WriteFrameAsync(client.GetStream(), answer);
                    }
                }
            });
        }
    }

    private async Task<byte[]?> AnswerAsync(byte[] question, Func<byte[], Task<byte[]>> ask)
    {
        Interlocked.Increment(ref asked);
        switch (Rule(Name(question)))
        {
            case DnsFault.Silent:
                return null;
            case DnsFault.Code(var code):
                var refusal = (byte[])question.Clone();
                refusal[2] |= 0x80;
                refusal[3] = (byte)(0x80 | code);
                return refusal;
            case DnsFault.Delay(var by):
                await Task.Delay(by, stopping.Token);
                break;
        }

        return await ask(question);
    }

    private async Task<byte[]> AskByUdpAsync(byte[] question)
    {
        using var client = new UdpClient(upstream.AddressFamily);
        client.Connect(upstream);
        await client.SendAsync(question, stopping.Token);
        return (await client.ReceiveAsync(stopping.Token)).Buffer;
    }

    private async Task<byte[]> AskByTcpAsync(byte[] question)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(upstream, stopping.Token);
        await WriteFrameAsync(client.GetStream(), question);
        return await ReadFrameAsync(client.GetStream());
    }

    // RFC 1035 section 4.2.2: two bytes of length before each message.
    private async Task<byte[]> ReadFrameAsync(NetworkStream stream)
    {
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, stopping.Token);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, stopping.Token);
        return message;
    }

    private async Task WriteFrameAsync(NetworkStream stream, byte[] message)
    {
        var frame = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)message.Length);
        message.CopyTo(frame, 2);
        await stream.WriteAsync(frame, stopping.Token);
    }

    private static async Task Quietly(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The end of the relay or of a connection; whoever asked notices by himself.
        }
    }
}
