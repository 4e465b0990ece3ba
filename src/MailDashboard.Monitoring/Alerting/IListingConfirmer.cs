using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Takes the second look at a listing.</summary>
public interface IListingConfirmer
{
    /// <summary>Asks the list again, past our cache, its self-test first.</summary>
    Task<AlertLook> LookAgainAsync(Subject listing, CancellationToken cancellationToken);
}

/// <summary>Asks the list itself.</summary>
internal sealed class ListingConfirmer(LiveEngine engine, SettingsStore settings) : IListingConfirmer
{
    public async Task<AlertLook> LookAgainAsync(Subject listing, CancellationToken cancellationToken)
    {
        var blocklists = await settings.GetBlocklistsAsync(cancellationToken);
        if (BlocklistLoad.For(blocklists).Catalogue is not { } catalogue)
        {
            return AlertLook.Undetermined;
        }

        var audit = await engine.GetAuditAsync(cancellationToken);
        var probe = new BlocklistProbe(await engine.GetDnsAsync(cancellationToken), catalogue, blocklists, audit.BlocklistHealth);
        var look = await probe.LookAgainAsync(listing, cancellationToken);
        return look?.State switch
        {
            ListingState.Listed => AlertLook.Present,
            ListingState.NotListed => AlertLook.Absent,
            _ => AlertLook.Undetermined,
        };
    }
}
