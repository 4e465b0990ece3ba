using System.Globalization;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Reports;

namespace MailDashboard.Tests.Monitoring.Reports;

public sealed class ReportScheduleTests
{
    [Theory]
    [InlineData(ReportKind.Digest, 7, "UTC", "2026-03-01T06:59:59Z", "2026-03-01T07:00:00Z")]
    [InlineData(ReportKind.Digest, 7, "UTC", "2026-03-01T07:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData(ReportKind.Digest, 0, "UTC", "2026-12-31T23:59:00Z", "2027-01-01T00:00:00Z")]
    [InlineData(ReportKind.Weekly, 7, "UTC", "2026-03-02T07:00:00Z", "2026-03-09T07:00:00Z")]
    [InlineData(ReportKind.Weekly, 23, "UTC", "2026-03-02T07:00:00Z", "2026-03-02T23:00:00Z")]
    [InlineData(ReportKind.Monthly, 7, "UTC", "2026-01-31T12:00:00Z", "2026-02-01T07:00:00Z")]
    [InlineData(ReportKind.Monthly, 7, "UTC", "2026-02-01T07:00:00Z", "2026-03-01T07:00:00Z")]
    [InlineData(ReportKind.Monthly, 7, "UTC", "2026-12-01T07:00:01Z", "2027-01-01T07:00:00Z")]
    // A Monday in Auckland begins on Sunday in UTC.
    [InlineData(ReportKind.Weekly, 7, "Pacific/Auckland", "2026-02-28T00:00:00Z", "2026-03-01T18:00:00Z")]
    [InlineData(ReportKind.Monthly, 20, "America/Los_Angeles", "2026-03-31T12:00:00Z", "2026-04-02T03:00:00Z")]
    // Winter and summer: seven on the wall is seven.
    [InlineData(ReportKind.Digest, 7, "Europe/Paris", "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData(ReportKind.Digest, 7, "Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z")]
    // Half past two does not exist on 29 March, and two to three comes twice on 25 October: once each.
    [InlineData(ReportKind.Digest, 2, "Europe/Paris", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData(ReportKind.Digest, 2, "Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData(ReportKind.Digest, 2, "Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z")]
    [InlineData(ReportKind.Digest, 2, "Europe/Paris", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z")]
    // Midnight is what the clocks skip in Beirut.
    [InlineData(ReportKind.Digest, 0, "Asia/Beirut", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z")]
    [InlineData(ReportKind.Digest, 7, "No/Where", "2026-03-01T00:00:00Z", "2026-03-01T07:00:00Z")]
    public void Next_ByTheClockOnTheWall_IsTheFirstAfter(ReportKind kind, int hour, string zone, string after, string expected) =>
        Assert.Equal(At(expected), ReportSchedule.Next(kind, hour, zone, At(after)));

    [Theory]
    [InlineData(ReportKind.Monthly, "UTC", "2026-03-01T07:00:00Z", "2026-02-01", "2026-02-28")]
    [InlineData(ReportKind.Weekly, "UTC", "2026-03-02T07:00:00Z", "2026-02-23", "2026-03-01")]
    // Sent late, it is still about the month before.
    [InlineData(ReportKind.Monthly, "UTC", "2026-03-04T07:00:00Z", "2026-02-01", "2026-02-28")]
    // The first of the month where the reader is.
    [InlineData(ReportKind.Monthly, "Pacific/Auckland", "2026-02-28T18:00:00Z", "2026-02-01", "2026-02-28")]
    [InlineData(ReportKind.Monthly, "America/Los_Angeles", "2026-04-02T03:00:00Z", "2026-03-01", "2026-03-31")]
    public void Period_OfAReport_IsTheOneThatIsOver(ReportKind kind, string zone, string now, string first, string last)
    {
        var period = ReportSchedule.Period(kind, zone, At(now));

        Assert.Equal((first, last), (period.From.ToString("O", CultureInfo.InvariantCulture), period.LastDay.ToString("O", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("2026-03-02T07:00:00Z", false)]
    [InlineData("2026-03-03T07:00:00Z", false)]
    [InlineData("2036-03-01T07:00:00Z", true)]
    public void IsAstray_WhereTheClockWasSetBackFar_IsSeen(string nextAt, bool expected)
    {
        var subscription = new ReportSubscription { Kind = ReportKind.Digest, Address = "a@example.org", Language = "en", NextAt = At(nextAt) };

        Assert.Equal(expected, ReportSchedule.IsAstray(subscription, At("2026-03-01T12:00:00Z")));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
