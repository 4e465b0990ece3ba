using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>SpamAssassin's daemon with the rules of its package and without tests that ask the network.</summary>
public sealed class SpamdServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("spamd");
    private ServerProcess? process;

    public IPEndPoint EndPoint { get; } = LoopbackPorts.Free();

    public static async Task<SpamdServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new SpamdServer();
        server.process = await ServerProcess.StartAsync(
            "spamd",
            server.folder,
            ["/usr/sbin/spamd", $"--listen={server.EndPoint}", "--local", "--nouser-config", "--max-children=1", "--syslog=stderr", "--username=nobody", $"--pidfile={server.folder["spamd.pid"]}"],
            server.AnswersAsync,
            cancellationToken: cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(EndPoint, cancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("PING SPAMC/1.5\r\n\r\n"), cancellationToken);
            using var reader = new StreamReader(client.GetStream());
            return (await reader.ReadLineAsync(cancellationToken))?.Contains("PONG", StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
