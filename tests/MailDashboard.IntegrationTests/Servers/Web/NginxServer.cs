using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Web;

/// <summary>nginx with sites told apart by the name in the handshake, each with a certificate of its own.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("nginx");
    private ServerProcess? process;

    private NginxServer(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    public static async Task<NginxServer> StartAsync(IPEndPoint endPoint, IReadOnlyList<NginxSite> sites, CancellationToken cancellationToken)
    {
        var server = new NginxServer(endPoint);
        try
        {
            await LoopbackPorts.FreedAsync([endPoint], cancellationToken);
            var config = server.folder.Write("nginx.conf", server.Text(sites));
            server.process = await ServerProcess.StartAsync(
                "nginx",
                server.folder,
                ["/usr/sbin/nginx", "-p", server.folder.Path, "-c", config, "-g", "daemon off;"],
                server.AnswersAsync,
                cancellationToken: cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken token)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(EndPoint, token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Text(IReadOnlyList<NginxSite> sites)
    {
        var temp = string.Join('\n', new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(t => $"{t}_temp_path {folder.Make(t)};"));
        var text = new StringBuilder($$"""
            error_log stderr;
            pid {{folder["nginx.pid"]}};
            worker_processes 1;
            events { worker_connections 128; }
            http {
            access_log off;
            ssl_protocols TLSv1.2 TLSv1.3;
            {{temp}}

            """);
        foreach (var (site, i) in sites.Select((s, i) => (s, i)))
        {
            var root = folder.Make($"site{i}");
            foreach (var (path, content) in site.Files)
            {
                folder.Write($"site{i}{path}", content);
            }

            var chain = folder.Write($"site{i}.pem", site.Certificate.ChainPem);
            var key = folder.Write($"site{i}.key", site.Certificate.KeyPem);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                server {
                listen {{EndPoint}} ssl;
                server_name {{site.Name}};
                ssl_certificate {{chain}};
                ssl_certificate_key {{key}};
                root {{root}};
                default_type {{site.Type}};
                {{site.Extra}}
                }

                """);
            if (site.Plain is { } plain)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"server {{ listen {EndPoint.Address}:80; server_name {site.Name}; {plain} }}\n");
            }
        }

        return text.Append("}\n").ToString();
    }
}
