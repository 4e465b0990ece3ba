using MailDashboard.Checks;
using MailDashboard.Checks.Bimi;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Web;

namespace MailDashboard.IntegrationTests.Checks.Policies;

/// <summary>One zone for each logo.</summary>
public sealed class BimiWorld : PolicyWorld
{
    private const string Logo = "<svg xmlns='http://www.w3.org/2000/svg' version='1.2' baseProfile='tiny-ps' viewBox='0 0 10 10'><title>Example</title><rect width='10' height='10'/></svg>";

    private static readonly string[] Names = ["right", "script", "entity", "wide", "moved", "missing", "webcert", "plain"];

    protected override string Address => "127.0.9.6";

    protected override IEnumerable<KnotZone> Zones => Names.Select(n => new KnotZone(
        $"{n}.example",
        $"@ MX 10 mx1\nmx1 A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject\"\nbrand A 127.0.9.6\n"
        + $"default._bimi TXT \"v=BIMI1; l=https://brand.{n}.example/{n}.svg; a={(n == "webcert" ? "https://brand.webcert.example/cert.pem" : "")}\"\n"));

    protected override IReadOnlyList<NginxSite> Sites =>
    [
        Site("right", Logo), Site("webcert", Logo),
        Site("script", Logo.Replace("<rect", "<script>x()</script><rect", StringComparison.Ordinal)),
        Site("entity", "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + Logo.Replace("Example", "&a;", StringComparison.Ordinal)),
        Site("wide", Logo.Replace("0 0 10 10", "0 0 20 10", StringComparison.Ordinal)),
        Site("moved", Logo) with { Extra = "location = /moved.svg { return 302 https://brand.right.example/right.svg; }" },
        Site("plain", Logo) with { Extra = "location = /plain.svg { return 302 http://brand.right.example/right.svg; }" },
        Site("missing", Logo) with { Files = new Dictionary<string, string>() },
    ];

    private NginxSite Site(string name, string logo) => new($"brand.{name}.example", Certificates.Issue($"brand.{name}.example"))
    {
        Type = "image/svg+xml",
        Files = new Dictionary<string, string> { [$"/{name}.svg"] = logo, ["/cert.pem"] = Certificates.Issue($"{name}.example").ChainPem },
    };
}

/// <summary>The whole family over real DNS and a real web server.</summary>
public sealed class BimiServerTests(BimiWorld world) : IClassFixture<BimiWorld>
{
    [Theory]
    [InlineData("right", "BIMI021")]
    [InlineData("moved", "BIMI021")]
    [InlineData("missing", "BIMI007", "BIMI021")]
    [InlineData("plain", "BIMI007", "BIMI021")]
    [InlineData("entity", "BIMI010", "BIMI021")]
    [InlineData("script", "BIMI011", "BIMI021")]
    [InlineData("wide", "BIMI012", "BIMI021")]
    [InlineData("webcert", "BIMI016")]
    public async Task Check_OneFault_IsNamedAlone(string zone, params string[] codes)
    {
        var report = await world.AuditAsync(new BimiCheck(), $"{zone}.example");

        Assert.Equal(codes, PolicyWorld.Codes(report));
        Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome);
        Assert.All(report.Families[0].Outcome.Findings, f => Assert.True(f.Severity <= Severity.Warning));
    }
}
