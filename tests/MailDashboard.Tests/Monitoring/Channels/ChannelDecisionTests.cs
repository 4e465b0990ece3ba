using MailDashboard.Monitoring.Channels;

namespace MailDashboard.Tests.Monitoring.Channels;

public sealed class ChannelDecisionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, null, null, 0, ChannelNews.Nothing)]
    [InlineData(true, 0, null, 59, ChannelNews.Nothing)]
    [InlineData(true, 0, null, 60, ChannelNews.Fails)]
    [InlineData(true, 0, 60, 61, ChannelNews.Nothing)]
    [InlineData(true, 0, 60, 6000, ChannelNews.Nothing)]
    [InlineData(true, null, 60, 61, ChannelNews.WorksAgain)]
    [InlineData(true, 70, 60, 80, ChannelNews.Nothing)]
    [InlineData(true, 70, 60, 130, ChannelNews.Fails)]
    [InlineData(true, 0, null, -500, ChannelNews.Nothing)]
    [InlineData(false, 0, null, 600, ChannelNews.Nothing)]
    [InlineData(false, 0, 60, 600, ChannelNews.Forget)]
    [InlineData(false, null, 60, 600, ChannelNews.Forget)]
    public void Decide_MinutesOfFailureAndWarning_TellsOnce(bool isEnabled, int? failing, int? warned, int now, ChannelNews expected) =>
        Assert.Equal(expected, ChannelDecision.Decide(isEnabled, At(failing), At(warned), Start.AddMinutes(now)));

    private static DateTimeOffset? At(int? minutes) => minutes is { } m ? Start.AddMinutes(m) : null;
}
