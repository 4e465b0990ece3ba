using System.Text.Json;
using MailDashboard.Cli;
using MailDashboard.IntegrationTests.Checks.Faults;

namespace MailDashboard.IntegrationTests.Checks;

/// <summary>
/// A zone that is right is right, and one fault is one finding: every family runs over every zone, and nothing of warning or
/// worse may be said but the fault itself.
/// </summary>
public sealed class FaultMatrixTests(FaultWorld world) : IClassFixture<FaultWorld>
{
    public static TheoryData<FaultZone> Zones => [.. FaultWorld.Zones];

    [Theory]
    [MemberData(nameof(Zones), DisableDiscoveryEnumeration = true)]
    public void Check_AllFamilies_NamesTheFaultAndNoOther(FaultZone zone)
    {
        var audit = world.Audit(zone.Domain);

        Assert.Equal(zone.Codes, Weighty(audit));
        Assert.Equal(zone.Open.Append("blocklists"), Families(audit, "inconclusive"));
    }

    [Theory]
    [MemberData(nameof(Zones), DisableDiscoveryEnumeration = true)]
    public async Task Check_DnsOnly_EndsWithTheStatusOfTheFault(FaultZone zone)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost(output, error, TimeProvider.System, CliResolver.OpenAsync);

        var status = await MaildashCommand.RunAsync(
            ["check", zone.Domain, "--dns", world.DnsOf(zone).ToString(), "--json", "--dns-only", "--selector", FaultZone.Selector], host);

        using var audit = JsonDocument.Parse(output.ToString());
        Assert.Equal((zone.DnsOnlyStatus, ""), (status, error.ToString()));
        string[] byConnection = ["STL", "SMTP", "MAP", "MX015", "DAN006", "DAN007", "DAN014"];
        var shownByDns = zone.Codes.Where(c => !Array.Exists(byConnection, b => c.StartsWith(b, StringComparison.Ordinal)));
        Assert.Equal(shownByDns, Weighty(audit.RootElement));
    }

    [Theory]
    [InlineData("right.example", 0)]
    [InlineData("mx-refused.example", 1)]
    [InlineData("tls-expired.example", 1)]
    [InlineData("spf-wide.example", 0)]
    public async Task Check_BuiltProgram_PrintsOneDocumentAndEndsWithItsStatus(string domain, int status)
    {
        var run = await world.RunAsync("check", domain, "--json", "--selector", FaultZone.Selector);

        using var audit = JsonDocument.Parse(run.Output);
        Assert.Equal((status, "", domain), (run.Status, run.Errors, audit.RootElement.GetProperty("domain").GetString()));
    }

    [Theory]
    [MemberData(nameof(Zones), DisableDiscoveryEnumeration = true)]
    public void Check_ProposedRecordPublished_SaysNothingOfWarningOrWorse(FaultZone zone)
    {
        if (world.AuditAfterMending(zone.Domain) is { } audit)
        {
            Assert.Empty(Weighty(audit));
        }
    }

    private static List<string> Families(JsonElement audit, string outcome) =>
        [.. audit.GetProperty("families").EnumerateArray().Where(f => f.GetProperty("outcome").GetString() == outcome).Select(f => f.GetProperty("id").GetString()!)];

    private static List<string> Weighty(JsonElement audit) =>
    [
        .. audit.GetProperty("families").EnumerateArray()
            .SelectMany(f => f.GetProperty("findings").EnumerateArray())
            .Where(f => f.GetProperty("severity").GetString() is "warning" or "error" or "critical")
            .Select(f => f.GetProperty("code").GetString()!),
    ];
}
