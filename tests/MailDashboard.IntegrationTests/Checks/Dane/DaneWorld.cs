using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Dane;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.Dane;

/// <summary>Zones that Knot signs, a resolver that validates and one that does not, and two Postfix on port 25: one with STARTTLS.</summary>
public sealed class DaneWorld : IAsyncLifetime
{
    private static readonly string[] Signed = ["good", "mismatch", "rollover", "anchor", "misnamed", "unusable", "digest", "absent", "servfail", "bogus", "notls", "stray"];

    private readonly TestCertificates _certificates = new();
    private readonly TestCertificates _others = new();
    private readonly List<IAsyncDisposable> _running = [];
    private UnboundServer _validating = null!;
    private UnboundServer _credulous = null!;

    /// <summary>Presented by the server at 127.0.8.10.</summary>
    public TestCertificate Certificate { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        Certificate = _certificates.Issue([.. Signed.Where(s => s != "misnamed").Select(s => $"mx.{s}.example")]);
        var next = _others.Issue("mx.good.example").Certificate;
        var (own, authority) = (Certificate.Certificate, _certificates.Authority);
        var right = TlsaText.Of(own, 3, 1, 1);
        var knot = Keep(await KnotServer.StartAsync(
            [
                Zone("good", right),
                Zone("mismatch", TlsaText.Of(next, 3, 1, 1)),
                Zone("rollover", right, TlsaText.Of(next, 3, 1, 1)),
                Zone("anchor", TlsaText.Of(authority, 2, 0, 1)),
                Zone("misnamed", TlsaText.Of(authority, 2, 1, 1)),
                Zone("unusable", TlsaText.Of(own, 1, 1, 1)),
                Zone("digest", right, TlsaText.Of(next, 3, 1, 2)),
                Zone("absent"),
                Zone("servfail", right),
                Zone("bogus", right),
                Zone("notls", right) with { Records = $"@ MX 10 mx\nmx A 127.0.8.11\n_25._tcp.mx TLSA {right}" },
                new("stray.example", "@ MX 10 mx.plain.example.", Signed: true),
                new("plain.example", $"@ MX 10 mx\nmx A 127.0.8.10\n_25._tcp.mx TLSA {right}"),
                new("hosted.example", "@ MX 10 mx.good.example."),
            ],
            cancellationToken: token));
        var relay = Keep(DnsRelay.Start(knot.EndPoint));
        relay.Rule = name => name == "_25._tcp.mx.servfail.example" ? DnsFault.ServFail : null;
        _running.AddRange(await Task.WhenAll(
            PostfixServer.StartAsync(new() { EndPoint = new(IPAddress.Parse("127.0.8.10"), 25), HostName = "mx.good.example", Certificate = Certificate }, token),
            PostfixServer.StartAsync(new() { EndPoint = new(IPAddress.Parse("127.0.8.11"), 25), HostName = "mx.notls.example" }, token)));

        var stubs = Signed.Append("plain").Append("hosted").ToDictionary(z => $"{z}.example", _ => relay.EndPoint);
        var anchors = new List<string>();
        foreach (var zone in Signed)
        {
            // The bogus one is told to the resolver with another zone's key.
            var lines = await knot.TrustAnchorsAsync(zone == "bogus" ? "good.example" : $"{zone}.example", token);
            anchors.AddRange(zone == "bogus" ? lines.Select(l => l.Replace("good.", "bogus.", StringComparison.Ordinal)) : lines);
        }

        _validating = Keep(await UnboundServer.StartAsync(new() { Stubs = stubs, TrustAnchors = anchors }, token));
        _credulous = Keep(await UnboundServer.StartAsync(new() { Stubs = stubs }, token));
    }

    /// <summary>What the family says of a domain.</summary>
    public async Task<CheckOutcome> RunAsync(string domain, bool validates = true)
    {
        var token = TestContext.Current.CancellationToken;
        var resolver = (validates ? _validating : _credulous).EndPoint;
        var options = new AuditEngineOptions { DnsServers = [new(resolver.Address.ToString(), resolver.Port)], Guard = AddressGuard.AllowAll };
        var engine = await AuditEngine.CreateAsync(options, TimeProvider.System, token);
        var report = await engine.CreateAudit([new DaneCheck()])
            .RunAsync(new AuditTarget(domain), new AuditOptions { Families = ["dane"] }, BlocklistSettings.Default, null, token);
        return Assert.Single(report.Families).Outcome;
    }

    public async ValueTask DisposeAsync()
    {
        _running.Reverse();
        foreach (var server in _running)
        {
            await server.DisposeAsync();
        }

        _certificates.Dispose();
        _others.Dispose();
    }

    private static KnotZone Zone(string name, params string[] tlsa) =>
        new($"{name}.example", string.Join('\n', ["@ MX 10 mx", "mx A 127.0.8.10", .. tlsa.Select(t => $"_25._tcp.mx TLSA {t}")]), Signed: true);

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        _running.Add(server);
        return server;
    }
}
