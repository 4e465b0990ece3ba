using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Dnssec;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Checks.Dnssec;

/// <summary>Zones that Knot signs below a signed parent, as Unbound validates them.</summary>
public sealed class DnssecTests(DnssecTests.World world) : IClassFixture<DnssecTests.World>
{
    [Theory]
    [InlineData("signed.example", "", "full")]
    [InlineData("mail.signed.example", "", "full")]
    [InlineData("plain.example", "DNSSEC004", "none")]
    [InlineData("keyed.example", "DNSSEC003", "none")]
    [InlineData("bogus.example", "DNSSEC001", "bogus")]
    [InlineData("strays.example", "DNSSEC004 DNSSEC006", "none")]
    [InlineData("dead.example", "", null)]
    public async Task Run_ValidatingResolver_TellsThemApart(string domain, string codes, string? grade)
    {
        var outcome = await RunAsync(world.Validating, domain);

        Assert.Equal((codes, grade), (Codes(outcome), Assert.Single(outcome.Details.Grades).Level));
        Assert.Equal(grade is null, outcome is CheckOutcome.Inconclusive);
    }

    [Theory]
    [InlineData("signed.example", "", "ResolverDoesNotValidate")]
    [InlineData("bogus.example", "DNSSEC002", null)]
    [InlineData("plain.example", "DNSSEC004", null)]
    [InlineData("keyed.example", "DNSSEC003", null)]
    public async Task Run_ResolverThatDoesNotValidate_IsSaidOnce(string domain, string codes, string? reason)
    {
        var outcome = await RunAsync(world.Credulous, domain);

        Assert.Equal((codes, reason), (Codes(outcome), (outcome as CheckOutcome.Inconclusive)?.Reason.Key));
    }

    [Fact]
    public async Task Run_SignedDomain_SaysWhichHostsAreSigned()
    {
        var facts = (await RunAsync(world.Validating, "signed.example")).Details.Facts;

        Assert.Equal(
            [("signedHosts", "mx.hosts.example"), ("unsignedHosts", "mx.plain.example")],
            facts.Select(f => (f.Key, f.Value)).Order());
    }

    private static string Codes(CheckOutcome outcome) => string.Join(' ', outcome.Findings.Select(f => f.Code).Order(StringComparer.Ordinal));

    private static async Task<CheckOutcome> RunAsync(UnboundServer resolver, string domain)
    {
        var token = TestContext.Current.CancellationToken;
        var server = new DnsServerAddress(resolver.EndPoint.Address.ToString(), resolver.EndPoint.Port);
        var engine = await AuditEngine.CreateAsync(new AuditEngineOptions { DnsServers = [server] }, TimeProvider.System, token);
        var options = new AuditOptions { Families = ["dnssec"], DnsOnly = true };
        var report = await engine.CreateAudit([new DnssecCheck()]).RunAsync(new AuditTarget(domain), options, BlocklistSettings.Default, null, token);
        return Assert.Single(report.Families).Outcome;
    }

    /// <summary>One tree of zones and two resolvers: one with the parent's key, one with none.</summary>
    public sealed class World : IAsyncLifetime
    {
        private static readonly string[] Delegated = ["signed", "plain", "keyed", "bogus", "strays", "hosts", "dead"];
        private KnotServer? knot;

        public UnboundServer Validating { get; private set; } = null!;

        public UnboundServer Credulous { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var token = TestContext.Current.CancellationToken;
            knot = await KnotServer.StartAsync(
                [
                    new("signed.example", "@ MX 10 mx\n@ MX 20 mx.hosts.example.\n@ MX 30 mx.plain.example.\nmx A 192.0.2.1\nmail MX 10 mx", Signed: true),
                    new("plain.example", "@ MX 10 mx\nmx A 192.0.2.2"),
                    new("keyed.example", "@ MX 10 mx\nmx A 192.0.2.3", Signed: true),
                    new("bogus.example", "@ MX 10 mx\nmx A 192.0.2.4", Signed: true),
                    new("strays.example", "@ MX 10 mx.bogus.example."),
                    new("hosts.example", "mx A 192.0.2.5", Signed: true),
                    new("example", "", Signed: true),
                ],
                cancellationToken: token);
            await knot.SetZoneAsync(new KnotZone("example", await ParentAsync(token), Signed: true), token);
            // The delegations lead to port 53, where nobody listens: the resolvers are told of every zone.
            var stubs = Delegated.ToDictionary(d => $"{d}.example", d => d == "dead" ? LoopbackPorts.Free() : knot.EndPoint);
            stubs["example"] = knot.EndPoint;
            Validating = await UnboundServer.StartAsync(new() { Stubs = stubs, TrustAnchors = await knot.TrustAnchorsAsync("example", token) }, token);
            Credulous = await UnboundServer.StartAsync(new() { Stubs = stubs }, token);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var server in new IAsyncDisposable?[] { Validating, Credulous, knot })
            {
                await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }

        private async Task<string> ParentAsync(CancellationToken token)
        {
            var foreign = (await knot!.TrustAnchorsAsync("keyed.example", token)).Select(l => l.Replace("keyed.", "bogus.", StringComparison.Ordinal));
            return string.Join('\n', Delegated.Select(d => $"{d} NS ns.{d}\nns.{d} A 127.0.0.1")
                .Concat(await knot.TrustAnchorsAsync("signed.example", token))
                .Concat(await knot.TrustAnchorsAsync("hosts.example", token))
                .Concat(foreign));
        }
    }
}
