using Bunit;
using MailDashboard.Checks;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Domains;

namespace MailDashboard.Tests.Web;

public sealed class ScorePanelTests : PageTest
{
    private static readonly Score _score = new(
        50,
        70,
        "D",
        1,
        [new CategoryScore("reputation", 30, 20, [new SubtestScore("address-lists", 3, 10, null), new SubtestScore("domain-lists", 0, 0, "undetermined")])],
        [new ScoreCap("critical-listing", 50)],
        [new ScoreMove("address-lists", 8.75)]);

    [Fact]
    public void Panel_WithACap_NamesItBeforeTheMoves()
    {
        var panel = Render<ScorePanel>(p => p.Add(s => s.Score, _score));

        Assert.Equal("Listed on a major blocklist: not above 50", panel.Find(".score__cap").TextContent.Trim());
    }

    [Fact]
    public void Panel_WithAMove_LeadsToTheFindingsBehindIt()
    {
        var move = Render<ScorePanel>(p => p.Add(s => s.Score, _score).Add(s => s.DomainId, 7)).Find(".moves__move");

        Assert.Equal("domains/7?family=blocklists", move.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("+8.8 points", move.QuerySelector(".moves__gain")!.TextContent);
    }

    [Theory]
    [InlineData("pop3", Severity.Error, "pop3")]
    [InlineData("imap", Severity.Error, "imap")]
    [InlineData("spf", Severity.Error, "submission")]
    public void Panel_WithAMoveThatSeveralFamiliesGrade_LeadsToTheOneWithSomethingToSay(string family, Severity severity, string leadsTo)
    {
        var score = _score with { BestMoves = [new ScoreMove("client-certificates", 5)] };
        var finding = new StoredFinding(1, family, "X", Subject.Host("mail.example"), severity, [], null, Time.GetUtcNow(), Time.GetUtcNow(), null, null);

        var move = Render<ScorePanel>(p => p.Add(s => s.Score, score).Add(s => s.DomainId, 7).Add(s => s.Findings, [finding])).Find(".moves__move a");

        Assert.Equal($"domains/7?family={leadsTo}", move.GetAttribute("href"));
    }

    [Fact]
    public void Panel_OfAnUndeterminedSubtest_SaysSoInPlaceOfPoints()
    {
        var rows = Render<ScorePanel>(p => p.Add(s => s.Score, _score)).FindAll(".score__why tbody tr");

        Assert.Equal("3 of 10", rows[0].QuerySelector("td")!.TextContent);
        Assert.Contains("table__lost", rows[0].ClassName, StringComparison.Ordinal);
        Assert.Equal("could not be determined", rows[1].QuerySelector("td")!.TextContent);
    }

    [Fact]
    public void Panel_WithAScoreAMonthOld_ShowsTheChange()
    {
        ScorePoint[] trend = [new(Time.GetUtcNow().AddDays(-40), 62, "C", 1), new(Time.GetUtcNow().AddDays(-1), 50, "D", 1)];

        var panel = Render<ScorePanel>(p => p.Add(s => s.Score, _score).Add(s => s.Trend, trend));

        Assert.Contains("▼ −12 against a month ago", panel.Find(".score__ring").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Panel_WithoutAScore_IsNeitherGoodNorBad()
    {
        var panel = Render<ScorePanel>(p => p.Add(s => s.Families, [new FamilyStanding("spf", "inconclusive", null, [], [], Time.GetUtcNow(), null, 0)]));

        Assert.NotNull(panel.Find(".ring--unknown"));
        Assert.Equal("There is no score: too little could be checked.", panel.Find(".score__none").TextContent);
    }
}
