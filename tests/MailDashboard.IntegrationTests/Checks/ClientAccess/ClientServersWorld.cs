using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.ClientAccess;

/// <summary>Real Dovecot and Postfix servers on the ports of mail programs, each host with one fault or none, and the zones that name them.</summary>
public sealed class ClientServersWorld : IAsyncLifetime
{
    /// <summary>The domain whose owner states his hosts.</summary>
    public const string Domain = "stated.test";

    /// <summary>The domain that publishes them: right ones, and one for POP3 that is not there.</summary>
    public const string Published = "published.test";

    /// <summary>A domain with a usual name only.</summary>
    public const string Guessed = "guessed.test";

    private static readonly string[] Hosts =
    [
        "right", "optional", "scram", "user", "notls", "expired", "selfsigned", "unknownca", "othername", "nearlyover", "incomplete",
        "clear", "unencrypted", "noauth", "oauth", "refused", "injected", "nothing", "web",
    ];

    private readonly TestCertificates certificates = new();
    private readonly TestCertificates strangers = new(name: "An authority nobody knows");
    private readonly ServerFolder folder = new("clients");
    private readonly ConcurrentDictionary<string, TestCertificate> issued = new();
    private readonly List<IAsyncDisposable> running = [];
    private KnotServer? knot;
    private string trust = "";

    public static string Name(string host) => $"{host}.{Domain}";

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        trust = folder.Write("trusted.pem", certificates.AuthorityPem);
        knot = await KnotServer.StartAsync(
            [
                new(Domain, string.Join('\n', Hosts.Select(h => $"{h} A {At(h)}").Append("@ MX 10 mx.elsewhere.test."))),
                new(Published, $"""
                    @ MX 10 mx.elsewhere.test.
                    _submissions._tcp SRV 0 1 465 {Name("right")}.
                    _submission._tcp SRV 0 1 587 {Name("right")}.
                    _imaps._tcp SRV 0 1 993 {Name("right")}.
                    _imap._tcp SRV 0 0 0 .
                    _pop3s._tcp SRV 0 1 995 {Name("nothing")}.
                    """),
                new(Guessed, $"@ MX 10 mx.elsewhere.test.\nmail A {At("right")}"),
            ],
            cancellationToken: token);

        running.AddRange(await Task.WhenAll(
            Dovecot("right"),
            Dovecot("optional", s => s with { Ssl = "yes", DisablePlaintextAuth = false }),
            Dovecot("scram", s => s with { Ssl = "yes", Mechanisms = "plain scram-sha-256 cram-md5" }),
            Dovecot("user", s => s with { DisablePlaintextAuth = false }),
            Dovecot("notls", s => s with { Certificate = null, DisablePlaintextAuth = false }),
            Dovecot("expired", s => s with { Certificate = certificates.IssueExpired(Name("expired")) }),
            Dovecot("selfsigned", s => s with { Certificate = certificates.SelfSigned(Name("selfsigned")) })));
        running.AddRange(await Task.WhenAll(
            Dovecot("unknownca", s => s with { Certificate = strangers.Issue(Name("unknownca")) }),
            Dovecot("othername", s => s with { Certificate = certificates.Issue("mail.elsewhere.test") }),
            Dovecot("nearlyover", s => s with { Certificate = certificates.Issue([Name("nearlyover")], TestAuthority.Now.AddDays(-95), TestAuthority.Now.AddDays(5)) }),
            Dovecot("incomplete", s => s with { Certificate = Alone(strangers.Issue(Name("incomplete"))), Protocols = "imap" }),
            Postfix("right", 465, s => s with { ImplicitTls = true }),
            Postfix("right", 587),
            Postfix("clear", 587, s => s with { Parameters = new Dictionary<string, string> { ["smtpd_tls_auth_only"] = "no" } }),
            Postfix("unencrypted", 587, s => s with { Certificate = null }),
            Postfix("noauth", 587, s => s with { Login = null }),
            Postfix("oauth", 465, s => s with { ImplicitTls = true, Mechanisms = ["XOAUTH2", "OAUTHBEARER"] })));
        running.Add(new LoopbackServer(new ClearScript("* OK hi\r\n", ["* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK\r\n", "a2 NO no key\r\n"]).TalkAsync, new(At("refused"), 143)));
        running.Add(new LoopbackServer(new ClearScript("+OK hi\r\n", ["+OK\r\nSTLS\r\n.\r\n", "+OK go\r\n+OK and more\r\n"]).TalkAsync, new(At("injected"), 110)));
        running.Add(new LoopbackServer(new ClearScript("HTTP/1.1 400 Bad Request\r\n", []).TalkAsync, new(At("web"), 143)));
    }

    /// <summary>What the built program prints.</summary>
    public async Task<JsonElement> CheckAsync(string domain, string families, params string[] more)
    {
        var run = await Shell.TryRunAsync(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "maildash.dll"), "check", domain, "--dns", knot!.EndPoint.ToString(), "--json", "--families", families, .. more],
            environment: new Dictionary<string, string?> { ["SSL_CERT_FILE"] = trust },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(run.Errors);
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    /// <summary>What a family says of a host.</summary>
    public async Task<CheckOutcome> AuditAsync(ICheckFamily family, string host, bool isStrict = false)
    {
        var token = TestContext.Current.CancellationToken;
        var options = new AuditEngineOptions { DnsServers = [DnsServerAddress.Parse(knot!.EndPoint.ToString())], Guard = AddressGuard.AllowAll };
        var engine = await AuditEngine.CreateAsync(options, TimeProvider.System, token);
        var target = new AuditTarget(Domain) { ClientHosts = [Name(host)], IsStrict = isStrict };
        var report = await engine.CreateAudit([family]).RunAsync(target, new AuditOptions { Families = [family.Descriptor.Id] }, BlocklistSettings.Default, null, token);
        return report.Families[0].Outcome;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in running)
        {
            await server.DisposeAsync();
        }

        if (knot is not null)
        {
            await knot.DisposeAsync();
        }

        certificates.Dispose();
        strangers.Dispose();
        folder.Dispose();
    }

    // Not 127.0.0.1, from where we speak: to Dovecot a client at its own address is inside.
    private static IPAddress At(string host) => IPAddress.Parse($"127.0.9.{Array.IndexOf(Hosts, host) + 1}");

    private static TestCertificate Alone(TestCertificate certificate) => certificate with { ChainPem = certificate.Certificate.ExportCertificatePem() };

    private TestCertificate Issued(string host) => issued.GetOrAdd(host, h => certificates.Issue(Name(h), $"mail.{Guessed}"));

    private async Task<IAsyncDisposable> Dovecot(string host, Func<DovecotSettings, DovecotSettings>? change = null)
    {
        var settings = new DovecotSettings { Address = At(host), Certificate = Issued(host) };
        return await DovecotServer.StartAsync(change?.Invoke(settings) ?? settings, TestContext.Current.CancellationToken);
    }

    private async Task<IAsyncDisposable> Postfix(string host, int port, Func<PostfixSettings, PostfixSettings>? change = null)
    {
        var settings = new PostfixSettings
        {
            EndPoint = new(At(host), port),
            HostName = Name(host),
            Certificate = Issued(host),
            Login = new NetworkCredential("anna", "nobody sends it"),
        };
        return await PostfixServer.StartAsync(change?.Invoke(settings) ?? settings, TestContext.Current.CancellationToken);
    }
}
