using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Profiles;

/// <summary>Connects a stored account, of whichever table.</summary>
public sealed partial class ConnectAccount
{
    private Uri? _returnAddress;
    private DeviceCode? _code;
    private ConnectResult? _result;
    private CancellationTokenSource? _waiting;

    /// <summary>Which.</summary>
    [Parameter, EditorRequired]
    public AccountReference Account { get; set; } = default!;

    /// <summary>As it is stored.</summary>
    [Parameter, EditorRequired]
    public SignInView Stored { get; set; } = default!;

    /// <summary>It is connected now.</summary>
    [Parameter]
    public EventCallback OnConnected { get; set; }

    [Inject]
    private AccountConnections Connections { get; set; } = default!;

    [Inject]
    private DeviceConnections Devices { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IStringLocalizer<ProfileTexts> P { get; set; } = default!;

    private bool CanUseBrowser => _returnAddress is not null && Stored.AuthorizationEndpoint is not null;

    protected override async Task OnInitializedAsync() => _returnAddress = await Connections.ReturnAddressAsync(Gone);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _waiting?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task LeaveAsync() => ChangeAsync(async () =>
    {
        var (ticket, failure) = await Connections.BeginAsync(Account, await Authorizer.UserIdAsync() ?? "", Gone);
        _result = failure is { } end ? new ConnectResult(end, Account) : null;
        if (ticket is not null)
        {
            Navigation.NavigateTo($"profiles/connect?ticket={Uri.EscapeDataString(ticket)}", forceLoad: true);
        }
    });

    private Task AskForCodeAsync() => ChangeAsync(async () =>
    {
        (_code, _result) = await Devices.BeginAsync(Account, Gone);
        if (_code is { } code)
        {
            StateHasChanged();
            await WaitAsync(code);
        }
    });

    private async Task WaitAsync(DeviceCode code)
    {
        _waiting = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        try
        {
            _result = await Devices.EndAsync(Account, code, _waiting.Token);
        }
        catch (OperationCanceledException) when (!Gone.IsCancellationRequested)
        {
            // The person has changed their mind.
        }
        finally
        {
            _code = null;
            _waiting.Dispose();
            _waiting = null;
        }

        if (_result?.End == ConnectEnd.Connected)
        {
            await OnConnected.InvokeAsync();
        }
    }

    private void Cancel() => _waiting?.Cancel();
}
