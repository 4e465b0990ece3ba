using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Policies;

/// <summary>One zone and one policy host for each fault.</summary>
public sealed class MtaStsWorld : PolicyWorld
{
    private const string Right = "version: STSv1\r\nmode: enforce\r\nmx: mx1.{d}\r\nmax_age: 604800\r\n";

    protected override string Address => "127.0.9.1";

    protected override IEnumerable<KnotZone> Zones =>
    [
        .. new[] { "right", "nomx", "badpolicy", "html", "redirect", "missing", "big", "busy", "othername", "expired", "selfsigned", "unknown" }.Select(n => Zone(n)),
        Zone("norecord", record: ""),
        Zone("nothing", record: "", host: ""),
        Zone("nohost", host: ""),
        Zone("twice", record: "_mta-sts TXT \"v=STSv1; id=1\"\n_mta-sts TXT \"v=STSv1; id=2\"\n"),
        Zone("badid", record: "_mta-sts TXT \"v=STSv1; id=2026-01-01\"\n"),
        Zone("refused", host: "127.0.9.2"),
        Zone("drips", host: "127.0.9.3"),
    ];

    protected override IReadOnlyList<NginxSite> Sites =>
    [
        Site("right"), Site("norecord"), Site("twice"), Site("badid"),
        Site("nomx", Right.Replace("mx1", "mx9", StringComparison.Ordinal)),
        Site("badpolicy", "version: STSv1\nmode: enforce\nmx: mx1.badpolicy.example\n"),
        Site("html") with { Type = "text/html" },
        Site("redirect") with { Files = new Dictionary<string, string>(), Extra = "location / { return 301 https://mta-sts.right.example/.well-known/mta-sts.txt; }" },
        Site("missing") with { Files = new Dictionary<string, string>() },
        Site("big", Right + new string('#', 70_000)),
        Site("busy") with { Extra = "location / { return 503; }" },
        Site("othername", certificate: Certificates.Issue("www.othername.example")),
        Site("expired", certificate: Certificates.IssueExpired("mta-sts.expired.example")),
        Site("selfsigned", certificate: Certificates.SelfSigned("mta-sts.selfsigned.example")),
        Site("unknown", certificate: Strangers.Issue("mta-sts.unknown.example")),
    ];

    private static KnotZone Zone(string name, string record = "_mta-sts TXT \"v=STSv1; id=20260101T000000\"\n", string host = "127.0.9.1") =>
        new($"{name}.example", $"@ MX 10 mx1\nmx1 A 192.0.2.1\n{record}{(host.Length == 0 ? "" : $"mta-sts A {host}\n")}");

    private NginxSite Site(string name, string policy = Right, TestCertificate? certificate = null) =>
        new($"mta-sts.{name}.example", certificate ?? Certificates.Issue($"mta-sts.{name}.example"))
        {
            Files = new Dictionary<string, string> { ["/.well-known/mta-sts.txt"] = policy.Replace("{d}", $"{name}.example", StringComparison.Ordinal) },
        };
}

/// <summary>The whole family over real DNS and a real web server: right is silent, each fault is named alone.</summary>
public sealed class MtaStsServerTests(MtaStsWorld world) : IClassFixture<MtaStsWorld>
{
    [Theory]
    [InlineData("right")]
    [InlineData("nothing", "STS001")]
    [InlineData("twice", "STS002")]
    [InlineData("badid", "STS004")]
    [InlineData("nohost", "STS005")]
    [InlineData("refused", "STS006")]
    [InlineData("expired", "STS007")]
    [InlineData("othername", "STS008")]
    [InlineData("selfsigned", "STS009")]
    [InlineData("unknown", "STS009")]
    [InlineData("redirect", "STS011")]
    [InlineData("missing", "STS012")]
    [InlineData("html", "STS013")]
    [InlineData("big", "STS014")]
    [InlineData("badpolicy", "STS015")]
    [InlineData("nomx", "STS016")]
    [InlineData("norecord", "STS018")]
    public async Task Check_OneFault_IsNamedAlone(string zone, params string[] codes)
    {
        var report = await world.AuditAsync(new MtaStsCheck(), $"{zone}.example");

        Assert.Equal(codes, PolicyWorld.Codes(report));
        Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome);
        Assert.Equal(zone is "nothing" or "nohost" ? 0 : 1, report.Transcript.Hosts.Length);
    }

    [Fact]
    public async Task Check_BusyServer_IsUndetermined() => await AssertOpenAsync("busy", "PolicyStatus");

    [Fact]
    public async Task Check_GuardedAddress_IsUndeterminedAndNotDialled() => await AssertOpenAsync("right", "AddressGuarded", AddressGuard.PublicOnly);

    [Fact]
    public async Task Check_DrippingServer_IsUndetermined()
    {
        using var certificate = world.Certificates.Issue("mta-sts.drips.example").Certificate;
        await using var server = new LoopbackServer(
            async (plain, stop) =>
            {
                await using var stream = new System.Net.Security.SslStream(plain);
                await stream.AuthenticateAsServerAsync(new() { ServerCertificate = certificate }, stop);
                await LoopbackServer.CommandAsync(stream, stop);
                await LoopbackServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nversion: ST", stop);
                await Task.Delay(Timeout.Infinite, stop);
            },
            new IPEndPoint(IPAddress.Parse("127.0.9.3"), 443));

        await AssertOpenAsync("drips", "PolicyTimedOut");
    }

    private async Task AssertOpenAsync(string zone, string reason, AddressGuard? guard = null)
    {
        var report = await world.AuditAsync(new MtaStsCheck(), $"{zone}.example", guard);

        Assert.Empty(PolicyWorld.Codes(report));
        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(report.Families[0].Outcome).Reason.Key);
    }
}
