using Bunit;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Domains;

namespace MailDashboard.Tests.Web;

public sealed class FindingsTabTests : PageTest
{
    [Fact]
    public void Tab_WithNothingFound_SaysThatEveryCheckWasMade()
    {
        var tab = Show(Dossier([Standing("spf", "completed")], []));

        Assert.Equal("Nothing needs mending here. Every check that applies was made.", tab.Find(".all-well").TextContent.Trim());
        Assert.Empty(tab.FindAll(".finding--unknown"));
    }

    [Fact]
    public void Tab_WithAnUnknownFamily_NeverSaysThatAllIsWell()
    {
        var unknown = Standing("spf", "inconclusive") with { Reason = new Reason("DnsTimeout", ["example.org", "TXT", "192.0.2.53"]), UndeterminedSince = Time.GetUtcNow() };

        var tab = Show(Dossier([unknown], []));

        Assert.Empty(tab.FindAll(".all-well"));
        Assert.Contains("One check could not be made", tab.Find(".finding--unknown").TextContent, StringComparison.Ordinal);
        Assert.Contains("No answer in time", tab.Find(".unknown-checks").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_WithManyFindings_KeepsTheirTitlesInSight()
    {
        var tab = Show(Dossier([Standing("spf", "completed")], [.. Enumerable.Range(1, 4).Select(i => Found(i, Severity.Error))]));

        Assert.Equal(4, tab.FindAll(".finding .finding__title").Count);
        Assert.Equal(4, tab.FindAll(".finding > .finding__more").Count);
    }

    [Fact]
    public void Tab_WithNotesOnly_PutsThemInLines()
    {
        var tab = Show(Dossier([Standing("spf", "completed")], [Found(1, Severity.Notice)]));

        Assert.Contains("good to know", tab.Find(".all-well").TextContent, StringComparison.Ordinal);
        Assert.Single(tab.FindAll("details.finding--line"));
    }

    private IRenderedComponent<FindingsTab> Show(DomainDossier dossier) => Render<FindingsTab>(p => p.Add(t => t.Dossier, dossier));

    private static DomainDossier Dossier(FamilyStanding[] families, StoredFinding[] findings) =>
        new(new MailDomain { Id = 1, Name = "example.org", DisplayName = "example.org" }, families, findings, [], [], null, []);

    private FamilyStanding Standing(string family, string outcome) => new(family, outcome, null, [], [], Time.GetUtcNow(), null, 0);

    private StoredFinding Found(long id, Severity severity) =>
        new(id, "spf", "SPF001", Subject.Domain("example.org"), severity, [], null, Time.GetUtcNow(), Time.GetUtcNow(), null, null);
}
