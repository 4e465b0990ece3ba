using MailDashboard.Monitoring.Persistence.Entities;
using MudBlazor;

namespace MailDashboard.Web.Settings;

/// <summary>How a kind of channel is shown.</summary>
internal static class ChannelLook
{
    public static string Icon(ChannelKind kind) => kind switch
    {
        ChannelKind.Email => Icons.Material.Outlined.Email,
        ChannelKind.Webhook => Icons.Material.Outlined.Webhook,
        ChannelKind.Slack => Icons.Material.Outlined.Tag,
        ChannelKind.Teams => Icons.Material.Outlined.Groups,
        _ => Icons.Material.Outlined.PhoneIphone,
    };
}
