using Bunit;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Strict;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Tests.Checks.Compliance;
using MailDashboard.Web.Compliance;

namespace MailDashboard.Tests.Web.Compliance;

public sealed class RequirementCardTests : PageTest
{
    private static readonly DomainStanding Broken = Standing.Perfect.With("dmarc", "DMARC001", Severity.Error).Level("dmarc-valid", "none");

    [Fact]
    public void Card_OfAFault_NamesTheFindingAndLeadsToIt()
    {
        var card = Card(Broken, "gmail-dmarc");

        var link = card.Find(".reasons a");
        Assert.Equal("domains/7?family=dmarc", link.GetAttribute("href"));
        Assert.DoesNotContain("DMARC001", link.TextContent, StringComparison.Ordinal);
        Assert.Contains("DMARC001", card.Find(".reasons").TextContent, StringComparison.Ordinal);
        Assert.Contains("Required · from 5,000 messages a day", card.Markup, StringComparison.Ordinal);
        Assert.Contains("What to do:", card.Markup, StringComparison.Ordinal);
        Assert.Contains("read in November 2026", card.Find(".requirement__source").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll(".requirement__source .chip"));
    }

    [Fact]
    public void Card_VolumeNotStated_SaysFromWhichNumberItMatters() =>
        Assert.Contains("At risk if you send 5,000 messages a day or more", Card(Broken with { DailyVolume = null }, "gmail-dmarc").Find(".reasons").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Card_OfARuleCollectedByOthers_SaysSo() =>
        Assert.Contains("collected by others", Card(Standing.Perfect, "laposte-receives").Find(".requirement__source .chip").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Card_NotMeasurable_SaysHowToMeasureIt()
    {
        var card = Card(Standing.Perfect, "gmail-tls");

        Assert.Contains("How to measure it:", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Received line", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll(".reasons"));
    }

    [Fact]
    public void Card_Undetermined_GivesTheReasonOfTheCheck() =>
        Assert.Contains("example.org", Card(Standing.Perfect.Silent("dmarc").Level("dmarc-valid", null, isCurrent: false), "gmail-dmarc").Find(".reasons").TextContent, StringComparison.Ordinal);

    [Fact]
    public void StrictPanel_WhereItIsOff_JudgesNothing()
    {
        var panel = Render<StrictPanel>(p => p.Add(s => s.Dossier, Dossier(Standing.Perfect, isStrict: false)));

        Assert.Equal(StrictProfile.Conditions.Length, panel.FindAll(".strict__condition").Count);
        Assert.Empty(panel.FindAll(".tag"));
    }

    [Fact]
    public void StrictPanel_WhereItIsOn_GivesEachConditionItsStatus()
    {
        var panel = Render<StrictPanel>(p => p.Add(s => s.Dossier, Dossier(Standing.Perfect.Level("dmarc-policy", "none"), isStrict: true)));

        Assert.Equal("NotMet", panel.Find("[data-condition=dmarc]").GetAttribute("data-status"));
        Assert.Equal("Does not meet", panel.Find("[data-condition=dmarc] .tag").TextContent.Trim());
    }

    [Fact]
    public void StrictTexts_ForEveryCondition_AreThere() => Assert.All(
        Render<StrictPanel>(p => p.Add(s => s.Dossier, Dossier(Standing.Perfect, isStrict: true))).FindAll(".strict__text"),
        text => Assert.DoesNotContain("Strict.", text.TextContent, StringComparison.Ordinal));

    private static ComplianceDossier Dossier(DomainStanding standing, bool isStrict) => new(
        new MailDomain { Id = 7, Name = "example.org", DisplayName = "example.org", IsStrict = isStrict },
        standing.Roles.Sends,
        ComplianceJudge.Judge(standing, ComplianceCatalogue.Shipped, BlocklistCatalogue.Shipped),
        StrictJudge.Judge(standing, BlocklistCatalogue.Shipped, Standing.At),
        [.. standing.Findings.Select((f, i) => new StoredFinding(i, f.Family, f.Code, f.Subject, f.Severity, [], null, f.Since, f.Since, null, null))]);

    private IRenderedComponent<RequirementCard> Card(DomainStanding standing, string requirement)
    {
        var dossier = Dossier(standing, isStrict: false);
        return Render<RequirementCard>(p => p
            .Add(c => c.Dossier, dossier)
            .Add(c => c.Verdict, dossier.Providers.SelectMany(v => v.Requirements).Single(r => r.Requirement.Id == requirement)));
    }
}
