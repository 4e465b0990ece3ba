using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Incidents;
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
    private bool _isChecking;

    [Parameter, EditorRequired]
    public AlertView Alert { get; set; } = default!;

    [Inject]
    private IncidentActions Actions { get; set; } = default!;

    [Inject]
    private AuditRunner Runner { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    protected override string Policy => Policies.Operate;

    private string? Note => string.IsNullOrWhiteSpace(_note) ? null : _note.Trim();

    protected override string Failed(string what) => L["Change.Database", what];

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
                Failure = L[$"Check.{results[0]}"];
            }

            return IncidentChange.Done;
        }
        finally
        {
            _isChecking = false;
        }
    });

    private Task DoAsync(Func<string, Task<IncidentChange>> action) => ChangeAsync(async () =>
    {
        var result = await action(await Authorizer.UserNameAsync());
        if (result != IncidentChange.Done)
        {
            Failure = L[$"Change.{result}"];
        }
        else if (Failure is null)
        {
            _note = "";
            Snackbar.Add(L["Change.Done"], MudBlazor.Severity.Success);
        }
    });
}
