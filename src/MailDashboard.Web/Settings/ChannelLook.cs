using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MailDashboard.Web.Settings;

/// <summary>How a channel is called and shown.</summary>
internal static class ChannelLook
{
    /// <summary>The one made at the first start has a name of ours, in the reader's language.</summary>
    public static string Name(this IStringLocalizer<SettingsTexts> texts, ChannelView channel) =>
        channel.Name == NotificationDefaults.EmailName ? texts[$"Channels.Kind.{channel.Kind}"] : channel.Name;

    public static string Icon(ChannelKind kind) => kind switch
    {
        ChannelKind.Email => Icons.Material.Outlined.Email,
        ChannelKind.Webhook => Icons.Material.Outlined.Webhook,
        ChannelKind.Slack => Icons.Material.Outlined.Tag,
        ChannelKind.Teams => Icons.Material.Outlined.Groups,
        _ => Icons.Material.Outlined.PhoneIphone,
    };
}
