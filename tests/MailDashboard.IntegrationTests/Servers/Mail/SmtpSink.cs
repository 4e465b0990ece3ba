using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>Where in the conversation the sink is about to answer.</summary>
public enum SmtpStage
{
    Greeting,
    Hello,
    StartTls,
    MailFrom,
    Recipient,
    Data,

    /// <summary>The whole message has come; what is answered now decides who owns it.</summary>
    EndOfData,
}

/// <summary>What the sink does at a stage.</summary>
public abstract record SmtpMove
{
    private SmtpMove()
    {
    }

    /// <summary>Answers as a decent server does.</summary>
    public static SmtpMove Usual { get; } = new Normal();

    /// <summary>Ends the connection without a word (RST).</summary>
    public static SmtpMove Drop { get; } = new Reset();

    /// <summary>Says this instead; several lines separated by CRLF are possible.</summary>
    public static SmtpMove Say(string reply) => new Reply(reply);

    internal sealed record Normal : SmtpMove;

    internal sealed record Reset : SmtpMove;

    internal sealed record Reply(string Text) : SmtpMove;
}

/// <summary>
/// A mail server that misbehaves exactly where a test wants it to, which no real one can be told: dropping between the
/// end of DATA and its 250, waiting there until the test has killed the sender, answering nonsense.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TcpListener listener;
    private readonly TestCertificate? certificate;
    private readonly ConcurrentQueue<MimeMessage> received = new();
    private readonly Task accepting;
    private int connections;

    private SmtpSink(IPEndPoint endPoint, TestCertificate? certificate)
    {
        this.certificate = certificate;
        listener = new TcpListener(endPoint);
        listener.Start();
        accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Asked before every answer; may wait as long as it likes.</summary>
    public Func<SmtpStage, CancellationToken, Task<SmtpMove>> Behaviour { get; set; } = (_, _) => Task.FromResult(SmtpMove.Usual);

    /// <summary>Every message whose end of DATA came, whether it was answered with 250 or not.</summary>
    public IReadOnlyList<MimeMessage> Received => [.. received];

    public int Connections => connections;

    public static SmtpSink Start(TestCertificate? certificate = null, IPEndPoint? endPoint = null) =>
        new(endPoint ?? new IPEndPoint(IPAddress.Loopback, 0), certificate);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Interlocked.Increment(ref connections);
                clients.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        Stream stream = client.GetStream();
        try
        {
            await AnswerAsync(client, stream, SmtpStage.Greeting, "220 sink.test ESMTP");
            while (await ReadLineAsync(stream) is { } line)
            {
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        var offer = certificate is null || stream is SslStream ? "250 SIZE 10000000" : "250-STARTTLS\r\n250 SIZE 10000000";
                        await AnswerAsync(client, stream, SmtpStage.Hello, $"250-sink.test\r\n{offer}");
                        break;
                    case "STARTTLS" when certificate is not null:
                        await AnswerAsync(client, stream, SmtpStage.StartTls, "220 go ahead");
                        var tls = new SslStream(stream);
                        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate }, stopping.Token);
                        stream = tls;
                        break;
                    case "MAIL":
                        await AnswerAsync(client, stream, SmtpStage.MailFrom, "250 ok");
                        break;
                    case "RCPT":
                        await AnswerAsync(client, stream, SmtpStage.Recipient, "250 ok");
                        break;
                    case "DATA":
                        await AnswerAsync(client, stream, SmtpStage.Data, "354 go ahead");
                        received.Enqueue(await ReadMessageAsync(stream));
                        await AnswerAsync(client, stream, SmtpStage.EndOfData, "250 queued");
                        break;
                    case "QUIT":
                        await SayAsync(stream, "221 bye");
                        return;
                    case "HELO" or "RSET" or "NOOP":
                        await SayAsync(stream, "250 ok");
                        break;
                    default:
                        await SayAsync(stream, "502 not here");
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The test's end, the client's, or a drop that was ordered.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task AnswerAsync(TcpClient client, Stream stream, SmtpStage stage, string usual)
    {
        switch (await Behaviour(stage, stopping.Token))
        {
            case SmtpMove.Reset:
                client.LingerState = new LingerOption(true, 0);
                client.Close();
                throw new IOException("Dropped as ordered.");
            case SmtpMove.Reply(var text):
                await SayAsync(stream, text);
                break;
            default:
                await SayAsync(stream, usual);
                break;
        }
    }

    private async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes($"{text}\r\n"), stopping.Token);

    private async Task<MimeMessage> ReadMessageAsync(Stream stream)
    {
        using var message = new MemoryStream();
        while (await ReadLineAsync(stream) is { } line && line != ".")
        {
            // RFC 5321 section 4.5.2: a line that begins with a dot got one more on its way.
            message.Write(Encoding.Latin1.GetBytes($"{(line.StartsWith('.') ? line[1..] : line)}\r\n"));
        }

        message.Position = 0;
        return await MimeMessage.LoadAsync(message, stopping.Token);
    }

    // Byte by byte, so that nothing of the TLS handshake is swallowed with the command before it.
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stopping.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
