using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Tests.Monitoring.Portfolio;

public class PortfolioLedgerTests
{
    private static readonly DateOnly First = new(2026, 3, 1);
    private readonly PortfolioLedger _ledger = new(First, First.AddDays(4), ["", "shop"]);

    [Fact]
    public void Score_HoldsFromItsDayUntilTheNext()
    {
        _ledger.AddDomain([0], At(-10));
        _ledger.AddScore([0], At(-5), At(1, 12), 80.5, "B", 2);
        _ledger.AddScore([0], At(1, 12), At(1, 18), 20, "E", 2);
        _ledger.AddScore([0], At(1, 18), null, 90.1, "A", 3);

        var rows = Rows("");

        Assert.Equal([80.5, 90.1, 90.1, 90.1, 90.1], rows.Select(r => r.ScoreSum));
        Assert.Equal(["{\"B\":1}", "{\"A\":1}"], rows.Take(2).Select(r => r.GradesJson));
        Assert.Equal([2, 3, 3], rows.Take(3).Select(r => r.TableVersion));
        Assert.All(rows, r => Assert.Equal((1, 1), (r.DomainCount, r.ScoredCount)));
    }

    [Fact]
    public void Sum_OfManyChanges_LosesNothing()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _ledger.AddDomain([0], At(0));
            _ledger.AddScore([0], At(0), At(2), 33.3, "E", 1);
            _ledger.AddScore([0], At(2), null, 0.1, "E", 1);
        }

        Assert.Equal([333_000, 333_000, 1000, 1000, 1000], Rows("").Select(r => r.ScoreSum));
    }

    [Fact]
    public void Tags_HaveTheirOwnColumn_AndNoRowWithoutDomains()
    {
        _ledger.AddDomain([0, 1], At(2, 9));
        _ledger.AddDomain([0], At(0));
        _ledger.AddScore([0, 1], At(3), null, 50, "D", 1);

        Assert.Equal([1, 1, 2, 2, 2], Rows("").Select(r => r.DomainCount));
        Assert.Equal([(2, 0), (3, 1), (4, 1)], Rows("shop").Select(r => (r.Day.DayNumber - First.DayNumber, r.ScoredCount)));
    }

    [Fact]
    public void Listings_OfOneDomain_CountADayOnce_AndTheDayOfTheEndToo()
    {
        _ledger.AddDomain([0], At(-1));
        _ledger.AddListings([0], [(At(-3), At(0, 8)), (At(0, 9), At(1, 1)), (At(1, 2), At(1, 3)), (At(4), null)]);

        Assert.Equal([1, 1, 0, 0, 1], Rows("").Select(r => r.ListedCount));
    }

    [Fact]
    public void Problems_OverByTheEndOfTheDay_DoNotCount()
    {
        _ledger.AddDomain([0], At(-1));
        _ledger.AddProblem([0], At(1, 8), At(1, 9));
        _ledger.AddProblem([0], At(2, 8), At(4, 1));

        Assert.Equal([0, 0, 1, 1, 0], Rows("").Select(r => r.ProblemCount));
    }

    [Fact]
    public void OutsideTheDays_CountsNothing()
    {
        _ledger.AddDomain([0], At(-1));
        _ledger.AddScore([0], At(-9), At(-3), 10, "E", 1);
        _ledger.AddScore([0], At(9), null, 10, "E", 1);
        _ledger.AddListings([0], [(At(-9), At(-8)), (At(7), null)]);

        Assert.All(Rows(""), r => Assert.Equal((0, 0, 0), (r.ScoredCount, (int)r.ScoreSum, r.ListedCount)));
    }

    private static DateTimeOffset At(int day, int hour = 0) => new(First.AddDays(day), new TimeOnly(hour, 0), TimeSpan.Zero);

    private List<PortfolioDay> Rows(string tag) => [.. _ledger.Rows().Where(r => r.Tag == tag)];
}
