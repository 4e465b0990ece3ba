using System.Globalization;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Alerting.Maintenance;

public class MaintenanceCalendarTests
{
    private const int EveryDay = 0x7f;
    private const int Sundays = 1 << 6;
    private static readonly AlertedDomain Shop = new("shop.example", ["production"]);
    private static readonly AlertedDomain Test = new("test.example", ["lab"]);

    [Theory]
    [InlineData("2026-03-01T21:59:00Z", null)]
    [InlineData("2026-03-01T22:00:00Z", "2026-03-01T23:00:00Z")]
    [InlineData("2026-03-01T23:00:00Z", null)]
    [InlineData("2026-03-02T22:00:00Z", null)]
    public void CoveredUntil_Once_HoldsForItsLength(string now, string? end) =>
        Assert.Equal(At(end), MaintenanceCalendar.CoveredUntil([Window(0)], [Shop], At(now)!.Value));

    [Theory]
    // Every day at 23:00 in Paris, from a winter evening on: in summer that is an hour earlier by UTC.
    [InlineData("2026-03-15T22:30:00Z", "2026-03-15T23:00:00Z")]
    [InlineData("2026-07-15T21:30:00Z", "2026-07-15T22:00:00Z")]
    [InlineData("2026-07-15T22:30:00Z", null)]
    [InlineData("2026-02-15T22:30:00Z", null)]
    public void CoveredUntil_EveryDay_KeepsTheHourOnTheWall(string now, string? end) =>
        Assert.Equal(At(end), MaintenanceCalendar.CoveredUntil([Window(EveryDay)], [Shop], At(now)!.Value));

    [Theory]
    [InlineData("2026-03-08T22:10:00Z", true)]
    [InlineData("2026-03-09T22:10:00Z", false)]
    public void CoveredUntil_Sundays_HoldsOnThoseOnly(string now, bool covered) =>
        Assert.Equal(covered, MaintenanceCalendar.CoveredUntil([Window(Sundays)], [Shop], At(now)!.Value) is not null);

    [Fact]
    public void CoveredUntil_PastItsLastStart_HoldsNoMore()
    {
        var window = Window(EveryDay);
        window.EndsAt = At("2026-03-05T00:00:00Z");

        Assert.Null(MaintenanceCalendar.CoveredUntil([window], [Shop], At("2026-03-10T22:10:00Z")!.Value));
    }

    [Fact]
    public void CoveredUntil_OneDomainOfTwo_HoldsNothing()
    {
        var now = At("2026-03-01T22:10:00Z")!.Value;
        var window = Window(0);
        window.Tags = ["production"];

        Assert.NotNull(MaintenanceCalendar.CoveredUntil([window], [Shop], now));
        Assert.Null(MaintenanceCalendar.CoveredUntil([window], [Shop, Test], now));
        Assert.Null(MaintenanceCalendar.CoveredUntil([window], [], now));
        Assert.NotNull(MaintenanceCalendar.CoveredUntil([Window(0)], [], now));
    }

    [Fact]
    public void CoveredUntil_TwoWindows_HoldsUntilTheFirstDomainIsFree()
    {
        var now = At("2026-03-01T22:10:00Z")!.Value;
        var (one, other) = (Window(0), Window(0));
        (one.Domains, other.Domains, other.Minutes) = ([Shop.Name], [Test.Name], 120);

        Assert.Equal(At("2026-03-01T23:00:00Z"), MaintenanceCalendar.CoveredUntil([one, other], [Shop, Test], now));
    }

    [Fact]
    public void CoveredUntil_LongerThanADay_HoldsAcrossMidnight()
    {
        var window = Window(Sundays);
        window.Minutes = 48 * 60;

        Assert.NotNull(MaintenanceCalendar.CoveredUntil([window], [Shop], At("2026-03-10T12:00:00Z")!.Value));
    }

    [Fact]
    public void NextStart_Sundays_IsTheNextSunday() =>
        Assert.Equal(At("2026-03-08T22:00:00Z"), MaintenanceCalendar.NextStart(Window(Sundays), At("2026-03-02T00:00:00Z")!.Value));

    [Fact]
    public void InOrder_OfWhatIsUnderWayToComeAndOver_IsInThisOrder()
    {
        var now = At("2026-03-01T22:10:00Z")!.Value;
        MaintenanceWindow Once(string reason, double hours)
        {
            var window = Window(0);
            (window.Reason, window.StartsAt) = (reason, now.AddHours(hours));
            return window;
        }

        var order = MaintenanceCalendar.InOrder([Once("later", 48), Once("over long ago", -90), Once("under way", -0.5), Once("over", -5), Once("next", 2)], now);

        Assert.Equal(["under way", "next", "later", "over", "over long ago"], order.Select(w => w.Reason));
    }

    // 2026-03-01 is a Sunday; 22:00 UTC is 23:00 in Paris.
    private static MaintenanceWindow Window(int weekDays) => new()
    {
        Reason = "upgrade", StartsAt = At("2026-03-01T22:00:00Z")!.Value, Minutes = 60, WeekDays = weekDays, TimeZone = "Europe/Paris", CreatedBy = "op",
    };

    private static DateTimeOffset? At(string? time) => time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
