using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>The mail servers behind the zones, each on port 25 of an address of its own: two that are right, and one for each fault.</summary>
internal sealed class FaultServers : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Weak = new() { ["tls_medium_cipherlist"] = "ALL:@SECLEVEL=0" };

    private readonly TestAuthority authority = new();
    private readonly TestCertificates certificates = new();
    private readonly TestCertificates strangers = new(name: "An authority nobody knows");
    private readonly List<IAsyncDisposable> running = [];

    private FaultServers()
    {
    }

    /// <summary>Host → last number of its address 127.0.7.x; <c>refused</c> has no server, the others below 20 need none.</summary>
    public static IReadOnlyDictionary<string, int> Hosts { get; } = new Dictionary<string, int>
    {
        ["mx1"] = 10, ["mx2"] = 11, ["noptr"] = 12, ["refused"] = 17,
        ["nostarttls"] = 20, ["tls10"] = 21, ["notsmtp"] = 22, ["unwelcome"] = 23, ["noehlo"] = 24, ["tlsrefused"] = 25, ["tlsalert"] = 26, ["injection"] = 27,
        ["expired"] = 28, ["notyet"] = 29, ["selfsigned"] = 30, ["unknownca"] = 31, ["othername"] = 32, ["nearlyover"] = 33, ["shortkey"] = 34, ["incomplete"] = 35,
        ["dane"] = 50, ["danenone"] = 51,
        ["exim"] = 40, ["nameless"] = 41, ["nowhere"] = 42, ["nopostmaster"] = 43,
    };

    /// <summary>The authorities to trust, as <c>SSL_CERT_FILE</c> wants them.</summary>
    public string TrustedPem => $"{certificates.AuthorityPem}\n{authority.Root.ExportCertificatePem()}\n{DaneFaults.Authority.AuthorityPem}\n";

    public static async Task<FaultServers> StartAsync(CancellationToken cancellationToken)
    {
        var servers = new FaultServers();
        try
        {
            await servers.StartAllAsync(cancellationToken);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in running)
        {
            await server.DisposeAsync();
        }

        certificates.Dispose();
        strangers.Dispose();
        authority.Dispose();
    }

    private static string Name(string host) => $"{host}.hosts.example";

    private static IPEndPoint At(string host) => new(IPAddress.Parse($"127.0.7.{Hosts[host]}"), 25);

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        var right = certificates.Issue(Name("mx1"), Name("mx2"), Name("noptr"));
        running.AddRange(await Task.WhenAll(
            PostfixServer.StartAsync(new() { EndPoint = At("mx1"), AlsoAt = [At("mx2"), At("noptr")], HostName = Name("mx1"), Certificate = right }, cancellationToken),
            PostfixServer.StartAsync(new() { EndPoint = At("nostarttls"), HostName = Name("nostarttls") }, cancellationToken),
            PostfixServer.StartAsync(new() { EndPoint = At(DaneFaults.Host), HostName = Name(DaneFaults.Host), Certificate = DaneFaults.Certificate }, cancellationToken),
            PostfixServer.StartAsync(new() { EndPoint = At("danenone"), HostName = Name("danenone") }, cancellationToken),
            PostfixServer.StartAsync(new() { EndPoint = At("unknownca"), HostName = Name("unknownca"), Certificate = strangers.Issue(Name("unknownca")) }, cancellationToken),
            PostfixServer.StartAsync(new() { EndPoint = At("shortkey"), HostName = Name("shortkey"), Certificate = ShortKey(), Parameters = Weak }, cancellationToken),
            PostfixServer.StartAsync(
                new()
                {
                    EndPoint = At("tls10"),
                    HostName = Name("tls10"),
                    Certificate = certificates.Issue(Name("tls10")),
                    Parameters = new Dictionary<string, string>(Weak) { ["smtpd_tls_protocols"] = "TLSv1, TLSv1.1" },
                },
                cancellationToken)));

        running.AddRange(await Task.WhenAll(
            EximServer.StartAsync(Exim("exim"), cancellationToken),
            EximServer.StartAsync(Exim("nameless") with { Banner = "ready to serve" }, cancellationToken),
            EximServer.StartAsync(Exim("nowhere") with { HostName = Name("gone") }, cancellationToken),
            EximServer.StartAsync(Exim("nopostmaster") with { RecipientRules = "  deny local_parts = postmaster\n       message = Unknown user" }, cancellationToken)));

        running.Add(await NginxServer.StartAsync(WebFaults.At, WebFaults.Sites(certificates), cancellationToken));

        Script("notsmtp", new() { Greeting = "HTTP/1.1 400 Bad Request\r\n\r\n" });
        Script("unwelcome", new() { Greeting = "554 no service here\r\n" });
        Script("noehlo", new() { Ehlo = "502 what?\r\n" });
        Script("tlsrefused", new() { StartTls = "501 not today\r\n" });
        Script("injection", new() { StartTls = "220 go ahead\r\n250 and more\r\n" });
        Certified("expired", from: -91, to: -1);
        Certified("notyet", from: 2, to: 90);
        Certified("nearlyover", from: -95, to: 5);
        // A key that its own TLS library is too proud to serve: it ends the handshake with an alert.
        Certified("tlsalert", bits: 1024);
        Certified("selfsigned", TestAuthority.SelfSigned(Name("selfsigned")));
        Certified("incomplete", strangers.Issue(Name("incomplete")).Certificate);
        Certified("othername", authority.Issue("mail.elsewhere.example"));
    }

    private EximSettings Exim(string host) => new() { EndPoint = At(host), HostName = Name(host), Certificate = certificates.Issue(Name(host)) };

    private TestCertificate ShortKey()
    {
        var certificate = authority.Issue(Name("shortkey"), bits: 1024);
        using var key = certificate.GetRSAPrivateKey()!;
        return new TestCertificate(certificate, certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private void Certified(string host, int from = -10, int to = 80, int bits = 2048) => Certified(host, authority.Issue(Name(host), from, to, bits));

    private void Certified(string host, X509Certificate2 certificate) => Script(host, new() { Certificate = certificate });

    private void Script(string host, SmtpScript script) => running.Add(new LoopbackServer(script.TalkAsync, At(host)));
}
