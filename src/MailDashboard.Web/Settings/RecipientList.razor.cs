using System.Globalization;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>Who is told by a channel of e-mail, and in which language.</summary>
public sealed partial class RecipientList
{
    private IReadOnlyList<AlertRecipient>? _recipients;
    private ProfileTestResult? _result;
    private string _address = "";
    private string _language = Languages.Current;
    private bool _hasProfile;
    private int? _testing;

    [Parameter, EditorRequired]
    public int ChannelId { get; set; }

    [Inject]
    private RecipientStore Store { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private ProfileTester Tester { get; set; } = default!;

    private string Answer => (_recipients?.Count(r => r.IsEnabled) ?? 0) switch
    {
        0 => L["Recipients.Answer.None"],
        1 => L["Recipients.Answer.One"],
        var count => L["Recipients.Answer.Many", count],
    };

    protected override async Task OnInitializedAsync()
    {
        _hasProfile = await Profiles.GetForNoticesAsync(Gone) is not null;
        await LoadAsync();
    }

    private async Task LoadAsync() => _recipients = await Store.ListAsync(ChannelId, Gone);

    private Task AddAsync() => ChangeAsync(async () =>
    {
        var result = await Store.AddAsync(_address, _language, ChannelId, Gone);
        if (result == RecipientChange.Done)
        {
            Say(L["Recipients.Added", _address.Trim()]);
            _address = "";
        }
        else
        {
            Errors["Address"] = L[$"Recipients.{result}"];
        }

        await LoadAsync();
    });

    private Task UpdateAsync(AlertRecipient recipient, string? language, bool isEnabled) => ChangeAsync(async () =>
    {
        await Store.UpdateAsync(recipient.Id, language ?? recipient.Language, isEnabled, Gone);
        await LoadAsync();
    });

    private Task TestAsync(AlertRecipient recipient) => ChangeAsync(async () =>
    {
        _testing = recipient.Id;
        StateHasChanged();
        try
        {
            _result = await Tester.SendTestAsync(recipient.Address, CultureInfo.GetCultureInfo(recipient.Language), Gone);
            if (_result.IsAccepted)
            {
                Say(L["Test.Accepted", recipient.Address]);
            }
        }
        finally
        {
            _testing = null;
        }
    });

    private async Task DeleteAsync(AlertRecipient recipient)
    {
        if (await Dialogs.ConfirmAsync(L["Recipients.Remove", recipient.Address], L["Recipients.Remove.Text"], L["Remove"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.DeleteAsync(recipient.Id, Gone);
                await LoadAsync();
            });
        }
    }
}
