using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Placement;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Messages;

/// <summary>In which folder does our mail arrive? A run by hand, and the runs so far.</summary>
public sealed partial class PlacementPage
{
    private const int MostRuns = 50;

    private readonly HashSet<int> _chosen = [];
    private IReadOnlyList<MailboxView> _seeds = [];
    private IReadOnlyList<ProfileView> _profiles = [];
    private IReadOnlyList<PlacementRunView> _runs = [];
    private int _profileId;
    private bool _busy;
    private bool _seesServers;
    private string? _failure;

    [Inject]
    private PlacementQuery Runs { get; set; } = default!;

    [Inject]
    private PlacementStore Store { get; set; } = default!;

    [Inject]
    private MailboxStore Mailboxes { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Answer => !IsLoaded ? null : _runs.FirstOrDefault(r => r.EndedAt is not null) is { } last ? PlacementWords.Result(last, L) : L["Run.Answer.None"].Value;

    protected override bool Concerns(DashboardChange change) => change.DomainId is null;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _seesServers = await Authorizer.IsAllowedAsync(Policies.Operate, cancellationToken);
        _runs = await Runs.ListAsync(null, MostRuns, cancellationToken);
        _profiles = await Profiles.ListAsync(cancellationToken);
        var seeds = (await Mailboxes.ListAsync(cancellationToken)).Where(m => m.IsSeed).ToList();

        // All are chosen at first; what is unticked stays so.
        _chosen.UnionWith(seeds.Select(s => s.Id).Except(_seeds.Select(s => s.Id)));
        _chosen.IntersectWith(seeds.Select(s => s.Id));
        _seeds = seeds;
        _profileId = _profiles.Any(p => p.Id == _profileId) ? _profileId : _profiles.Select(p => p.Id).FirstOrDefault();
    }

    private async Task StartAsync()
    {
        (_busy, _failure) = (true, null);
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            var (id, fault) = await Store.StartAsync(_profileId, _chosen, await Authorizer.UserNameAsync(), Left);
            if (id is { } run)
            {
                Navigation.NavigateTo($"messages/placement/{run}");
            }
            else
            {
                _failure = L[$"Plan.Fault.{fault}"];
            }
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _failure = L["Change.Database"];
        }
        finally
        {
            _busy = false;
        }
    }
}
