using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Probing;

public class Port25VantageTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void IsProbablyBlocked_ThreeDistinctSilentServers_IsTrue()
    {
        var vantage = new Port25Vantage(_time);

        Record(vantage, 1, ConnectStatus.TimedOut);
        Record(vantage, 1, ConnectStatus.TimedOut);
        Record(vantage, 2, ConnectStatus.TimedOut);
        Assert.False(vantage.IsProbablyBlocked);

        Record(vantage, 3, ConnectStatus.TimedOut);
        Assert.True(vantage.IsProbablyBlocked);
        Assert.False(vantage.IsProven);
    }

    [Fact]
    public void IsProven_OneReached_ForADay()
    {
        var vantage = new Port25Vantage(_time);
        foreach (var i in Enumerable.Range(1, 5))
        {
            Record(vantage, i, ConnectStatus.TimedOut);
        }

        Record(vantage, 9, ConnectStatus.Connected);
        Assert.True(vantage.IsProven);
        Assert.False(vantage.IsProbablyBlocked);

        _time.Advance(TimeSpan.FromHours(25));
        Assert.False(vantage.IsProven);
        Assert.False(vantage.IsProbablyBlocked);
    }

    [Theory]
    [InlineData(ConnectStatus.Refused)]
    [InlineData(ConnectStatus.Guarded)]
    [InlineData(ConnectStatus.Unreachable)]
    public void Record_OtherEnds_ProveNothing(ConnectStatus status)
    {
        var vantage = new Port25Vantage(_time);
        foreach (var i in Enumerable.Range(1, 5))
        {
            Record(vantage, i, status);
        }

        Assert.False(vantage.IsProven || vantage.IsProbablyBlocked);
    }

    private void Record(Port25Vantage vantage, int host, ConnectStatus status) =>
        vantage.Record(IPAddress.Parse($"192.0.2.{host}"), status, _time.GetUtcNow());
}
