using MailDashboard.Monitoring.Portfolio;

namespace MailDashboard.Tests.Monitoring.Portfolio;

public class MissingDaysTests
{
    private static readonly DateOnly Today = new(2026, 3, 14);

    [Theory]
    [InlineData(null, null, false, null, null)]
    [InlineData(0, null, false, null, null)]
    [InlineData(-1, null, false, -1, -1)]
    [InlineData(-9, null, false, -9, -1)]
    [InlineData(-9, -4, false, -3, -1)]
    [InlineData(-9, -1, false, null, null)]
    [InlineData(-9, -1, true, -1, -1)]
    [InlineData(-9, -4, true, -3, -1)]
    [InlineData(-2000, null, false, -731, -1)]
    [InlineData(-2000, -1500, false, -731, -1)]
    [InlineData(3, null, false, null, null)]
    public void Of_FirstAndLast_GivesWhatIsMissing(int? first, int? last, bool isDoubtful, int? from, int? to) =>
        Assert.Equal(
            from is null ? null : new MissingDays(Day(from)!.Value, Day(to)!.Value),
            MissingDays.Of(Today, Day(first), Day(last), isDoubtful));

    [Fact]
    public void Limits_BeginAtMidnight()
    {
        var limits = RetentionLimits.Of(new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero), 24);

        Assert.Equal(new DateTimeOffset(2025, 12, 14, 0, 0, 0, TimeSpan.Zero), limits.ThinBefore);
        Assert.Equal(new DateTimeOffset(2024, 3, 14, 0, 0, 0, TimeSpan.Zero), limits.DropBefore);
    }

    private static DateOnly? Day(int? offset) => offset is { } days ? Today.AddDays(days) : null;
}
