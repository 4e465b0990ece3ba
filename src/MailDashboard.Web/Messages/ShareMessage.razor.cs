using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Messages;

/// <summary>Makes and ends the link of a test.</summary>
public sealed partial class ShareMessage
{
    private static readonly int[] Offered = [1, 7, 30, 90];

    private string? _made;
    private int _days = 7;

    [Parameter, EditorRequired]
    public MessageTestView Test { get; set; } = default!;

    protected override string Policy => Policies.Operate;

    [Inject]
    private MessageTestLinks Links { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private Task CreateAsync() => ChangeAsync(async () =>
    {
        if (await Links.CreateAsync(Test.Id, _days, Gone) is { } token)
        {
            var root = (await Settings.GetAsync(Gone)).PublicUrl ?? Navigation.BaseUri.TrimEnd('/');
            _made = root + SharedMessages.PathOf(token);
        }
    });

    private async Task RevokeAsync()
    {
        if (await Dialogs.ConfirmAsync(M["Share.Revoke.Title"], M["Share.Revoke.Text"], M["Share.Revoke"]))
        {
            await ChangeAsync(async () =>
            {
                await Links.RevokeAsync(Test.Id, Gone);
                _made = null;
            });
        }
    }
}
