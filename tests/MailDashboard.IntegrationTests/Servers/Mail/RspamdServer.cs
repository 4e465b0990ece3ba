using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>rspamd with the rules of its package and none of the modules that fetch maps; its DNS is a server of the test.</summary>
public sealed class RspamdServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("rspamd");
    private readonly IPEndPoint endPoint = LoopbackPorts.Free();
    private ServerProcess? process;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://{endPoint.Address}:{endPoint.Port}/"));

    /// <param name="dns">Whom it asks.</param>
    /// <param name="more">Further lines of its configuration.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RspamdServer> StartAsync(IPEndPoint dns, string more = "", CancellationToken cancellationToken = default)
    {
        var server = new RspamdServer();
        await Shell.RunAsync(["chown", "_rspamd", server.folder.Make("db")], cancellationToken);
        var config = server.folder.Write("rspamd.conf", server.Config(dns) + more);
        server.process = await ServerProcess.StartAsync("rspamd", server.folder, ["/usr/bin/rspamd", "-f", "-u", "_rspamd", "-g", "_rspamd", "-c", config], server.AnswersAsync, cancellationToken: cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
        {
            process = null;
            await running.DisposeAsync();
        }

        folder.Dispose();
    }

    private string Config(IPEndPoint dns) => string.Create(CultureInfo.InvariantCulture, $$"""
        options {
          pidfile = "{{folder["db"]}}/rspamd.pid";
          filters = "regexp,chartable";
          dns { nameserver = ["{{dns.Address}}:{{dns.Port}}"]; timeout = 1s; retransmits = 1; }
          url_tld = "/usr/share/rspamd/effective_tld_names.dat";
          control_socket = "{{folder["db"]}}/rspamd.sock mode=0600";
          hs_cache_dir = "{{folder["db"]}}";
          tempdir = "{{folder["db"]}}";
        }
        logging { type = "console"; level = "warning"; }
        worker "normal" { bind_socket = "{{endPoint.Address}}:{{endPoint.Port}}"; count = 1; }
        actions { reject = 15; add_header = 6; greylist = 4; }
        .include "/etc/rspamd/groups.conf"
        lua = "/usr/share/rspamd/rules/rspamd.lua"

        """);

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(endPoint, cancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /ping HTTP/1.0\r\n\r\n"), cancellationToken);
            using var reader = new StreamReader(client.GetStream());
            return (await reader.ReadLineAsync(cancellationToken))?.Contains("200", StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
