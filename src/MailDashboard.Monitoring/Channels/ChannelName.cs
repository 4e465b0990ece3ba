using System.Globalization;
using MailDashboard.Monitoring.Persistence;

namespace MailDashboard.Monitoring.Channels;

/// <summary>How a channel is called: by its own name; the one made at the first start in the reader's language, until somebody names it.</summary>
public static class ChannelName
{
    public static string Of(string name, CultureInfo culture) => name == NotificationDefaults.EmailName ? new ChannelTexts(culture)["Name.Email"] : name;

    /// <summary>In the language of the page.</summary>
    public static string ForReader(string name) => Of(name, CultureInfo.CurrentUICulture);
}
