using MailDashboard.Monitoring.Placement;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Messages;

/// <summary>Placement tested again and again.</summary>
public sealed partial class PlacementPlansPage
{
    private const int Daily = 24 * 60;
    private static readonly int[] Offered = [10, 30, 60, 6 * 60, 12 * 60, Daily, 7 * Daily];

    private IReadOnlyList<PlacementPlanView> _plans = [];
    private IReadOnlyList<PlacementFault> _faults = [];
    private string _name = "";
    private int _interval = Daily;

    /// <summary>The plan that the form changes; null where it makes a new one.</summary>
    private PlacementPlanView? _changed;

    [Inject]
    private PlacementPlans Plans { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private string? Answer => !IsLoaded ? null : _plans.Count(p => p.IsEnabled) is > 0 and var running ? L.Count("Plan.Answer", running) : L["Plan.Answer.None"].Value;

    /// <summary>One that was set otherwise than by this page stays as it is.</summary>
    private IEnumerable<int> Intervals => Offered.Append(_interval).Distinct().Order();

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await base.LoadAsync(cancellationToken);
        _plans = await Plans.ListAsync(cancellationToken);
    }

    private string Every(int minutes) => minutes % Daily == 0 ? L.Count("Every.Days", minutes / Daily) : minutes % 60 == 0 ? L.Count("Every.Hours", minutes / 60) : L.Count("Every.Minutes", minutes);

    private void Change(PlacementPlanView plan)
    {
        (_changed, _faults, _name, _interval, ProfileId) = (plan, [], plan.Name, plan.IntervalMinutes, plan.ProfileId);
        Chosen.Clear();
        Chosen.UnionWith(plan.Mailboxes.Select(m => m.Id));
    }

    private void Clear()
    {
        (_changed, _faults, _name, _interval) = (null, [], "", Daily);
        Chosen.Clear();
    }

    private Task SaveAsync() => DoAsync(async () =>
    {
        var draft = new PlacementPlanDraft(_name, ProfileId, [.. Chosen], _interval, _changed?.IsEnabled ?? true);
        var faults = _changed is { } plan ? await Plans.ChangeAsync(plan.Id, draft, Left) : await Plans.AddAsync(draft, Left);
        if (faults.Count == 0)
        {
            Clear();
        }

        _faults = faults;
    });

    private Task SwitchAsync(PlacementPlanView plan) => DoAsync(() => Plans.SetEnabledAsync(plan.Id, !plan.IsEnabled, Left));

    private async Task DeleteAsync(PlacementPlanView plan)
    {
        if (await Dialogs.ConfirmAsync(L["Plan.Remove.Title", plan.Name], L["Plan.Remove.Text"], L["Plan.Remove"]))
        {
            await DoAsync(() => Plans.DeleteAsync(plan.Id, Left));
            if (_changed?.Id == plan.Id)
            {
                Clear();
            }
        }
    }

    private Task DoAsync(Func<Task> action)
    {
        _faults = [];
        return ActAsync(async () =>
        {
            await action();
            await ReloadAsync();
        });
    }
}
