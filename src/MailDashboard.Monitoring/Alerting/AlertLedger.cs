using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>
/// Lays what an audit showed over the alerts that stand. Nobody is told from here: an alert that opened or ended is handed to
/// <see cref="Notices.NoticeRound"/> by its due time, in the same transaction.
/// </summary>
public sealed class AlertLedger(AlertTimes times, IPort25Vantage port25, Random random)
{
    /// <returns>True where an alert came, went or changed its state.</returns>
    internal async Task<bool> ApplyAsync(DomainMemory memory, AuditLook look, ImmutableArray<ActiveRule> rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (db, domain) = (memory.Db, memory.Domain);
        var tags = await db.DomainTags.Where(t => t.DomainId == domain.Id).Select(t => t.Tag).ToListAsync(cancellationToken);
        AlertedDomain[] alerted = [new(domain.Name, tags)];
        var sightings = DomainSightings.Of(memory, look.Report, look.Events, port25.IsProbablyBlocked, now).DistinctBy(s => s.Key).ToDictionary(s => s.Key);
        var wanted = sightings.Values.Where(s => s.Look == AlertLook.Present && IsWanted(s, rules, alerted, now)).Select(s => s.Key).ToHashSet();
        var standing = await LoadAsync(db, domain.Id, [.. wanted.Select(k => k.SubjectKey).Distinct()], cancellationToken);
        await AddScoreAsync(db, domain, look, standing, sightings, wanted, rules, alerted, now, cancellationToken);

        var changed = false;
        foreach (var sighting in sightings.Values)
        {
            if (!standing.TryGetValue(sighting.Key, out var alert))
            {
                changed |= wanted.Contains(sighting.Key) && await OpenAsync(db, domain, sighting, look.IsFirst, Thresholds(sighting, rules, alerted), now, cancellationToken);
            }
            else if (wanted.Contains(sighting.Key) || IsBehind(alert, domain))
            {
                changed |= Seen(db, alert, sighting, domain, rules, alerted, now);
            }
        }

        foreach (var (_, alert) in standing.Where(a => IsBehind(a.Value, domain) && !sightings.ContainsKey(a.Key) && DomainSightings.HasLooked(look.Report, a.Value.Family, a.Value.Code)))
        {
            changed |= await NotSeenAsync(memory, alert, look.Report, rules, alerted, now, cancellationToken);
        }

        if (DomainSightings.HasLooked(look.Report, ListingWatch.Family, ""))
        {
            domain.ListingCount = standing.Values.Count(a => a.Family == ListingWatch.Family && a.Status is AlertStatus.Open or AlertStatus.Resolving && IsBehind(a, domain));
        }

        return changed;
    }

    private static bool IsBehind(Alert alert, MailDomain domain) => alert.Domains.Exists(d => d.DomainId == domain.Id);

    private static bool IsWanted(Sighting sighting, ImmutableArray<ActiveRule> rules, AlertedDomain[] domains, DateTimeOffset now) =>
        RuleVerdicts.IsAlert(FactsOf(sighting), rules, domains, now);

    private static AlertThresholds Thresholds(Sighting sighting, ImmutableArray<ActiveRule> rules, AlertedDomain[] domains) =>
        RuleVerdicts.Thresholds(FactsOf(sighting), rules, domains);

    private static AlertFacts FactsOf(Sighting sighting) =>
        AlertFacts.Of(sighting.Key.Family, sighting.Key.Code, sighting.Key.SubjectKey, sighting.Severity, sighting.Evidence);

    /// <summary>Locked, because another domain behind the same address may be recorded at this moment.</summary>
    private static async Task<Dictionary<AlertKey, Alert>> LoadAsync(DashboardContext db, int domainId, List<string> keys, CancellationToken cancellationToken)
    {
        var ids = await db.Alerts.Where(a => a.ResolvedAt == null && (keys.Contains(a.SubjectKey) || a.Domains.Any(d => d.DomainId == domainId)))
            .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellationToken);
        await AlertLock.TakeAsync(db, ids, cancellationToken);
        return await db.Alerts.Where(a => ids.Contains(a.Id) && a.ResolvedAt == null).Include(a => a.Domains)
            .ToDictionaryAsync(a => new AlertKey(a.Family, a.Code, a.SubjectKey, a.Scope), cancellationToken);
    }

    private static async Task AddScoreAsync(
        DashboardContext db, MailDomain domain, AuditLook look, Dictionary<AlertKey, Alert> standing, Dictionary<AlertKey, Sighting> sightings, HashSet<AlertKey> wanted,
        ImmutableArray<ActiveRule> rules, AlertedDomain[] alerted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alert = standing.GetValueOrDefault(ScoreSighting.KeyOf(domain.Name));
        if (alert is null && !rules.Any(r => r.Terms.Topic == RuleTopic.ScoreDrop))
        {
            return;
        }

        if (await ScoreSighting.OfAsync(db, domain, look.ScoreBefore, look.TableVersion, alert, now, cancellationToken) is { } sighting)
        {
            sightings[sighting.Key] = sighting;
            if (IsWanted(sighting, rules, alerted, now))
            {
                wanted.Add(sighting.Key);
            }
        }
    }

    private async Task<bool> OpenAsync(DashboardContext db, MailDomain domain, Sighting sighting, bool isFirst, AlertThresholds thresholds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = sighting.Key;
        var isListing = key.Family == ListingWatch.Family;
        var lastOpened = await db.Alerts.Where(a => a.Family == key.Family && a.Code == key.Code && a.SubjectKey == key.SubjectKey && a.Scope == key.Scope && a.ResolvedAt != null)
            .MaxAsync(a => a.OpenedAt, cancellationToken);

        // What the first audit shows is told by a summary where it is a listing, and else shown only: it is news to nobody.
        var (state, action) = sighting.IsMomentary || (isFirst && !isListing)
            ? (new AlertState(AlertStatus.Open, null, thresholds.Confirm), AlertAction.Open)
            : AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, IsSecondLook: false, lastOpened), thresholds, times, now, random.NextDouble());
        var alert = new Alert
        {
            Family = key.Family,
            Code = key.Code,
            SubjectKey = key.SubjectKey,
            Scope = key.Scope,
            Severity = sighting.Severity,
            EvidenceJson = StoredJson.Write(sighting.Evidence),
            FirstSeenAt = now,
            LastSeenAt = now,
            FromFirstAudit = isFirst,
            SummaryDomainId = isFirst && isListing ? domain.Id : null,
            IsMomentary = sighting.IsMomentary,
            Domains = [new AlertDomain { DomainId = domain.Id }],
        };
        AlertSteps.Take(alert, state!, action, now);
        if (isFirst && !isListing)
        {
            alert.NoticeDueAt = null;
        }

        db.Alerts.Add(alert);
        return true;
    }

    private bool Seen(DashboardContext db, Alert alert, Sighting sighting, MailDomain domain, ImmutableArray<ActiveRule> rules, AlertedDomain[] alerted, DateTimeOffset now)
    {
        var before = (alert.Status, alert.Domains.Count);
        if (!IsBehind(alert, domain))
        {
            alert.Domains.Add(new AlertDomain { DomainId = domain.Id });
        }

        if (sighting.Look == AlertLook.Present)
        {
            var isWorse = sighting.Severity > alert.Severity;
            (alert.LastSeenAt, alert.Severity, alert.EvidenceJson) = (now, sighting.Severity, StoredJson.Write(sighting.Evidence));
            if (isWorse && alert.Status == AlertStatus.Open)
            {
                // A rule that asks for more severity may have to tell of it now.
                AlertSteps.Announce(alert, now);
            }
        }

        Decide(db, alert, sighting.Look, Thresholds(sighting, rules, alerted), now);
        return before != (alert.Status, alert.Domains.Count) || db.Entry(alert).State == EntityState.Deleted;
    }

    private async Task<bool> NotSeenAsync(DomainMemory memory, Alert alert, AuditReport report, ImmutableArray<ActiveRule> rules, AlertedDomain[] alerted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var meaning = await AbsentLook.OfAsync(memory, alert, report, now, cancellationToken);
        if (meaning == AbsentMeaning.SeenByOthers)
        {
            return false;
        }

        if (meaning == AbsentMeaning.NotOurs)
        {
            alert.Domains.RemoveAll(d => d.DomainId == memory.Domain.Id);
            if (alert.Domains.Count == 0)
            {
                AlertSteps.Close(memory.Db, alert, now);
            }

            return true;
        }

        var before = alert.Status;
        var look = meaning == AbsentMeaning.Gone ? AlertLook.Absent : AlertLook.Undetermined;
        Decide(memory.Db, alert, look, RuleVerdicts.Thresholds(alert, rules, alerted), now);
        return before != alert.Status || memory.Db.Entry(alert).State == EntityState.Deleted;
    }

    private void Decide(DashboardContext db, Alert alert, AlertLook look, AlertThresholds thresholds, DateTimeOffset now)
    {
        var (state, action) = AlertDecision.Decide(AlertSteps.StateOf(alert), new AlertObservation(look, IsSecondLook: false), thresholds, times, now, random.NextDouble());
        if (action == AlertAction.Drop)
        {
            db.Alerts.Remove(alert);
            return;
        }

        AlertSteps.Note(alert, look, now);
        AlertSteps.Take(alert, state!, action, now);
        if (!thresholds.NeedsSecondLook)
        {
            // The audit was the look that somebody had taken the alert for.
            (alert.LeaseOwner, alert.LeasedUntil) = (null, null);
        }
    }
}
