using System.Net;
using System.Net.Sockets;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>Dovecot as far as a mail program talks to it before it logs in; there is one user, and no mail.</summary>
public sealed class DovecotServer : IAsyncDisposable
{
    private static readonly int[] Ports = [110, 143, 993, 995];
    private readonly ServerFolder folder = new("dovecot");
    private readonly DovecotSettings settings;
    private ServerProcess? process;

    private DovecotServer(DovecotSettings settings) => this.settings = settings;

    public string Output => process?.Output ?? "";

    public static async Task<DovecotServer> StartAsync(DovecotSettings settings, CancellationToken cancellationToken = default)
    {
        var server = new DovecotServer(settings);
        await LoopbackPorts.FreedAsync(Ports.Select(p => new IPEndPoint(settings.Address, p)), cancellationToken);
        server.process = await ServerProcess.StartAsync(
            "dovecot",
            server.folder,
            ["/usr/sbin/dovecot", "-F", "-c", server.folder.Write("dovecot.conf", server.Config())],
            server.GreetsAsync,
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

    private string Config() => $$"""
        base_dir = {{folder.Make("run")}}
        state_dir = {{folder.Make("state")}}
        log_path = /dev/stderr
        protocols = {{settings.Protocols}}
        listen = {{settings.Address}}
        auth_mechanisms = {{settings.Mechanisms}}
        disable_plaintext_auth = {{(settings.DisablePlaintextAuth ? "yes" : "no")}}
        {{Tls()}}
        {{Authority()}}
        {{Tokens()}}
        passdb {
          driver = passwd-file
          args = scheme=plain {{folder.Write("users", "anna:{plain}nobody-sends-it\n")}}
        }
        userdb {
          driver = static
          args = uid=65534 gid=65534 home={{folder.Make("home")}}
        }
        """;

    private string Authority() => settings.Authority is not { } at ? "" : $$"""
        service auth {
          inet_listener {
            address = {{at.Address}}
            port = {{at.Port}}
          }
        }
        """;

    private string Tokens() => settings.Introspection is not { } address ? "" : $$"""
        passdb {
          driver = oauth2
          mechanisms = xoauth2 oauthbearer
          args = {{folder.Write("oauth2.conf", $"introspection_url = {address}\nintrospection_mode = get\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n")}}
        }
        """;

    private string Tls() => settings.Certificate is not { } certificate
        ? "ssl = no"
        : $"""
            ssl = {settings.Ssl}
            ssl_cert = <{folder.Write("chain.pem", certificate.ChainPem)}
            ssl_key = <{folder.Write("key.pem", certificate.KeyPem)}
            """;

    /// <summary>It asks its authentication service before it greets for good, so that a whole greeting means that everything runs.</summary>
    private async Task<bool> GreetsAsync(CancellationToken cancellationToken)
    {
        var port = settings.Protocols.StartsWith("imap", StringComparison.Ordinal) ? 143 : 110;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(new IPEndPoint(settings.Address, port), cancellationToken);
            using var reader = new StreamReader(client.GetStream());
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.EndsWith("ready.", StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
