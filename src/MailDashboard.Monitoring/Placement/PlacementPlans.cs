using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Placement;

/// <summary>Plans: placement tested again and again.</summary>
public sealed class PlacementPlans(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, PlacementQuery runs, ChangeFeed feed, TimeProvider time)
{
    private const int LongestName = 100;

    /// <summary>All of them, by name, each with its newest run.</summary>
    public async Task<IReadOnlyList<PlacementPlanView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plans = await db.PlacementPlans.AsNoTracking().ToListAsync(cancellationToken);
        var profiles = await db.SmtpProfiles.ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var mailboxes = await db.Mailboxes.ToDictionaryAsync(m => m.Id, m => m.Name, cancellationToken);
        var views = new List<PlacementPlanView>();
        foreach (var plan in plans.OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase))
        {
            ImmutableArray<(int, string)> seeds = [.. plan.MailboxIds.Where(mailboxes.ContainsKey).Select(id => (id, mailboxes[id]))];
            views.Add(new PlacementPlanView(
                plan.Id, plan.Name, plan.ProfileId, profiles.GetValueOrDefault(plan.ProfileId, ""), seeds, plan.IntervalMinutes, plan.IsEnabled, plan.NextAt,
                await runs.ListAsync(plan.Id, 1, cancellationToken) is [var last, ..] ? last : null));
        }

        return views;
    }

    /// <summary>Makes a plan; its first run is due at once.</summary>
    public async Task<IReadOnlyList<PlacementFault>> AddAsync(PlacementPlanDraft draft, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var faults = await writer.WriteAsync<IReadOnlyList<PlacementFault>>(
            async (db, ct) =>
            {
                var found = new List<PlacementFault>();
                var seeds = await db.Mailboxes.Where(m => m.IsSeed && draft.MailboxIds.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct);
                Add(PlacementFault.NoName, draft.Name.Trim().Length is 0 or > LongestName);
                Add(PlacementFault.NoProfile, !await db.SmtpProfiles.AnyAsync(p => p.Id == draft.ProfileId, ct));
                Add(PlacementFault.NoMailbox, seeds.Count == 0);
                Add(PlacementFault.BadInterval, draft.IntervalMinutes is < PlacementRules.LeastMinutes or > PlacementRules.MostMinutes);
                if (found.Count == 0)
                {
                    db.PlacementPlans.Add(new PlacementPlan
                    {
                        Name = draft.Name.Trim(), ProfileId = draft.ProfileId, MailboxIds = seeds, IntervalMinutes = draft.IntervalMinutes, IsEnabled = draft.IsEnabled, NextAt = now,
                    });
                    await db.SaveChangesAsync(ct);
                }

                return found;

                void Add(PlacementFault fault, bool isSo) => found.AddRange(isSo ? [fault] : []);
            },
            cancellationToken);
        feed.Publish(new DashboardChange(null));
        return faults;
    }

    /// <summary>Switches a plan on or off; what it has told of stands until it runs again.</summary>
    public Task SetEnabledAsync(int id, bool isEnabled, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync((db, ct) => db.PlacementPlans.Where(p => p.Id == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.IsEnabled, isEnabled).SetProperty(p => p.NextAt, now), ct), cancellationToken);
    }

    /// <summary>Removes a plan; its runs stay.</summary>
    public Task DeleteAsync(int id, CancellationToken cancellationToken) => ChangeAsync(
        async (db, ct) =>
        {
            await OwnAlerts.CloseAsync(db, Subject.Account("", id), [OwnFindings.PlacementFell, OwnFindings.RoundTripFails], time.GetUtcNow(), ct);
            await db.SaveChangesAsync(ct);
            return await db.PlacementPlans.Where(p => p.Id == id).ExecuteDeleteAsync(ct);
        },
        cancellationToken);

    private async Task ChangeAsync(Func<DashboardContext, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(change, cancellationToken);
        feed.Publish(new DashboardChange(null));
    }
}
