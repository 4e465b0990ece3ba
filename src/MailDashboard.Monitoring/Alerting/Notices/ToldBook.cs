using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>What every rule has told of some alerts.</summary>
internal sealed class ToldBook
{
    private readonly DashboardContext _db;
    private readonly Dictionary<(long Alert, int Rule), AlertNotice> _notices;
    private readonly ILookup<int, int> _rulesOfChannel;

    private ToldBook(DashboardContext db, List<AlertNotice> notices, ImmutableArray<ActiveRule> rules)
    {
        (_db, _notices) = (db, notices.ToDictionary(n => (n.AlertId, n.RuleId)));
        _rulesOfChannel = rules.SelectMany(r => r.ChannelIds, (rule, channel) => (rule.Id, channel)).ToLookup(p => p.channel, p => p.Id);
    }

    public static async Task<ToldBook> LoadAsync(DashboardContext db, List<long> alertIds, ImmutableArray<ActiveRule> rules, CancellationToken cancellationToken) =>
        new(db, await db.AlertNotices.Where(n => alertIds.Contains(n.AlertId)).ToListAsync(cancellationToken), rules);

    public AlertNotice? Of(Alert alert, ActiveRule rule) => _notices.GetValueOrDefault((alert.Id, rule.Id));

    /// <summary>When any rule told of its beginning.</summary>
    public IEnumerable<DateTimeOffset> BeginningsOf(Alert alert) =>
        _rulesOfChannel.SelectMany(r => r).Distinct().Select(r => _notices.GetValueOrDefault((alert.Id, r))?.ToldAt).OfType<DateTimeOffset>();

    /// <summary>Another rule told the same by this channel before, and nothing changed since: what a rule was held from, or grouped for long, may be known already.</summary>
    public bool IsKnown(NoticeItem item, int channelId, DateTimeOffset now) => item.Verdict.Telling != Telling.Reminder && _rulesOfChannel[channelId].Any(rule =>
        rule != item.Rule.Id && _notices.GetValueOrDefault((item.Alert.Id, rule)) is { } notice
        && (item.Verdict.Telling == Telling.Ended ? notice.EndToldAt : notice.ToldAt) is { } told && told < now && told >= item.Alert.ChangedAt);

    /// <summary>Keeps what is told now, or why it is not.</summary>
    public void Write(NoticeItem item, DateTimeOffset now)
    {
        var (alert, rule, verdict) = item;
        var (notice, held) = (Of(alert, rule), verdict.Held?.ToString());
        if (verdict.Telling == Telling.Nothing && held == notice?.HeldBy)
        {
            return;
        }

        if (notice is null)
        {
            notice = new AlertNotice { AlertId = alert.Id, RuleId = rule.Id };
            _notices[(alert.Id, rule.Id)] = notice;
            _db.AlertNotices.Add(notice);
        }

        notice.HeldBy = held;
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
                if (held is not null)
                {
                    _db.AlertEvents.Add(new AlertEvent { AlertId = alert.Id, At = now, Kind = nameof(Incidents.IncidentEventKind.Held), Text = held, Until = verdict.AgainAt });
                }

                break;
        }
    }
}
