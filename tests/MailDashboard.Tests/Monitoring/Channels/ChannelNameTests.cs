using System.Globalization;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;

namespace MailDashboard.Tests.Monitoring.Channels;

public sealed class ChannelNameTests
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    [Fact]
    public void Of_TheShippedChannel_IsInTheReadersLanguage() => Assert.Equal("Courriel", ChannelName.Of(NotificationDefaults.EmailName, French));

    [Fact]
    public void Of_OneThatSomebodyNamed_IsThatName() => Assert.Equal("Ops", ChannelName.Of("Ops", French));
}
