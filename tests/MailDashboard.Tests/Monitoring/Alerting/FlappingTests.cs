using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Alerting;

/// <summary>A day of a list that comes and goes, audited every quarter of an hour, with the second looks that are due in between.</summary>
public class FlappingTests
{
    private static readonly AlertTimes Times = new();
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, 20)]
    [InlineData(90, 60)]
    [InlineData(120, 120)]
    [InlineData(300, 300)]
    [InlineData(600, 1200)]
    [InlineData(900, 900)]
    [InlineData(1200, 1500)]
    [InlineData(1799, 1799)]
    [InlineData(3000, 300)]
    [InlineData(3600, 3600)]
    [InlineData(7, 11)]
    public void Decide_AListThatComesAndGoes_TellsOfOnePairAnHourAtMost(int secondsListed, int secondsNot)
    {
        var (opened, resolved) = Day(secondsListed, secondsNot);

        Assert.All(opened.Zip(opened.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Times.Hold, $"{pair.First:T} and {pair.Second:T}"));
        Assert.InRange(resolved.Count, Math.Max(0, opened.Count - 1), opened.Count);
        Assert.All(opened.Zip(resolved), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void Decide_AListThatComesAndGoes_IsToldOfAllTheSame() => Assert.InRange(Day(900, 900).Opened.Count, 12, 24);

    private static (List<DateTimeOffset> Opened, List<DateTimeOffset> Resolved) Day(int secondsListed, int secondsNot)
    {
        var (opened, resolved) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());
        AlertState? state = null;
        for (var second = 0; second < 24 * 3600; second++)
        {
            var now = Start.AddSeconds(second);
            var isSecondLook = state is { Status: AlertStatus.Pending or AlertStatus.Resolving, NextLookAt: { } due } && due <= now;
            if (!isSecondLook && second % 900 != 0)
            {
                continue;
            }

            var look = second % (secondsListed + secondsNot) < secondsListed ? AlertLook.Present : AlertLook.Absent;
            var observation = new AlertObservation(look, isSecondLook, opened.Count > 0 ? opened[^1] : null);
            (state, var action) = AlertDecision.Decide(state, observation, AlertThresholds.Listing, Times, now, second % 16 / 15.0);
            (action switch { AlertAction.Open => opened, AlertAction.Resolve => resolved, _ => null })?.Add(now);
        }

        return (opened, resolved);
    }
}
