using MailDashboard.Monitoring.Mailboxes;
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

    [Inject]
    private PlacementQuery Runs { get; set; } = default!;

    [Inject]
    private PlacementStore Store { get; set; } = default!;

    [Inject]
    private MailboxStore Mailboxes { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? Answer => !IsLoaded ? null : _runs.FirstOrDefault(r => r.EndedAt is not null) is { } last ? PlacementWords.Result(last, L) : L["Run.Answer.None"].Value;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await base.LoadAsync(cancellationToken);
        _runs = await Runs.ListAsync(null, MostRuns, cancellationToken);
        _profiles = await Profiles.ListAsync(cancellationToken);
        var seeds = (await Mailboxes.ListAsync(cancellationToken)).Where(m => m.IsSeed).ToList();

        // All are chosen at first; what is unticked stays so.
        _chosen.UnionWith(seeds.Select(s => s.Id).Except(_seeds.Select(s => s.Id)));
        _chosen.IntersectWith(seeds.Select(s => s.Id));
        _seeds = seeds;
        _profileId = _profiles.Any(p => p.Id == _profileId) ? _profileId : _profiles.Select(p => p.Id).FirstOrDefault();
    }

    private Task StartAsync() => ActAsync(async () =>
    {
        var (id, fault) = await Store.StartAsync(_profileId, _chosen, await Authorizer.UserNameAsync(), Left);
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
