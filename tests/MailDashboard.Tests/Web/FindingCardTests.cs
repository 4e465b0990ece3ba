using Bunit;
using MailDashboard.Checks;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;

namespace MailDashboard.Tests.Web;

public sealed class FindingCardTests : PageTest
{
    private static readonly FindingView _finding = new(
        "SPF001",
        Severity.Error,
        "No SPF record",
        "Anybody can send in your name.",
        [new EvidenceView("TXT records", "<script>alert(1)</script>", "192.0.2.53")],
        ["Open the DNS console.", "Add the record."],
        new ProposedRecord("example.org", "TXT", "v=spf1 -all"),
        "RFC 7208 §3",
        "SPF",
        "example.org");

    [Fact]
    public void Card_WithAFinding_SaysWhatWasSeenAndWhatToDo()
    {
        var card = Render<FindingCard>(p => p.Add(c => c.Finding, _finding));

        Assert.Equal("No SPF record", card.Find("h3").TextContent);
        Assert.Contains("Error", card.Find(".tag").TextContent, StringComparison.Ordinal);
        Assert.Contains("said by 192.0.2.53", card.Find(".evidence").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Open the DNS console.", "Add the record."], card.FindAll("ol li").Select(l => l.TextContent));
        Assert.Equal(["example.org", "TXT", "v=spf1 -all"], card.FindAll(".record code").Select(c => c.TextContent));
        Assert.Equal("https://www.rfc-editor.org/rfc/rfc7208#section-3", card.Find("footer a").GetAttribute("href"));
    }

    [Fact]
    public void Card_WithHostileEvidence_ShowsItAsText()
    {
        var card = Render<FindingCard>(p => p.Add(c => c.Finding, _finding));

        Assert.Empty(card.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", card.Find(".evidence code").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("domains/7?tab=transcript&finding=3")]
    public void Card_WhereATranscriptIsKept_LeadsToWhatItRestsOn(string? href)
    {
        var card = Render<FindingCard>(p => p.Add(c => c.Finding, _finding with { TranscriptHref = href }));

        Assert.Equal(href, card.FindAll("a.finding__transcript").SingleOrDefault()?.GetAttribute("href"));
    }

    [Fact]
    public void Card_WithoutAListener_OffersNoCheck()
    {
        var card = Render<FindingCard>(p => p.Add(c => c.Finding, _finding));

        Assert.DoesNotContain(card.FindAll("button"), b => b.TextContent == "Check again");
    }

    [Fact]
    public void CheckAgain_Clicked_TellsItsPage()
    {
        var clicked = 0;
        AddAuthorization().SetAuthorized("operator").SetPolicies(Policies.Operate);
        var card = Render<FindingCard>(p => p.Add(c => c.Finding, _finding).Add(c => c.OnCheckAgain, () => clicked++));

        card.FindAll("button").Single(b => b.TextContent == "Check again").Click();

        Assert.Equal(1, clicked);
    }

    [Fact]
    public void Card_OfAnUndeterminedSubject_SaysSince()
    {
        var card = Render<FindingCard>(p => p.Add(c => c.Finding, _finding with { UndeterminedSince = Time.GetUtcNow() }));

        Assert.Contains("Could not be checked", card.Find(".tag--unknown").TextContent, StringComparison.Ordinal);
    }
}
