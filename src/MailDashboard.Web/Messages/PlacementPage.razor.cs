using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Placement;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Messages;

/// <summary>In which folder does our mail arrive? A run by hand, and the runs so far.</summary>
public sealed partial class PlacementPage
{
    private const int MostRuns = 50;

    private IReadOnlyList<PlacementRunView> _runs = [];
    private IReadOnlyList<PlacementPlanView> _plans = [];

    [SupplyParameterFromQuery(Name = "plan")]
    private int? Plan { get; set; }

    [Inject]
    private PlacementQuery Runs { get; set; } = default!;

    [Inject]
    private PlacementStore Store { get; set; } = default!;

    [Inject]
    private PlacementPlans Plans { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override bool TicksNewSeeds => true;

    private string? Answer => !IsLoaded ? null : _runs.FirstOrDefault(r => r.EndedAt is not null) is { } last ? PlacementWords.Result(last, L) : L["Run.Answer.None"].Value;

    /// <summary>Runs of which something is known, in the order of time.</summary>
    private List<TrendPoint> Trend =>
        [.. _runs.Where(r => r.EndedAt is not null && r.Determined > 0).OrderBy(r => r.StartedAt).Select(r => new TrendPoint(r.StartedAt, 100d * r.Count(Placement.Inbox) / r.Determined))];

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await base.LoadAsync(cancellationToken);
        _plans = await Plans.ListAsync(cancellationToken);
        _runs = await Runs.ListAsync(Plan, MostRuns, cancellationToken);
    }

    private void Filter(int? plan) => Navigation.NavigateTo(plan is null ? "messages/placement" : $"messages/placement?plan={plan}");

    private Task StartAsync() => ActAsync(async () =>
    {
        var (id, fault) = await Store.StartAsync(ProfileId, Chosen, await Authorizer.UserNameAsync(), Left);
        if (id is { } run)
        {
            Navigation.NavigateTo($"messages/placement/{run}");
        }
        else
        {
            Failure = L[$"Plan.Fault.{fault}"];
        }
    });
}
