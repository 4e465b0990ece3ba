using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>A TCP server on loopback that treats each connection as the test says, however rudely.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, CancellationToken, Task> _talk;
    private readonly Task _accepting;

    public LoopbackServer(Func<Stream, CancellationToken, Task> talk, IPEndPoint? endPoint = null)
    {
        _talk = talk;
        _listener = new TcpListener(endPoint ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    public static async Task SendAsync(Stream stream, string text, CancellationToken token)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), token);
        await stream.FlushAsync(token);
    }

    /// <summary>One command; null when the client is gone. Byte by byte, so that nothing of a handshake is swallowed.</summary>
    public static async Task<string?> CommandAsync(Stream stream, CancellationToken token)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, token) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            // A script that never waits must not keep the next connection from being accepted.
            await Task.Yield();
            try
            {
                await _talk(client.GetStream(), _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The probe hung up: that is its right.
            }
        }
    }
}
