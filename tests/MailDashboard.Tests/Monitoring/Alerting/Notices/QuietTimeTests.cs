using System.Globalization;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Alerting.Rules;

namespace MailDashboard.Tests.Monitoring.Alerting.Notices;

public class QuietTimeTests
{
    [Theory]
    // Paris: one hour ahead in winter, two in summer.
    [InlineData("2026-01-10T20:59:00Z", "22:00", "07:00", null)]
    [InlineData("2026-01-10T21:00:00Z", "22:00", "07:00", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T05:59:00Z", "22:00", "07:00", "2026-01-11T06:00:00Z")]
    [InlineData("2026-01-11T06:00:00Z", "22:00", "07:00", null)]
    [InlineData("2026-07-10T20:00:00Z", "22:00", "07:00", "2026-07-11T05:00:00Z")]
    [InlineData("2026-07-10T11:00:00Z", "12:00", "14:00", "2026-07-10T12:00:00Z")]
    // The night on which the clocks go forward, and one end that they skip.
    [InlineData("2026-03-28T22:00:00Z", "22:00", "07:00", "2026-03-29T05:00:00Z")]
    [InlineData("2026-03-29T00:30:00Z", "22:00", "02:30", "2026-03-29T01:00:00Z")]
    [InlineData("2026-07-10T20:00:00Z", "08:00", "08:00", null)]
    public void Until_ByTheClockOnTheWall_IsTheEndThatHoldsNow(string now, string from, string to, string? end)
    {
        var quiet = new QuietHours(Minute(from), Minute(to), "Europe/Paris", null);

        var until = QuietTime.Until(quiet, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), until);
    }

    [Fact]
    public void Zone_Unknown_IsUtc() => Assert.Equal(TimeZoneInfo.Utc, QuietTime.Zone("Mars/Olympus"));

    private static int Minute(string time) => (int)TimeSpan.Parse(time, CultureInfo.InvariantCulture).TotalMinutes;
}
