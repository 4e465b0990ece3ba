using System.Globalization;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace MailDashboard.Web.Settings;

/// <summary>How the dashboard sends, and the proof that it can.</summary>
public sealed partial class SendingSettings
{
    private static readonly int[] _usualPorts = [465, 587, 25];
    private ProfileView? _profile;
    private Form? _form;
    private ProfileTestResult? _result;
    private string _recipient = "";
    private string _testedRecipient = "";
    private bool _isTesting;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private ProfileTester Tester { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Answer => _profile switch
    {
        null => L["Sending.None"],
        { LastTestOkAt: not null } => L["Sending.Works"],
        _ => L["Sending.Untested"],
    };

    protected override async Task OnInitializedAsync()
    {
        _recipient = (await Authentication).User.Identity?.Name ?? "";
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _profile = await Profiles.GetForNoticesAsync(Gone);
        _form = new Form(_profile);
    }

    /// <summary>Follows the usual port of the encryption, as long as nobody typed one of their own.</summary>
    private void ProposePort()
    {
        if (_form is { } form && _usualPorts.Contains(form.Port))
        {
            form.Port = form.Security switch
            {
                TransportSecurity.ImplicitTls => 465,
                TransportSecurity.StartTls => 587,
                _ => 25,
            };
        }
    }

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        if (Show((await Profiles.SaveAsync(_profile?.Id, _form!.Draft(), Gone)).Problems))
        {
            Say(S["Saved"]);
            _result = null;
            await LoadAsync();
        }
    });

    private Task TestAsync() => ChangeAsync(async () =>
    {
        _isTesting = true;
        StateHasChanged();
        try
        {
            _testedRecipient = _recipient.Trim();
            _result = await Tester.SendTestAsync(_testedRecipient, CultureInfo.CurrentUICulture, Gone);
            Show(_result.Problems);
            _profile = await Profiles.GetForNoticesAsync(Gone);
        }
        finally
        {
            _isTesting = false;
        }
    });

    private async Task DeleteAsync()
    {
        if (await Dialogs.ConfirmAsync(L["Sending.Delete"], L["Sending.Delete.Text"], L["Sending.Delete"]))
        {
            await ChangeAsync(async () =>
            {
                await Profiles.DeleteAsync(_profile!.Id, Gone);
                _result = null;
                await LoadAsync();
            });
        }
    }

    private bool Show(IReadOnlyList<ProfileProblem> problems)
    {
        foreach (var problem in problems)
        {
            Errors[problem.Field] = L[$"ProfileFault.{problem.Fault}"];
        }

        return problems.Count == 0;
    }

    private sealed class Form(ProfileView? profile)
    {
        public string Host { get; set; } = profile?.Host ?? "";

        public int Port { get; set; } = profile?.Port ?? 587;

        public TransportSecurity Security { get; set; } = profile?.Security ?? TransportSecurity.StartTls;

        public string? UserName { get; set; } = profile?.SignIn.UserName;

        /// <summary>Only ever what was typed now.</summary>
        public string? Password { get; set; }

        public string SenderAddress { get; set; } = profile?.SenderAddress ?? "";

        public string? SenderName { get; set; } = profile?.SenderName;

        public ProfileDraft Draft() => new()
        {
            Name = Host,
            Host = Host,
            Port = Port,
            Security = Security,
            UserName = UserName,
            Password = Password,
            SenderAddress = SenderAddress,
            SenderName = SenderName,
        };
    }
}
