using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Placement;

/// <summary>Starts runs. What is to be sent is a row first; <see cref="PlacementRounds"/> sends it.</summary>
public sealed class PlacementStore(DatabaseWriter writer, SettingsStore settings, ChangeFeed feed, TimeProvider time)
{
    /// <summary>One message to each of these seeds.</summary>
    public async Task<(int? Id, PlacementFault? Fault)> StartAsync(int profileId, IReadOnlyCollection<int> mailboxIds, string? startedBy, CancellationToken cancellationToken)
    {
        var (host, now) = ((await settings.GetAsync(cancellationToken)).PublicHost, time.GetUtcNow());
        var started = await writer.WriteAsync<(int?, PlacementFault?)>(
            async (db, ct) =>
            {
                if (!await db.SmtpProfiles.AnyAsync(p => p.Id == profileId, ct))
                {
                    return (null, PlacementFault.NoProfile);
                }

                var run = await AddAsync(db, null, profileId, mailboxIds, startedBy, host, now, ct);
                return run is null ? (null, PlacementFault.NoMailbox) : (run.Id, null);
            },
            cancellationToken);
        feed.Publish(new DashboardChange(null));
        return started;
    }

    /// <returns>The run; null where none of the seeds is there any more.</returns>
    internal static async Task<PlacementRun?> AddAsync(
        DashboardContext db, int? planId, int profileId, IReadOnlyCollection<int> mailboxIds, string? startedBy, string host, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seeds = await db.Mailboxes.Where(m => m.IsSeed && mailboxIds.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancellationToken);
        if (seeds.Count == 0)
        {
            return null;
        }

        var run = new PlacementRun { PlanId = planId, ProfileId = profileId, StartedBy = startedBy, StartedAt = now, Until = now + PlacementRules.Wait };
        run.Results.AddRange(seeds.Select(s => new PlacementResult { MailboxId = s, MessageId = OutgoingMime.NewMessageId(host) }));
        db.PlacementRuns.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        return run;
    }
}
