using System.Collections.Immutable;
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
/// still; killed after it, the messages are in the outbox. What waits for its group is due again when that is ripe.
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
        if (!await db.Alerts.AnyAsync(a => a.NoticeDueAt <= now, cancellationToken))
        {
            return 0;
        }

        // What waits for its group goes along where something new is told by its channel: it is among what is due soon.
        var soon = now.AddSeconds(RuleDrafts.LongestGroupSeconds);
        var ids = await db.Alerts.Where(a => a.NoticeDueAt <= soon).OrderBy(a => a.NoticeDueAt).ThenBy(a => a.Id).Select(a => a.Id).Take(Most).ToListAsync(cancellationToken);
        await AlertLock.TakeAsync(db, ids, cancellationToken);
        var alerts = await db.Alerts.Where(a => ids.Contains(a.Id) && a.NoticeDueAt <= soon).Include(a => a.Domains).ToListAsync(cancellationToken);
        var rules = await RuleBook.ReadAsync(db, cancellationToken);
        var windows = await db.MaintenanceWindows.AsNoTracking().ToListAsync(cancellationToken);
        var domains = await AlertedDomains.LoadAsync(db, alerts, cancellationToken);
        var told = await ToldBook.LoadAsync(db, ids, rules, cancellationToken);

        var items = alerts.SelectMany(a => Items(a, rules, windows, domains.Of(a), told, now)).ToLookup(i => i.Alert.Id);
        var ripeness = Ripeness.Of(items.SelectMany(i => i).Where(i => i.Verdict.Telling != Telling.Nothing), times.Settle);
        var (decided, telling) = (0, new List<NoticeItem>());
        foreach (var alert in alerts)
        {
            var own = items[alert.Id].ToLookup(i => i.Verdict.Telling != Telling.Nothing && ripeness.At(i) > now);
            var (waiting, decisions) = (own[true].ToList(), own[false].ToList());
            var news = decisions.FindAll(i => i.Verdict.Telling != Telling.Nothing);
            decided += news.Count > 0 || (waiting.Count == 0 && alert.NoticeDueAt <= now) ? 1 : 0;
            decisions.ForEach(i => told.Write(i, now));
            telling.AddRange(news);
            alert.NoticeDueAt = decisions.Select(i => i.Verdict.AgainAt).Concat(waiting.Select(i => (DateTimeOffset?)ripeness.At(i))).Min();
            if (alert is { IsMomentary: true, NoticeDueAt: null, ResolvedAt: null })
            {
                (alert.Status, alert.ResolvedAt) = (AlertStatus.Resolved, now);
            }
        }

        await MessageWriter.WriteAsync(db, telling, domains, told, current, now, cancellationToken);
        return decided;
    }

    private static IEnumerable<NoticeItem> Items(
        Alert alert, ImmutableArray<ActiveRule> rules, List<MaintenanceWindow> windows, IReadOnlyList<AlertedDomain> domains, ToldBook told, DateTimeOffset now)
    {
        var facts = AlertFacts.Of(alert.Family, alert.Code, alert.SubjectKey, alert.Severity, StoredJson.ReadEvidence(alert.EvidenceJson));
        var covered = MaintenanceCalendar.CoveredUntil(windows, domains, now);
        foreach (var rule in rules)
        {
            var notice = told.Of(alert, rule);

            // Who was told of the beginning hears of the end, though the rule may say something else by now.
            if (!RuleMatcher.Matches(rule.Terms, facts, domains) && notice?.ToldAt is null)
            {
                continue;
            }

            var subject = new NoticeSubject(alert.Status, alert.Severity, alert.SeenInRow, alert.OpenedAt)
            {
                IsOldNews = NoticeSubject.IsNoNews(alert, facts.Topic),
                IsMomentary = alert.IsMomentary,
                IsAcknowledged = alert.AcknowledgedAt is not null,
                MutedUntil = alert.MutedUntil,
                MaintenanceUntil = covered,
                NotBefore = RuleMatcher.NotBefore(rule.Terms, facts, now),
            };
            var state = notice is null ? new NoticeState() : new NoticeState(notice.ToldAt, notice.LastToldAt, notice.EndToldAt, IsOwed: true);
            yield return new NoticeItem(alert, rule, NoticeDecision.Decide(state, subject, rule, now));
        }
    }
}
