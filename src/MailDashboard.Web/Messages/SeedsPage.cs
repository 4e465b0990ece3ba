using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Profiles;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Messages;

/// <summary>What the pages share on which a profile and seeds are chosen.</summary>
public abstract class SeedsPage : MessagesLivePage
{
    protected IReadOnlyList<MailboxView> Seeds { get; private set; } = [];

    protected IReadOnlyList<ProfileView> SendingProfiles { get; private set; } = [];

    /// <summary>Ids of the seeds that are ticked.</summary>
    protected HashSet<int> Chosen { get; } = [];

    protected int ProfileId { get; set; }

    /// <summary>A seed that is new is ticked; what is unticked stays so.</summary>
    protected virtual bool TicksNewSeeds => false;

    [Inject]
    private MailboxStore Mailboxes { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await base.LoadAsync(cancellationToken);
        SendingProfiles = await Profiles.ListAsync(cancellationToken);
        var seeds = (await Mailboxes.ListAsync(cancellationToken)).Where(m => m.IsSeed).ToList();
        if (TicksNewSeeds)
        {
            Chosen.UnionWith(seeds.Select(s => s.Id).Except(Seeds.Select(s => s.Id)));
        }

        Seeds = seeds;
        Chosen.IntersectWith(Seeds.Select(s => s.Id));
        ProfileId = SendingProfiles.Any(p => p.Id == ProfileId) ? ProfileId : SendingProfiles.Select(p => p.Id).FirstOrDefault();
    }
}
