using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Alerts;

/// <summary>What operators do about one incident. Each handler asks for the role anew.</summary>
public sealed partial class IncidentPanel
{
    /// <summary>Of the domains behind an incident, so many are looked at again by hand: the rest follow by themselves.</summary>
    private const int MostChecked = 5;

    private string _note = "";
    private int _muteHours = MuteFor.Usual;
    private bool _isBusy;
    private bool _isChecking;
    private string? _problem;

    [Parameter, EditorRequired]
    public AlertView Alert { get; set; } = default!;

    [Inject]
    private IncidentActions Actions { get; set; } = default!;

    [Inject]
    private AuditRunner Runner { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private string? Note => string.IsNullOrWhiteSpace(_note) ? null : _note.Trim();

    private Task MuteAsync() => DoAsync(by => Actions.MuteAsync(Alert.Id, Time.GetUtcNow().AddHours(_muteHours), Note, by, CancellationToken.None));

    private Task CheckAsync() => DoAsync(async by =>
    {
        _isChecking = true;
        StateHasChanged();
        try
        {
            await Actions.CheckedAsync(Alert.Id, by, CancellationToken.None);
            var results = new List<CheckNowResult>();
            foreach (var (id, _) in Alert.Domains.Take(MostChecked))
            {
                results.Add(await Runner.CheckNowAsync(id, null, CancellationToken.None));
            }

            if (results.TrueForAll(r => r != CheckNowResult.Done))
            {
                _problem = L[$"Check.{results[0]}"];
            }

            return IncidentChange.Done;
        }
        finally
        {
            _isChecking = false;
        }
    });

    private async Task DoAsync(Func<string, Task<IncidentChange>> action)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            var result = await action(await Authorizer.UserNameAsync());
            if (result != IncidentChange.Done)
            {
                _problem = L[$"Change.{result}"];
            }
            else if (_problem is null)
            {
                _note = "";
                Snackbar.Add(L["Change.Done"], MudBlazor.Severity.Success);
            }
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _problem = L["Change.Database"];
        }
        finally
        {
            _isBusy = false;
        }
    }
}
