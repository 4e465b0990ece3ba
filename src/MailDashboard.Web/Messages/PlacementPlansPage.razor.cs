using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Placement;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Messages;

/// <summary>Placement tested again and again.</summary>
public sealed partial class PlacementPlansPage
{
    private static readonly int[] Offered = [10, 30, 60, 6 * 60, 12 * 60, 24 * 60, 7 * 24 * 60];

    private readonly HashSet<int> _chosen = [];
    private IReadOnlyList<PlacementPlanView> _plans = [];
    private IReadOnlyList<MailboxView> _seeds = [];
    private IReadOnlyList<ProfileView> _profiles = [];
    private IReadOnlyList<PlacementFault> _faults = [];
    private string _name = "";
    private int _interval = 24 * 60;
    private int _profileId;

    [Inject]
    private PlacementPlans Plans { get; set; } = default!;

    [Inject]
    private MailboxStore Mailboxes { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private string? Answer => !IsLoaded ? null : _plans.Count(p => p.IsEnabled) is > 0 and var running ? L.Count("Plan.Answer", running) : L["Plan.Answer.None"].Value;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await base.LoadAsync(cancellationToken);
        _plans = await Plans.ListAsync(cancellationToken);
        _profiles = await Profiles.ListAsync(cancellationToken);
        _seeds = [.. (await Mailboxes.ListAsync(cancellationToken)).Where(m => m.IsSeed)];
        _chosen.IntersectWith(_seeds.Select(s => s.Id));
        _profileId = _profiles.Any(p => p.Id == _profileId) ? _profileId : _profiles.Select(p => p.Id).FirstOrDefault();
    }

    private string Every(int minutes) => minutes % (24 * 60) == 0 ? L.Count("Every.Days", minutes / (24 * 60)) : minutes % 60 == 0 ? L.Count("Every.Hours", minutes / 60) : L.Count("Every.Minutes", minutes);

    private Task AddAsync() => DoAsync(async () =>
    {
        _faults = await Plans.AddAsync(new PlacementPlanDraft(_name, _profileId, [.. _chosen], _interval), Left);
        if (_faults.Count == 0)
        {
            _name = "";
            _chosen.Clear();
        }
    });

    private Task SwitchAsync(PlacementPlanView plan) => DoAsync(() => Plans.SetEnabledAsync(plan.Id, !plan.IsEnabled, Left));

    private async Task DeleteAsync(PlacementPlanView plan)
    {
        if (await Dialogs.ConfirmAsync(L["Plan.Remove.Title", plan.Name], L["Plan.Remove.Text"], L["Plan.Remove"]))
        {
            await DoAsync(() => Plans.DeleteAsync(plan.Id, Left));
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
