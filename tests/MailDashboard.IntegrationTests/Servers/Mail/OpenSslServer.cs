using System.Net;
using System.Net.Sockets;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary><c>openssl s_server</c>: TLS from the first byte, in whatever versions its arguments say, the withdrawn ones too.</summary>
public sealed class OpenSslServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("openssl");
    private ServerProcess? process;

    private OpenSslServer(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    /// <summary>Starts it; every version is to be had with <c>-cipher DEFAULT:@SECLEVEL=0 -min_protocol TLSv1</c>.</summary>
    public static async Task<OpenSslServer> StartAsync(TestCertificate certificate, string[] arguments, IPEndPoint? endPoint = null, CancellationToken cancellationToken = default)
    {
        var server = new OpenSslServer(endPoint ?? LoopbackPorts.Free());
        var chain = server.folder.Write("chain.pem", certificate.ChainPem);
        var key = server.folder.Write("key.pem", certificate.KeyPem);
        server.process = await ServerProcess.StartAsync(
            "openssl",
            server.folder,
            ["openssl", "s_server", "-accept", server.EndPoint.ToString(), "-cert", chain, "-cert_chain", chain, "-key", key, "-rev", "-quiet", .. arguments],
            server.AcceptsAsync,
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

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(EndPoint, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
