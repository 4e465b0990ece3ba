using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>A place to go.</summary>
/// <param name="Key">Of its name in the texts.</param>
public sealed record NavEntry(string Href, string Key, string Icon, string Policy, NavLinkMatch Match = NavLinkMatch.Prefix);

/// <summary>Where one can go: the navigation and the search read the same list.</summary>
public static class NavEntries
{
    public static IReadOnlyList<NavEntry> Main { get; } =
    [
        new("", "Nav.Overview", Icons.Material.Outlined.SpaceDashboard, Policies.View, NavLinkMatch.All),
        new("domains", "Nav.Domains", Icons.Material.Outlined.Dns, Policies.View),
        new("blocklists", "Nav.Blocklists", Icons.Material.Outlined.GppMaybe, Policies.View),
        new("compliance", "Nav.Compliance", Icons.Material.Outlined.Rule, Policies.View),
        new("messages", "Nav.Messages", Icons.Material.Outlined.MarkEmailRead, Policies.View),
        new("alerts", "Nav.Alerts", Icons.Material.Outlined.NotificationsActive, Policies.View),
        new("reports", "Nav.Reports", Icons.Material.Outlined.Insights, Policies.View),
        new("wizard", "Nav.Wizard", Icons.Material.Outlined.Checklist, Policies.Administer),
        new("toolbox", "Nav.Toolbox", Icons.Material.Outlined.Handyman, Policies.Operate),
    ];

    public static IReadOnlyList<NavEntry> Settings { get; } =
    [
        new("settings/general", "Nav.General", Icons.Material.Outlined.Tune, Policies.Administer),
        new("profiles", "Nav.Sending", Icons.Material.Outlined.Outbox, Policies.Administer),
        new("settings/mailboxes", "Nav.Mailboxes", Icons.Material.Outlined.AllInbox, Policies.Administer),
        new("settings/channels", "Nav.Channels", Icons.Material.Outlined.Campaign, Policies.Administer),
        new("settings/reports", "Nav.ReportMails", Icons.Material.Outlined.ScheduleSend, Policies.Administer),
        new("settings/resolver", "Nav.Resolver", Icons.Material.Outlined.Hub, Policies.Administer),
        new("settings/blocklists", "Nav.Lists", Icons.Material.Outlined.FactCheck, Policies.Administer),
        new("settings/people", "Nav.People", Icons.Material.Outlined.Group, Policies.Administer),
        new("settings/about", "Nav.About", Icons.Material.Outlined.Info, Policies.Administer),
    ];
}
