using MailDashboard.Monitoring.Outbox;

namespace MailDashboard.Tests.Monitoring;

public class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(6, 60)]
    [InlineData(70, 60)]
    public void After_EachAttempt_WaitsLonger(int attempts, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), Backoff.After(attempts));
}
