using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Alerts;

/// <summary>What operators do about many alerts. It is confirmed first, and each handler asks for the role anew.</summary>
public sealed partial class AlertsAtOnce
{
    private int _muteHours = MuteFor.Usual;
    private bool _isBusy;
    private string? _problem;

    /// <summary>Ids of what can be chosen.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<long> Offered { get; set; } = [];

    [Parameter, EditorRequired]
    public ImmutableHashSet<long> Chosen { get; set; } = [];

    [Parameter]
    public EventCallback<ImmutableHashSet<long>> ChosenChanged { get; set; }

    [Inject]
    private IncidentActions Actions { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private Task ChooseAllAsync(bool isChosen) => ChosenChanged.InvokeAsync(isChosen ? [.. Offered] : []);

    private Task AcknowledgeAsync() => DoAsync("Acknowledge", (ids, by) => Actions.AcknowledgeAsync(ids, by, CancellationToken.None));

    private Task MuteAsync() => DoAsync("Mute", (ids, by) => Actions.MuteAsync(ids, Time.GetUtcNow().AddHours(_muteHours), by, CancellationToken.None));

    private async Task DoAsync(string action, Func<IReadOnlyCollection<long>, string, Task<int>> change)
    {
        // What is confirmed is what is done, though the list may change meanwhile.
        var ids = Chosen;
        _problem = null;
        if (_isBusy || !await Dialogs.ConfirmAsync(L.Count($"Many.{action}.Title", ids.Count), L[$"Many.{action}.Text"], L[$"Act.{action}"], isDanger: false))
        {
            return;
        }

        _isBusy = true;
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            var done = await change(ids, await Authorizer.UserNameAsync());
            if (done == 0)
            {
                _problem = L["Many.Nothing"];
                return;
            }

            Snackbar.Add(L.Count($"Many.{action}.Done", done), MudBlazor.Severity.Success);
            await ChosenChanged.InvokeAsync([]);
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _problem = L["Change.Database", Failures.Say(e)];
        }
        finally
        {
            _isBusy = false;
        }
    }
}
