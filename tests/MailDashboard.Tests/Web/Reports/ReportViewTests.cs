using System.Collections.Immutable;
using Bunit;
using MailDashboard.Checks;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Web.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Tests.Web.Reports;

public class ReportViewTests : PageTest
{
    private static readonly DateOnly Today = new(2026, 3, 14);

    private IStringLocalizer<ReportsTexts> Texts => Services.GetRequiredService<IStringLocalizer<ReportsTexts>>();

    [Fact]
    public void Answer_SaysScoreChangeAndUrgency()
    {
        Assert.Equal(
            "Your 42 domains score 78.5 out of 100 on average: good. That is 3.5 points better, compared with 28 February 2026, the end of the period before. One domain needs somebody today.",
            ReportWords.Answer(Model(), Texts));
    }

    [Fact]
    public void Answer_WhereTheTableChanged_ComparesOnlyWithinTheNewOne()
    {
        var model = Model() with { Baseline = new(BaselineKind.TableChanged, Stand(-5, 42, 78.5)) };

        Assert.Contains("since when scores are computed in a new way", ReportWords.Answer(model, Texts), StringComparison.Ordinal);
        Assert.Contains("another measure", Render(model).Find(".report-score").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EveryPart_HasAHeadingAndLinksToItsReasons()
    {
        var page = Render(Model() with { Tag = "shop & co" });

        Assert.Equal(8, page.FindAll("section[aria-labelledby] > h2").Count);
        Assert.Contains("domains/7?tab=history", Hrefs(page));
        Assert.Contains("domains/9#finding-SPF012", Hrefs(page));
        Assert.Contains("findings/DMARC007", Hrefs(page));
        Assert.Contains("alerts/5", Hrefs(page));
        Assert.Contains("compliance?provider=gmail&status=NotMet&tag=shop%20%26%20co", Hrefs(page));
        Assert.Contains("domains?by=Score&tag=shop%20%26%20co", Hrefs(page));
    }

    [Fact]
    public void Movers_SayWhy_InWords()
    {
        var causes = Render(Model()).FindAll(".report-causes li").Select(c => c.TextContent).ToList();

        Assert.Equal("New ceiling: Listed on a major blocklist: not above 50", causes[0]);
        Assert.StartsWith("New: ", causes[1], StringComparison.Ordinal);
        Assert.Equal("Gained points: DMARC policy is enforced", causes[2]);
    }

    [Fact]
    public void Decisions_NameTheDomainsThatGainMost_AndLeadToThem()
    {
        var decision = Render(Model()).Find(".report-decision");

        Assert.Equal(["findings/DMARC007", "domains/7", "domains/9", "domains/11"], decision.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Matches(@"worse\.example\s*, bad\.example\s*, shop\.example\s+and 9 more", decision.TextContent);
    }

    [Fact]
    public void Trend_HasATableOfDays_AndMarksTheDayTheTableChanged()
    {
        var page = Render(Model());

        Assert.Equal(["14 Mar 2026", "13 Mar 2026", "12 Mar 2026"], page.FindAll(".trend__table tbody tr td:first-child").Select(c => c.TextContent));
        Assert.Single(page.FindAll(".trend__break"));
        Assert.Contains("scores are computed in a new way", page.Find(".report-events").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Trend_OfOneDay_IsNotDrawn()
    {
        var page = Render(Model() with { Trend = [Stand(0, 1, 78.5)], Baseline = null });

        Assert.Empty(page.FindAll(".trend"));
        Assert.Contains("after two days", page.Find(".report-score").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Tag_WithMarkup_IsText()
    {
        var page = Render(Model() with { Tags = [new("<b>{{x}}</b>", 3, null, null)] });

        Assert.Empty(page.FindAll("section[aria-labelledby=report-tags] b"));
        Assert.Contains("<b>{{x}}</b>", page.Find("section[aria-labelledby=report-tags] td").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_Anywhere_IsSaidInWords()
    {
        var model = Model() with
        {
            Urgent = new(0, [], 0, []),
            Decisions = [],
            Movers = new([], [], 0, 0),
            Listings = new(0, 0, [], [], true),
            Tags = [],
            Providers = [],
        };

        var page = Render(model);

        Assert.Equal(6, page.FindAll("section").Count);
        Assert.Contains("Nothing critical is open", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No domain lost a point", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<ReportView> Render(PortfolioModel model) => Render<ReportView>(p => p.Add(v => v.Model, model));

    private static IEnumerable<string?> Hrefs(IRenderedComponent<ReportView> page) => page.FindAll("a").Select(a => a.GetAttribute("href"));

    internal static PortfolioStand Stand(int day, int domains, double mean, int version = 3) =>
        new(Today.AddDays(day), domains, domains, mean * domains, version, ImmutableSortedDictionary<string, int>.Empty.Add("B", domains), 1, 2);

    private static PortfolioModel Model()
    {
        var spf = new PortfolioFinding("SPF012", Subject.Domain("bad.example"), [], Severity.Critical, DateTimeOffset.UnixEpoch);
        return new PortfolioModel(
            ReportPeriod.Of(PeriodKind.ThisMonth, Today),
            "",
            new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero),
            Stand(0, 42, 78.5),
            new(BaselineKind.PeriodBefore, Stand(-14, 40, 75)),
            [Stand(-2, 40, 76), Stand(-1, 42, 77), Stand(0, 42, 78.5)],
            [new(Today.AddDays(-1), PortfolioEventKind.TableChanged, 3), new(Today.AddDays(-1), PortfolioEventKind.DomainsAdded, 2)],
            [new("shop", 12, 80, 1.5)],
            new(
                [new(7, "worse.example", 80, 50, [new(MoveCauseKind.CapApplied, "critical-listing"), new(MoveCauseKind.FindingOpened, "SPF012", spf)])],
                [new(8, "better.example", 60, 70, [new(MoveCauseKind.SubtestGained, "dmarc-policy")])],
                1,
                1),
            new(6, 2, [new(7, "worse.example", 3, true)], [new(5, "192.0.2.1", ["bl.example.test"], 2, 3, true)], true),
            [new("gmail", new Dictionary<ComplianceStatus, int> { [ComplianceStatus.Met] = 40, [ComplianceStatus.NotMet] = 2 })],
            [new("dmarc-policy", 12, 4.2, "DMARC007", 10) { First = [(7, "worse.example"), (9, "bad.example"), (11, "shop.example")] }],
            new(1, [new(9, "bad.example", spf)], 0, []));
    }
}
