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
        return await SaveAsync(
            draft,
            (db, seeds, _) =>
            {
                db.PlacementPlans.Add(new PlacementPlan
                {
                    Name = draft.Name.Trim(), ProfileId = draft.ProfileId, MailboxIds = seeds, IntervalMinutes = draft.IntervalMinutes, IsEnabled = draft.IsEnabled, NextAt = now,
                });
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Changes a plan: its runs stay, and the next is never later than the new interval allows. One that is gone stays gone.</summary>
    public async Task<IReadOnlyList<PlacementFault>> ChangeAsync(int id, PlacementPlanDraft draft, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await SaveAsync(
            draft,
            async (db, seeds, ct) =>
            {
                if (await db.PlacementPlans.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } plan)
                {
                    return;
                }

                var wasRoundTrip = PlacementRules.IsRoundTrip(plan.MailboxIds.Count, plan.IntervalMinutes);
                (plan.Name, plan.ProfileId, plan.MailboxIds, plan.IntervalMinutes, plan.IsEnabled) = (draft.Name.Trim(), draft.ProfileId, seeds, draft.IntervalMinutes, draft.IsEnabled);
                var latest = now + TimeSpan.FromMinutes(draft.IntervalMinutes);
                plan.NextAt = plan.NextAt < latest ? plan.NextAt : latest;
                if (wasRoundTrip != PlacementRules.IsRoundTrip(seeds.Count, draft.IntervalMinutes))
                {
                    // What it watched for, it does no longer: nothing would ever end that.
                    await OwnAlerts.CloseAsync(db, Subject.Account("", id), [wasRoundTrip ? OwnFindings.RoundTripFails : OwnFindings.PlacementFell], now, ct);
                }
            },
            cancellationToken);
    }

    /// <summary>Switches a plan on or off; what it has told of stands until it runs again.</summary>
    public Task SetEnabledAsync(int id, bool isEnabled, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return WriteAsync((db, ct) => db.PlacementPlans.Where(p => p.Id == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.IsEnabled, isEnabled).SetProperty(p => p.NextAt, now), ct), cancellationToken);
    }

    /// <summary>Removes a plan; its runs stay.</summary>
    public Task DeleteAsync(int id, CancellationToken cancellationToken) => WriteAsync(
        async (db, ct) =>
        {
            await OwnAlerts.CloseAsync(db, Subject.Account("", id), [OwnFindings.PlacementFell, OwnFindings.RoundTripFails], time.GetUtcNow(), ct);
            await db.SaveChangesAsync(ct);
            return await db.PlacementPlans.Where(p => p.Id == id).ExecuteDeleteAsync(ct);
        },
        cancellationToken);

    private async Task<IReadOnlyList<PlacementFault>> SaveAsync(PlacementPlanDraft draft, Func<DashboardContext, List<int>, CancellationToken, Task> save, CancellationToken cancellationToken)
    {
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
                    await save(db, seeds, ct);
                    await db.SaveChangesAsync(ct);
                }

                return found;

                void Add(PlacementFault fault, bool isSo) => found.AddRange(isSo ? [fault] : []);
            },
            cancellationToken);
        feed.Publish(new DashboardChange(null));
        return faults;
    }

    private async Task WriteAsync(Func<DashboardContext, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(change, cancellationToken);
        feed.Publish(new DashboardChange(null));
    }
}
