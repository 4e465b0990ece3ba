using MailDashboard.Monitoring.Alerting;
using Microsoft.Extensions.Configuration;

namespace MailDashboard.Tests.Monitoring.Alerting;

public class AlertTimesTests
{
    [Theory]
    [InlineData(null, 60, 75, 8)]
    [InlineData("2", 2, 2, 2)]
    [InlineData("0", 1, 1, 1)]
    [InlineData("86400", 600, 600, 8)]
    public void Of_SecondLookSeconds_MovesTheSecondLookOnly(string? seconds, int after, int within, int settle)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(AlertTimes.SecondLookKey, seconds)])
            .Build();

        var rule = AlertTimes.Of(configuration);

        Assert.Equal(new AlertTimes { ConfirmAfter = TimeSpan.FromSeconds(after), ConfirmWithin = TimeSpan.FromSeconds(within), Settle = TimeSpan.FromSeconds(settle) }, rule);
    }
}
