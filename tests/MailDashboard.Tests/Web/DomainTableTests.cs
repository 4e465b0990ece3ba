using Bunit;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Domains;

namespace MailDashboard.Tests.Web;

public sealed class DomainTableTests : PageTest
{
    private static readonly DomainListItem _well = new(1, "example.org", "example.org", 96.4, "A", null, 0, 0, 0, 0, 0, "reject", DateTimeOffset.UnixEpoch, ["shop"]);

    [Fact]
    public void Head_OfTheOrderInUse_SaysItAndTurnsItRound()
    {
        var table = Show([_well], DomainOrder.Score, descending: true);

        var score = table.FindAll("thead th")[1];
        Assert.Equal("descending", score.GetAttribute("aria-sort"));
        Assert.Equal("by-Score", score.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("none", table.FindAll("thead th")[0].GetAttribute("aria-sort"));
    }

    [Fact]
    public void Row_OfADomainThatIsWell_SaysSo()
    {
        var cells = Show([_well]).FindAll("tbody td");

        Assert.Equal("96 A", cells[0].TextContent.Trim());
        Assert.Equal("All well", cells[1].TextContent.Trim());
        Assert.Equal("reject", cells[2].TextContent.Trim());
    }

    [Fact]
    public void Row_WhereDmarcCouldNotBeLookedUp_DoesNotSayThatNoneIsPublished()
    {
        var cells = Show([_well with { DmarcPolicy = null, IsDmarcUnknown = true, UndeterminedCount = 1, Score = null }]).FindAll("tbody td");

        Assert.Equal("not known", cells[0].TextContent.Trim());
        Assert.Equal("1 not checked", cells[1].TextContent.Trim());
        Assert.Equal("not known", cells[2].TextContent.Trim());
    }

    [Fact]
    public void Row_NeverLookedAt_ClaimsNothing()
    {
        var cells = Show([_well with { LastAuditAt = null, Score = null, DmarcPolicy = null }]).FindAll("tbody td");

        Assert.Equal(["not yet", "–", "–", "–", "looking now …"], cells.Select(c => c.TextContent.Trim()));
    }

    [Fact]
    public void Row_WithListings_LeadsToThem()
    {
        var link = Show([_well with { ListingCount = 2, WorstSeverity = Severity.Critical, CriticalCount = 2 }]).FindAll("tbody td")[3].QuerySelector("a")!;

        Assert.Equal("domains/1?family=blocklists", link.GetAttribute("href"));
        Assert.Equal("2 listings", link.TextContent.Trim());
    }

    private IRenderedComponent<DomainTable> Show(DomainListItem[] items, DomainOrder order = DomainOrder.Name, bool descending = false) =>
        Render<DomainTable>(p => p.Add(t => t.Items, items).Add(t => t.Order, order).Add(t => t.Descending, descending).Add(t => t.SortHref, o => $"by-{o}"));
}
