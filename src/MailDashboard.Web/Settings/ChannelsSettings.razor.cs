using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>Every way to reach people, and whether it works.</summary>
public sealed partial class ChannelsSettings
{
    private IReadOnlyList<ChannelView>? _channels;
    private ChannelTestResult? _result;
    private int? _testing;

    /// <summary>Draws the rows anew: a box that was ticked and then not meant shows again what is stored.</summary>
    private int _version;

    [Inject]
    private ChannelStore Store { get; set; } = default!;

    [Inject]
    private ChannelTester Tester { get; set; } = default!;

    private string? Answer
    {
        get
        {
            var used = _channels?.Where(c => c.IsEnabled).ToList();
            return used switch
            {
                null => null,
                [] => L["Channels.Answer.None"],
                _ when used.Count(c => c.FailingSince is not null) is > 0 and var failing => L.Count("Channels.Answer.Failing", failing),
                _ when used.Count(c => c.LastOkAt is null) is > 0 and var untested => L.Count("Channels.Answer.Untested", untested),
                _ => L.Count("Channels.Answer.Works", used.Count),
            };
        }
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _channels = await Store.ListAsync(Gone);

    private string Where(ChannelView channel) => channel.Kind == ChannelKind.Email
        ? L.Count("Channels.Recipients", channel.Recipients)
        : $"{L[$"Channels.Kind.{channel.Kind}"]} · {channel.UrlHost}";

    private Task TestAsync(ChannelView channel) => ChangeAsync(async () =>
    {
        (_testing, _result) = (channel.Id, null);
        StateHasChanged();
        try
        {
            _result = await Tester.TestAsync(channel.Id, Gone);
        }
        finally
        {
            _testing = null;
        }

        await LoadAsync();
    });

    private async Task SetEnabledAsync(ChannelView channel, bool isEnabled)
    {
        if (isEnabled || channel.Waiting == 0 || await Dialogs.ConfirmAsync(L["Channels.SwitchOff", ChannelName.ForReader(channel.Name)], L.Count("Channels.SwitchOff.Text", channel.Waiting), L["Channels.SwitchOff.Do"]))
        {
            await ChangeAsync(() => Store.SetEnabledAsync(channel.Id, isEnabled, Gone));
        }

        _version++;
        await LoadAsync();
    }
}
