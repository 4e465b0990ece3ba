using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>OpenDKIM as a milter that signs what one domain sends.</summary>
public sealed class OpenDkimServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("opendkim");
    private readonly IPEndPoint endPoint = LoopbackPorts.Free();
    private ServerProcess? process;

    /// <summary>What Postfix calls it: its <c>smtpd_milters</c>.</summary>
    public string Milter => string.Create(CultureInfo.InvariantCulture, $"inet:{endPoint.Address}:{endPoint.Port}");

    public static async Task<OpenDkimServer> StartAsync(string domain, string selector, RSA key, CancellationToken cancellationToken = default)
    {
        var server = new OpenDkimServer();
        var keyFile = server.folder.Write("key.pem", key.ExportRSAPrivateKeyPem());
        var config = server.folder.Write("opendkim.conf", string.Create(CultureInfo.InvariantCulture, $"""
            Syslog no
            Mode s
            Domain {domain}
            Selector {selector}
            KeyFile {keyFile}
            RequireSafeKeys false
            Canonicalization relaxed/relaxed
            InternalHosts 127.0.0.0/8
            Socket inet:{server.endPoint.Port}@{server.endPoint.Address}

            """));
        server.process = await ServerProcess.StartAsync("opendkim", server.folder, ["/usr/sbin/opendkim", "-f", "-x", config], server.AcceptsAsync, cancellationToken: cancellationToken);
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

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(endPoint, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
