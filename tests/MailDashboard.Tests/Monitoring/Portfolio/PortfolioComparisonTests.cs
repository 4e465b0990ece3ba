using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Tests.Web.Reports;
using MailDashboard.Web.Domains;

namespace MailDashboard.Tests.Monitoring.Portfolio;

public class PortfolioComparisonTests
{
    [Fact]
    public void Baseline_OfTheSameTable_IsTheEndOfThePeriodBefore()
    {
        var before = Day(-3, 70);

        Assert.Equal(new(BaselineKind.PeriodBefore, before), PortfolioComparison.Baseline(before, [Day(-2, 71), Day(0, 72)]));
    }

    [Fact]
    public void Baseline_WhereTheTableChanged_IsTheFirstDayOfTheNewOne()
    {
        var first = Day(-1, 60, 4);

        Assert.Equal(new(BaselineKind.TableChanged, first), PortfolioComparison.Baseline(Day(-3, 70), [Day(-2, 71), first, Day(0, 61, 4)]));
    }

    [Fact]
    public void Baseline_OfAYoungHistory_IsItsFirstDay()
    {
        var first = Day(-1, 60);

        Assert.Equal(new(BaselineKind.HistoryBegins, first), PortfolioComparison.Baseline(null, [first, Day(0, 61)]));
    }

    [Fact]
    public void Baseline_OnTheDayOfTheChange_OrOfTheFirstScore_IsNone()
    {
        Assert.Null(PortfolioComparison.Baseline(Day(-3, 70), [Day(-2, 71), Day(0, 61, 4)]));
        Assert.Null(PortfolioComparison.Baseline(null, [Day(0, 61)]));
        Assert.Null(PortfolioComparison.Baseline(Day(-3, 70), []));
    }

    [Fact]
    public void Events_NameWhatExplainsAStep()
    {
        var events = PortfolioComparison.Events(
            Day(-5, 70),
            [Day(-4, 70) with { Listed = 0 }, Day(-3, 70) with { Listed = 3 }, Day(-2, 60, 4) with { Listed = 3 }, Day(-1, 60, 4) with { Domains = 60 }, Day(0, 60, 4) with { Domains = 61 }]);

        Assert.Equal(
            [(PortfolioEventKind.ListingsEnded, 1), (PortfolioEventKind.ListingsBegan, 3), (PortfolioEventKind.TableChanged, 4), (PortfolioEventKind.DomainsAdded, 20)],
            events.Select(e => (e.Kind, e.Number)));
    }

    [Fact]
    public void Events_OfAFlappingList_AreBounded_AndKeepTheTable()
    {
        var days = Enumerable.Range(0, 200).Select(i => Day(i - 200, 70, i > 20 ? 4 : 3) with { Listed = i % 2 }).ToList();

        var events = PortfolioComparison.Events(null, days);

        Assert.Equal(20, events.Count);
        Assert.Equal(PortfolioEventKind.TableChanged, events[0].Kind);
    }

    [Fact]
    public void Decisions_AddUpGains_OverAllScoredDomains()
    {
        var decisions = PortfolioDecisions.Of(
            new Dictionary<int, ScoreMove[]>
            {
                [3] = [new("dmarc-policy", 2), new("mta-sts", 3)],
                [4] = [new("dmarc-policy", 6), new("spf-all", 2)],
                [5] = [new("dane", 1)],
                [6] = [],
            },
            4);

        Assert.Equal([("dmarc-policy", 2, 2), ("mta-sts", 1, 0.8), ("spf-all", 1, 0.5)], decisions.Select(d => (d.Subtest, d.Domains, d.Points)));
    }

    [Fact]
    public void Decisions_OfManyDomains_NameTheThreeThatGainMost()
    {
        var decision = Assert.Single(PortfolioDecisions.Of(Enumerable.Range(1, 9).ToDictionary(id => id, id => new[] { new ScoreMove("dane", id == 7 ? 4 : 1) }), 9));

        Assert.Equal([7, 1, 2], decision.First);
        Assert.Equal(9, decision.Domains);
    }

    [Fact]
    public void SubtestFindings_NameCodesAndFamiliesThatThereAre()
    {
        foreach (var row in ScoreTable.Rows.Where(r => r.Worst != WorstStatus.Info))
        {
            var source = SubtestFindings.Of(row.Subtest);

            Assert.True(source.Codes.All(c => FamilyCatalogue.Definition(c) is not null), $"{row.Subtest}: {string.Join(", ", source.Codes.Where(c => FamilyCatalogue.Definition(c) is null))}");
            Assert.True(source.Family is null || FamilyCatalogue.Family(source.Family) is not null, row.Subtest);
        }
    }

    [Fact]
    public void Moves_AreReadFromAStoredScore()
    {
        var moves = PortfolioMoves.Parse("""{"value":1,"categories":[],"bestMoves":[{"subtest":"dane","gain":2.5}]}""");

        Assert.Equal([new ScoreMove("dane", 2.5)], moves);
        Assert.Empty(PortfolioMoves.Parse("{}"));
    }

    private static PortfolioStand Day(int day, double mean, int version = 3) => ReportViewTests.Stand(day, 40, mean, version);
}
