using System.Collections.Concurrent;
using System.Globalization;
using MailDashboard.IntegrationTests.Checks.Smtp;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>A request that a receiver got.</summary>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Takes POSTs on loopback, and answers as badly as the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private readonly LoopbackServer _server;
    private int _underWay;

    public Receiver() => _server = new LoopbackServer(TalkAsync);

    /// <summary>Writes the answer; by default a good one.</summary>
    public Func<Stream, CancellationToken, Task> Answer { get; set; } = (stream, stop) => LoopbackServer.SendAsync(stream, Ok, stop);

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Most requests that were under way at a time.</summary>
    public int MostAtATime { get; private set; }

    public int Port => _server.Port;

    public string Url(string path = "services/T0SECRET/abcdef") => $"http://127.0.0.1:{Port}/{path}";

    /// <summary>Answers with this status, and what else is said.</summary>
    public void Say(string status, string headers = "", string body = "") =>
        Answer = (stream, stop) => LoopbackServer.SendAsync(stream, $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}", stop);

    public void SayOk() => Say("200 OK", body: "ok");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TalkAsync(Stream stream, CancellationToken stop)
    {
        MostAtATime = Math.Max(MostAtATime, Interlocked.Increment(ref _underWay));
        try
        {
            if (await LoopbackServer.CommandAsync(stream, stop) is not { } first)
            {
                return;
            }

            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await LoopbackServer.CommandAsync(stream, stop) is { Length: > 0 } line)
            {
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, stop);
            Requests.Enqueue(new(first.Split(' ')[1], headers, System.Text.Encoding.UTF8.GetString(body)));
        }
        finally
        {
            // Before the answer: whoever has it may be here with the next request at once.
            Interlocked.Decrement(ref _underWay);
        }

        await Answer(stream, stop);
    }
}
