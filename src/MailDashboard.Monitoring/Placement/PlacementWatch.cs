using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using PlacementKind = MailDashboard.Monitoring.Persistence.Entities.Placement;

namespace MailDashboard.Monitoring.Placement;

/// <summary>Tells people where placement fell (MON008), or the way there and back is broken (MON009). Two runs in a row are confirmation enough.</summary>
public sealed class PlacementWatch(OwnAlerts alerts)
{
    /// <summary>What counts as before.</summary>
    private const int Runs = 20;

    /// <summary>Looks at a plan, a run of which has just ended.</summary>
    internal async Task LookAsync(DashboardContext db, int planId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PlacementPlans.AsNoTracking().FirstOrDefaultAsync(p => p.Id == planId, cancellationToken) is not { } plan)
        {
            return;
        }

        var runs = await db.PlacementRuns.AsNoTracking().Include(r => r.Results).Where(r => r.PlanId == planId && r.EndedAt != null)
            .OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(Runs).ToListAsync(cancellationToken);
        var names = await db.Mailboxes.Where(m => plan.MailboxIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, cancellationToken);
        var subject = Subject.Account(plan.Name, plan.Id);
        if (PlacementRules.IsRoundTrip(plan.MailboxIds.Count, plan.IntervalMinutes))
        {
            await alerts.ApplyAsync(db, RoundTrip(runs, subject, now), OwnAlerts.Certain, now, cancellationToken);
        }
        else
        {
            await alerts.ApplyAsync(db, Fell(runs, names, subject, now), OwnAlerts.Certain, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static OwnLook RoundTrip(List<PlacementRun> runs, Subject subject, DateTimeOffset now)
    {
        var isBroken = PlacementRules.IsRoundTripBroken([.. runs.SelectMany(r => r.Results).Select(r => r.Placement)]);
        var since = runs.SelectMany(r => r.Results).FirstOrDefault(r => r.ArrivedAt is not null)?.ArrivedAt ?? runs.Select(r => r.StartedAt).DefaultIfEmpty(now).Min();
        var look = isBroken switch { true => AlertLook.Present, false => AlertLook.Absent, null => AlertLook.Undetermined };
        ImmutableArray<Evidence> evidence = isBroken == true ? [new Evidence(OwnFindings.SinceLabel, OwnFindings.Time(since))] : [];
        return new OwnLook(OwnFindings.RoundTripFails, subject, look, OwnFindings.RoundTripFails.Severity, evidence, since);
    }

    private static OwnLook Fell(List<PlacementRun> runs, Dictionary<int, string> names, Subject subject, DateTimeOffset now)
    {
        var placements = runs.SelectMany(r => r.Results).Where(r => names.ContainsKey(r.MailboxId)).Select(r => new SeedPlacement(r.MailboxId, r.Placement)).ToList();
        var fallen = PlacementRules.Fallen(placements);
        var look = !fallen.IsEmpty ? AlertLook.Present
            : runs.FirstOrDefault()?.Results.Exists(r => PlacementRules.IsDetermined(r.Placement)) == true ? AlertLook.Absent
            : AlertLook.Undetermined;
        ImmutableArray<Evidence> evidence = fallen.IsEmpty ? []
            :
            [
                new Evidence("seeds", string.Join(", ", fallen.Select(f => $"{names[f.MailboxId]} ({(f.Now == PlacementKind.Spam ? "spam" : "missing")})"))),
                new Evidence("seeds.fr", string.Join(", ", fallen.Select(f => $"{names[f.MailboxId]} ({(f.Now == PlacementKind.Spam ? "indésirables" : "manquant")})"))),
            ];
        return new OwnLook(OwnFindings.PlacementFell, subject, look, OwnFindings.PlacementFell.Severity, evidence, now);
    }
}
