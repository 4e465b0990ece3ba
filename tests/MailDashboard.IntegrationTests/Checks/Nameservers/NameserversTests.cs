using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Nameservers;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Checks.Nameservers;

/// <summary>Two Knots as the name servers of one zone, at the same port of two addresses.</summary>
public sealed class NameserversTests
{
    private const string Zone = "pair.example";
    private const string Servers = "@ NS ns1\n@ NS ns2\nns1 A 127.0.8.1\nns2 A 127.0.8.2\n";

    // Longer than a datagram: it must be asked for over TCP.
    private static readonly string Records = $"{Servers}@ MX 10 mx\nmx A 192.0.2.1\n" + string.Join('\n', Enumerable.Range(0, 20).Select(i => $"@ TXT \"{i} {new string('x', 200)}\""));

    private readonly int _port = LoopbackPorts.Free(IPAddress.Parse("127.0.8.1")).Port;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPEndPoint First => new(IPAddress.Parse("127.0.8.1"), _port);

    private IPEndPoint Second => new(IPAddress.Parse("127.0.8.2"), _port);

    [Fact]
    public async Task Run_BothAgree_SaysNothing()
    {
        await using var first = await KnotServer.StartAsync([new(Zone, Records)], First, Token);
        await using var second = await KnotServer.StartAsync([new(Zone, Records)], Second, Token);

        var report = await RunAsync();

        var outcome = Assert.Single(report.Families).Outcome;
        Assert.Equal(("", 0), (Codes(outcome), outcome.Undetermined.Length));
        Assert.Equal(["127.0.8.1", "127.0.8.2"], report.Transcript.Hosts.Where(h => h.Protocol == "dns").Select(h => h.Address.ToString()).Order());
        Assert.Contains(report.Transcript.Hosts[0].Lines, l => l.FromServer && l.Line == "10 mx.pair.example");
    }

    [Fact]
    public async Task Run_OneHasAnOldCopy_NamesItAndWhatDiffers()
    {
        await using var first = await KnotServer.StartAsync([new(Zone, Records)], First, Token);
        await using var second = await KnotServer.StartAsync([new(Zone, Records)], Second, Token);
        await first.SetZoneAsync(Zone, $"{Records}\n@ MX 20 mx2\nmx2 A 192.0.2.2", Token);

        var outcome = Assert.Single((await RunAsync()).Families).Outcome;

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("NS009", "127.0.8.2"), (finding.Code, finding.Subject.Name));
        Assert.Equal(["10 mx.pair.example", "10 mx.pair.example\n20 mx2.pair.example"], finding.Evidence.Where(e => e.Label is "here" or "elsewhere").Select(e => e.Value));
    }

    [Fact]
    public async Task Run_OneDoesNotHaveTheZone_IsLame()
    {
        await using var first = await KnotServer.StartAsync([new(Zone, Records)], First, Token);
        await using var second = await KnotServer.StartAsync([new("other.example", "")], Second, Token);

        var finding = Assert.Single(Assert.Single((await RunAsync()).Families).Outcome.Findings);

        Assert.Equal(("NS006", "127.0.8.2", Severity.Warning), (finding.Code, finding.Subject.Name, finding.Severity));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OneDoesNotAnswer_IsNamed(bool listens)
    {
        await using var first = await KnotServer.StartAsync([new(Zone, Records)], First, Token);
        using var deaf = listens ? new UdpClient(Second) : null;

        var finding = Assert.Single(Assert.Single((await RunAsync()).Families).Outcome.Findings);

        Assert.Equal(("NS005", "127.0.8.2", Severity.Warning), (finding.Code, finding.Subject.Name, finding.Severity));
    }

    [Fact]
    public async Task Run_NobodyAnswersHere_JudgesWhatTheResolverSays()
    {
        await using var resolver = await KnotServer.StartAsync([new(Zone, Records)], cancellationToken: Token);

        var outcome = Assert.Single((await RunAsync(resolver.EndPoint)).Families).Outcome;

        Assert.Equal(("", "NotAskedFromHere"), (Codes(outcome), Assert.Single(outcome.Undetermined).Reason.Key));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Run_GuardedAddresses_AreNotAsked()
    {
        await using var first = await KnotServer.StartAsync([new(Zone, Records)], First, Token);

        var report = await RunAsync(guard: AddressGuard.PublicOnly);

        var outcome = Assert.Single(report.Families).Outcome;
        Assert.Equal("", Codes(outcome));
        Assert.All(outcome.Undetermined, u => Assert.Equal("InsideAddress", u.Reason.Key));
        Assert.Empty(report.Transcript.Hosts);
    }

    private static string Codes(CheckOutcome outcome) => string.Join(' ', outcome.Findings.Select(f => f.Code).Order(StringComparer.Ordinal));

    private async Task<AuditReport> RunAsync(IPEndPoint? resolver = null, AddressGuard? guard = null)
    {
        var dns = resolver ?? First;
        var engine = await AuditEngine.CreateAsync(
            new AuditEngineOptions
            {
                DnsServers = [new DnsServerAddress(dns.Address.ToString(), dns.Port)],
                Guard = guard ?? AddressGuard.AllowAll,
                Authority = new AuthorityProbeOptions { Port = _port, Timeout = TimeSpan.FromSeconds(3), Tries = 1 },
            },
            TimeProvider.System,
            Token);
        var options = new AuditOptions { Families = ["nameservers"] };
        return await engine.CreateAudit([new NameserversCheck()]).RunAsync(new AuditTarget(Zone), options, BlocklistSettings.Default, null, Token);
    }
}
