using Bunit;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Web.Compliance;

namespace MailDashboard.Tests.Web.Compliance;

public sealed class ComplianceTableTests : PageTest
{
    [Theory]
    [InlineData(ComplianceStatus.Met, "Meets", "tag--ok")]
    [InlineData(ComplianceStatus.AtRisk, "At risk", "tag--warning")]
    [InlineData(ComplianceStatus.NotMet, "Does not meet", "tag--error")]
    [InlineData(ComplianceStatus.Undetermined, "Not determined", "tag--unknown")]
    [InlineData(ComplianceStatus.NotMeasurable, "Cannot be measured from here", "tag--info")]
    [InlineData(ComplianceStatus.NotApplicable, "Does not apply", "tag--info")]
    public void Cell_OfAStatus_SaysItInIconWordAndColourAndOpensItsReasons(ComplianceStatus status, string word, string colour)
    {
        var cell = Show(new() { ["gmail"] = status }).Find("td a");

        Assert.Equal("domains/7/compliance?provider=gmail", cell.GetAttribute("href"));
        Assert.Equal($"example.org, Gmail: {word}", cell.GetAttribute("aria-label"));
        Assert.Equal(word, cell.TextContent.Trim());
        Assert.NotNull(cell.QuerySelector($".{colour} svg"));
    }

    [Fact]
    public void Row_NeverLookedAt_ClaimsNothing() => Assert.All(Show([]).FindAll("td"), cell => Assert.Equal("not yet", cell.TextContent.Trim()));

    [Theory]
    [InlineData(null, "volume not stated")]
    [InlineData(12000, "12,000 a day")]
    public void Row_Volume_IsShown(int? volume, string text) => Assert.Equal(text, Show([], volume).Find(".compliance__volume").TextContent);

    private IRenderedComponent<ComplianceTable> Show(Dictionary<string, ComplianceStatus> cells, int? volume = null) => Render<ComplianceTable>(p => p
        .Add(t => t.Rows, [new ComplianceRow(7, "example.org", volume, false, null, cells)])
        .Add(t => t.Providers, ComplianceCatalogue.Shipped.Providers));
}
