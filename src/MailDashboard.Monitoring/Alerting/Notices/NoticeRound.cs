using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>
/// Decides who is told of what, and writes the messages and what was told in one transaction: killed before it, the alerts are due
/// still; killed after it, the messages are in the outbox.
/// </summary>
public sealed class NoticeRound(DatabaseWriter writer, DatabaseChoice choice, SettingsStore settings, AlertTimes times, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Decided together; where more are due, the next round takes them.</summary>
    private const int Most = 10_000;

    // Any number will do as long as every version uses the same.
    private const long AdvisoryLock = 0x6d61_696c_6e6f_7465;

    /// <summary>One round.</summary>
    /// <returns>How many alerts were decided; 0 where none was due, all that is due waits for its group, or another process is at it.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var current = await settings.GetAsync(cancellationToken);
        var decided = await writer.WriteAsync((db, ct) => DecideAsync(db, current, ct), cancellationToken);
        if (decided > 0)
        {
            feed.Publish(new DashboardChange(null));
        }

        return decided;
    }

    private async Task<int> DecideAsync(DashboardContext db, DashboardSettings current, CancellationToken cancellationToken)
    {
        // One process at a time: two would split what belongs in one message.
        if (choice.Kind == DatabaseKind.Postgres && !await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({AdvisoryLock}) AS \"Value\"").SingleAsync(cancellationToken))
        {
            return 0;
        }

        var now = time.GetUtcNow();
        var ids = await db.Alerts.Where(a => a.NoticeDueAt <= now).OrderBy(a => a.NoticeDueAt).ThenBy(a => a.Id).Select(a => a.Id).Take(Most).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return 0;
        }

        if (choice.Kind == DatabaseKind.Postgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT id FROM alerts WHERE id = ANY({ids.ToArray()}) ORDER BY id FOR UPDATE", cancellationToken);
        }

        var alerts = await db.Alerts.Where(a => ids.Contains(a.Id) && a.NoticeDueAt <= now).Include(a => a.Domains).ToListAsync(cancellationToken);
        var rules = await RuleBook.ReadAsync(db, cancellationToken);
        var windows = await db.MaintenanceWindows.AsNoTracking().ToListAsync(cancellationToken);
        var domains = await AlertedDomains.LoadAsync(db, alerts, cancellationToken);
        var told = (await db.AlertNotices.Where(n => ids.Contains(n.AlertId)).ToListAsync(cancellationToken)).ToDictionary(n => (n.AlertId, n.RuleId));

        var items = alerts.SelectMany(a => Items(a, rules, windows, domains.Of(a), told, now)).ToLookup(i => i.Alert.Id);
        var ripe = RipeChannels(items.SelectMany(i => i), now);
        var (decided, telling) = (0, new List<NoticeItem>());
        foreach (var alert in alerts)
        {
            var own = items[alert.Id].ToList();
            var waits = own.Exists(i => i.Verdict.Telling != Telling.Nothing && !i.Rule.ChannelIds.All(ripe.Contains));
            if (waits)
            {
                // What belongs together is still coming in: it stays due.
                continue;
            }

            decided++;
            own.ForEach(i => Remember(db, i, told, now));
            telling.AddRange(own.Where(i => i.Verdict.Telling != Telling.Nothing));
            alert.NoticeDueAt = own.Select(i => i.Verdict.AgainAt).Where(t => t is not null).DefaultIfEmpty(null).Min();
            if (alert is { IsMomentary: true, NoticeDueAt: null, ResolvedAt: null })
            {
                (alert.Status, alert.ResolvedAt) = (AlertStatus.Resolved, now);
            }
        }

        await MessageWriter.WriteAsync(db, telling, domains, current, now, cancellationToken);
        return decided;
    }

    private static IEnumerable<NoticeItem> Items(
        Alert alert, ImmutableArray<ActiveRule> rules, List<MaintenanceWindow> windows, IReadOnlyList<AlertedDomain> domains, Dictionary<(long, int), AlertNotice> told, DateTimeOffset now)
    {
        var facts = AlertFacts.Of(alert.Family, alert.Code, alert.SubjectKey, alert.Severity, StoredJson.ReadEvidence(alert.EvidenceJson));
        var covered = MaintenanceCalendar.CoveredUntil(windows, domains, now);
        foreach (var rule in rules)
        {
            var notice = told.GetValueOrDefault((alert.Id, rule.Id));

            // Who was told of the beginning hears of the end, though the rule may say something else by now.
            if (!RuleMatcher.Matches(rule.Terms, facts, domains) && notice?.ToldAt is null)
            {
                continue;
            }

            var subject = new NoticeSubject(alert.Status, alert.Severity, alert.SeenInRow, alert.OpenedAt)
            {
                IsOldNews = alert.FromFirstAudit && facts.Topic != RuleTopic.Listing,
                IsMomentary = alert.IsMomentary,
                IsAcknowledged = alert.AcknowledgedAt is not null,
                MutedUntil = alert.MutedUntil,
                MaintenanceUntil = covered,
                NotBefore = RuleMatcher.NotBefore(rule.Terms, facts, now),
            };
            var state = notice is null ? new NoticeState() : new NoticeState(notice.ToldAt, notice.LastToldAt, notice.EndToldAt, notice.HeldBy is not null);
            yield return new NoticeItem(alert, rule, NoticeDecision.Decide(state, subject, rule, now));
        }
    }

    /// <summary>
    /// Channels whose message may go out: something has waited as long as its rule groups, or nothing new came for a while. A channel
    /// that is not ripe keeps back everything that it would tell, so that it becomes one message.
    /// </summary>
    private HashSet<int> RipeChannels(IEnumerable<NoticeItem> items, DateTimeOffset now) =>
        [.. from item in items
            where item.Verdict.Telling != Telling.Nothing
            from channel in item.Rule.ChannelIds
            group item by channel into bucket
            where IsRipe([.. bucket.Select(i => (now - (i.Alert.ChangedAt ?? DateTimeOffset.MinValue), TimeSpan.FromSeconds(i.Rule.Terms.GroupSeconds)))])
            select bucket.Key];

    /// <summary>What trickles in for an hour has pauses too: a rule that groups for long waits its time.</summary>
    private bool IsRipe(List<(TimeSpan Age, TimeSpan Group)> waiting) =>
        waiting.Exists(w => w.Age >= w.Group)
        || (waiting.Min(w => w.Age) >= times.Settle && waiting.Exists(w => w.Group <= AlertTimes.LongGroup));

    private static void Remember(DashboardContext db, NoticeItem item, Dictionary<(long, int), AlertNotice> told, DateTimeOffset now)
    {
        var (alert, rule, verdict) = item;
        told.TryGetValue((alert.Id, rule.Id), out var notice);
        if (verdict.Telling == Telling.Nothing && verdict.Held?.ToString() == notice?.HeldBy)
        {
            return;
        }

        if (notice is null)
        {
            notice = new AlertNotice { AlertId = alert.Id, RuleId = rule.Id };
            told[(alert.Id, rule.Id)] = notice;
            db.AlertNotices.Add(notice);
        }

        notice.HeldBy = verdict.Held?.ToString();
        switch (verdict.Telling)
        {
            case Telling.Opened:
                (notice.ToldAt, notice.LastToldAt) = (now, now);
                break;
            case Telling.Reminder:
                (notice.LastToldAt, notice.Reminders) = (now, notice.Reminders + 1);
                break;
            case Telling.Ended:
                notice.EndToldAt = now;
                break;
            default:
                db.AlertEvents.Add(new AlertEvent { AlertId = alert.Id, At = now, Kind = nameof(IncidentEventKind.Held), Text = notice.HeldBy, Until = verdict.AgainAt });
                break;
        }
    }
}
