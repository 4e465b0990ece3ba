using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Tests.Monitoring.Portfolio;

public class ReportPeriodTests
{
    private static readonly DateOnly Today = new(2026, 3, 14);

    [Theory]
    [InlineData(null, "2026-03-01", "2026-03-15", "2026-02-15")]
    [InlineData("month", "2026-03-01", "2026-03-15", "2026-02-15")]
    [InlineData("nonsense", "2026-03-01", "2026-03-15", "2026-02-15")]
    [InlineData("last-month", "2026-02-01", "2026-03-01", "2026-01-04")]
    [InlineData("quarter", "2025-12-15", "2026-03-15", "2025-09-16")]
    [InlineData("year", "2025-03-15", "2026-03-15", "2024-03-15")]
    [InlineData("last-week", "2026-03-07", "2026-03-14", "2026-02-28")]
    public void Parse_AWord_IsARangeAndTheOneBefore(string? key, string from, string to, string before)
    {
        var period = ReportPeriod.Parse(key, null, null, Today);

        Assert.Equal((Day(from), Day(to), Day(before), Day(from)), (period.From, period.To, period.Before.From, period.Before.To));
    }

    [Theory]
    [InlineData("2026-01-05", "2026-01-12", "2026-01-05", "2026-01-12")]
    [InlineData("2026-01-12", "2026-01-05", "2026-01-04", "2026-01-05")]
    [InlineData("2026-03-10", "2031-01-01", "2026-03-10", "2026-03-15")]
    [InlineData("2030-01-01", "2031-01-01", "2026-03-14", "2026-03-15")]
    [InlineData("0001-01-01", "0001-01-02", "2024-03-13", "2024-03-14")]
    [InlineData("0001-01-01", "9999-12-31", "2024-03-13", "2026-03-15")]
    [InlineData("'; DROP", "2026-01-05", "2026-03-01", "2026-03-15")]
    public void Parse_ChosenDays_AreCutToWhatThereCanBe(string from, string to, string first, string end)
    {
        var period = ReportPeriod.Parse("days", from, to, Today);

        Assert.Equal((Day(first), Day(end)), (period.From, period.To));
    }

    [Fact]
    public void Month_OnItsFirstDay_IsThatDay() => Assert.Equal(1, ReportPeriod.Of(PeriodKind.ThisMonth, new DateOnly(2026, 3, 1)).Days);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
