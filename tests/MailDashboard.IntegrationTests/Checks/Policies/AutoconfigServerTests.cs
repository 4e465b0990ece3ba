using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Mapi;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Policies;

/// <summary>One zone for each set of settings.</summary>
public sealed class AutoconfigWorld : PolicyWorld
{
    private const string Config = "/mail/config-v1.1.xml";
    private const string Discover = "/autodiscover/autodiscover.xml";
    private const string Bomb = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"&b;&b;&b;&b;\">]><clientConfig>&c;</clientConfig>";

    private static readonly string[] Names = ["right", "moved", "differs", "discovers", "clear", "nowhere", "expired", "html", "bomb", "big", "round", "plain", "busy", "login"];

    protected override string Address => "127.0.9.21";

    protected override IEnumerable<KnotZone> Zones =>
    [
        .. Names.Select(n => Zone(n)),
        Zone("silent") with { Records = "@ MX 10 mx1\nmx1 A 192.0.2.1\nmail A 127.0.9.21\n" },
        Zone("srvonly") with { Records = Zone("srvonly").Records.Replace("autoconfig A 127.0.9.21\nautodiscover A 127.0.9.21\n", "", StringComparison.Ordinal) },
        Zone("drips", "127.0.9.25"),
    ];

    protected override IReadOnlyList<NginxSite> Sites =>
    [
        .. Site("right"),
        .. Site("moved", configExtra: $"location = {Config} {{ return 301 https://autoconfig.right.example{Config}; }}", settings: Settings("right")),
        .. Site("differs", config: AutoconfigFiles.ConfigXml("differs.example", Settings("right"))),
        .. Site("discovers", discover: AutoconfigFiles.AutodiscoverXml(Settings("right"))),
        .. Site("clear", config: AutoconfigFiles.ConfigXml("clear.example", Settings("clear").SetItem(0, new MailSetting(ClientProtocol.Imap, "mail.clear.example", 993, MailSecurity.None)))),
        .. Site("nowhere"),
        .. Site("expired", certificate: Certificates.IssueExpired("autoconfig.expired.example")),
        .. Site("html", config: "<html>welcome</html>"),
        .. Site("bomb", config: Bomb),
        .. Site("big", config: AutoconfigFiles.ConfigXml("big.example", Settings("big")) + new string(' ', 70_000)),
        .. Site("round", configExtra: $"location = {Config} {{ return 302 {Config}; }}"),
        .. Site("plain", configExtra: $"location = {Config} {{ return 302 http://autoconfig.right.example{Config}; }}"),
        .. Site("busy", configExtra: $"location = {Config} {{ return 503; }}"),
        .. Site("login", discoverExtra: $"location = {Discover} {{ add_header WWW-Authenticate 'Basic realm=mail' always; return 401; }}"),
    ];

    private static ImmutableArray<MailSetting> Settings(string name) =>
        [new(ClientProtocol.Imap, $"mail.{name}.example", 993, MailSecurity.Implicit), new(ClientProtocol.Submission, $"mail.{name}.example", 465, MailSecurity.Implicit)];

    /// <summary>Of <c>moved</c> the settings name the servers of another zone, as those of customers of a provider do.</summary>
    private static KnotZone Zone(string name, string web = "127.0.9.21")
    {
        var servers = name == "moved" ? "mail.right.example." : "mail";
        return new($"{name}.example", $"@ MX 10 mx1\nmx1 A 192.0.2.1\n{(name == "nowhere" ? "" : "mail A 127.0.9.21\n")}autoconfig A {web}\nautodiscover A 127.0.9.21\n"
            + $"_imaps._tcp SRV 0 1 993 {servers}\n_submissions._tcp SRV 0 1 465 {servers}\n");
    }

    private IEnumerable<NginxSite> Site(
        string name, string? config = null, string? discover = null, string configExtra = "", string discoverExtra = "", TestCertificate? certificate = null, ImmutableArray<MailSetting>? settings = null)
    {
        var right = settings ?? Settings(name);
        yield return new($"autoconfig.{name}.example", certificate ?? Certificates.Issue($"autoconfig.{name}.example"))
        {
            Type = "text/xml",
            Files = new Dictionary<string, string> { [Config] = config ?? AutoconfigFiles.ConfigXml($"{name}.example", right) },
            Extra = configExtra,
        };

        // A file that is asked for by POST.
        yield return new($"autodiscover.{name}.example", Certificates.Issue($"autodiscover.{name}.example"))
        {
            Type = "text/xml",
            Files = new Dictionary<string, string> { [Discover] = discover ?? AutoconfigFiles.AutodiscoverXml(right) },
            Extra = discoverExtra.Length > 0 ? discoverExtra : "error_page 405 =200 $uri;",
        };
    }
}

/// <summary>The family and the one beside it over real DNS and a real web server: right is silent, each fault is named alone.</summary>
public sealed class AutoconfigServerTests(AutoconfigWorld world) : IClassFixture<AutoconfigWorld>
{
    [Theory]
    [InlineData("right")]
    [InlineData("moved")]
    [InlineData("login")]
    [InlineData("silent", "ACF001")]
    [InlineData("differs", "ACF002")]
    [InlineData("discovers", "ACF002")]
    [InlineData("nowhere", "ACF003")]
    [InlineData("expired", "ACF004", "ACF006")]
    [InlineData("html", "ACF004", "ACF006")]
    [InlineData("bomb", "ACF004", "ACF006")]
    [InlineData("big", "ACF004", "ACF006")]
    [InlineData("round", "ACF004", "ACF006")]
    [InlineData("plain", "ACF004", "ACF006")]
    [InlineData("clear", "ACF005")]
    [InlineData("srvonly", "ACF006")]
    public async Task Check_OneFault_IsNamedAlone(string zone, params string[] codes)
    {
        var report = await AuditAsync(zone);

        Assert.Equal(codes, PolicyWorld.Codes(report));
        Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome);
        Assert.IsType<CheckOutcome.NotApplicable>(report.Families[1].Outcome);
    }

    [Fact]
    public async Task Check_ProposedFiles_AreWhatWasPublished()
    {
        var facts = (await AuditAsync("right")).Families[0].Outcome.Details.Facts;

        var files = AutoconfigDownloads.Of("right.example", facts);

        Assert.Equal(4, files.Length);
        Assert.Contains("_imaps._tcp.right.example. IN SRV 0 1 993 mail.right.example.\n", files[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BusyServer_IsUndetermined() => await AssertOpenAsync("busy", "NotFetched");

    [Fact]
    public async Task Check_GuardedAddress_IsUndeterminedAndNotDialled()
    {
        await AssertOpenAsync("right", "AddressGuarded", AddressGuard.PublicOnly);
        await AssertOpenAsync("moved", "AddressGuarded", new AddressGuard(IpNetworkList.Parse("127.0.9.25/32")));
    }

    [Fact]
    public async Task Check_DrippingServer_IsUndetermined()
    {
        using var certificate = world.Certificates.Issue("autoconfig.drips.example").Certificate;
        await using var server = new LoopbackServer(
            async (plain, stop) =>
            {
                await using var stream = new SslStream(plain);
                await stream.AuthenticateAsServerAsync(new() { ServerCertificate = certificate }, stop);
                await LoopbackServer.CommandAsync(stream, stop);
                await LoopbackServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<clientConfig>", stop);
                await Task.Delay(Timeout.Infinite, stop);
            },
            new IPEndPoint(IPAddress.Parse("127.0.9.25"), 443));

        await AssertOpenAsync("drips", "NotFetched");
    }

    private Task<AuditReport> AuditAsync(string zone, AddressGuard? guard = null) => world.AuditAsync([new AutoconfigCheck(), new MapiCheck()], $"{zone}.example", guard);

    private async Task AssertOpenAsync(string zone, string reason, AddressGuard? guard = null)
    {
        var report = await AuditAsync(zone, guard);

        Assert.Empty(PolicyWorld.Codes(report));
        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(report.Families[0].Outcome).Reason.Key);
    }
}
