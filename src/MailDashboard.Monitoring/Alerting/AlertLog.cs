using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Reads alerts, what happened to them, and what was sent about them.</summary>
public sealed class AlertLog(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostDomains = 500;
    private const int MostEvents = 500;

    /// <summary>So long an alert is new.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(1);

    /// <summary>Unresolved ones first by severity, or resolved ones latest first.</summary>
    public async Task<(IReadOnlyList<AlertView> Items, int Total)> ListAsync(AlertFilter filter, int page, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Filter(db, filter, time.GetUtcNow());
        var total = await rows.CountAsync(cancellationToken);
        var ordered = filter.Show == AlertShow.Resolved ? rows.OrderByDescending(a => a.ResolvedAt) : rows.OrderByDescending(a => a.Severity).ThenByDescending(a => a.FirstSeenAt);
        var items = await ordered.ThenBy(a => a.Id).Skip(page * size).Take(size).ToListAsync(cancellationToken);
        return (await ViewsAsync(db, items, cancellationToken), total);
    }

    /// <summary>How many of each.</summary>
    public async Task<IReadOnlyDictionary<AlertShow, int>> CountsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = new Dictionary<AlertShow, int>();
        foreach (var show in Enum.GetValues<AlertShow>())
        {
            counts[show] = await Filter(db, new AlertFilter(show), now).CountAsync(cancellationToken);
        }

        return counts;
    }

    /// <summary>One alert; null where there is none of that id.</summary>
    public async Task<AlertView?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Alerts.AsNoTracking().Where(a => a.Id == id).ToListAsync(cancellationToken);
        return (await ViewsAsync(db, row, cancellationToken)).SingleOrDefault();
    }

    /// <summary>What was sent about it alone, oldest first.</summary>
    public async Task<IReadOnlyList<MessageView>> MessagesAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Outbox.AsNoTracking().Where(m => m.AlertId == alertId).OrderBy(m => m.CreatedAt).Take(MostEvents)
            .Select(m => new MessageView(m.Kind, m.Recipient, m.Subject, m.CreatedAt, m.SentAt, m.AbandonedAt, m.Attempts, m.LastError))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The same by channel, without recipients and replies.</summary>
    public async Task<IReadOnlyList<ToldView>> ToldAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await db.Outbox.Where(m => m.AlertId == alertId).GroupBy(m => m.ChannelId).Select(g => new
        {
            g.Key,
            Sent = g.Count(m => m.SentAt != null),
            Abandoned = g.Count(m => m.SentAt == null && m.AbandonedAt != null),
            All = g.Count(),
            LastAt = g.Max(m => m.SentAt ?? m.CreatedAt),
        }).ToListAsync(cancellationToken);
        var names = await db.NotificationChannels.Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        return [.. counts.Select(c => new ToldView(c.Key is { } id ? names.GetValueOrDefault(id) : null, c.Sent, c.All - c.Sent - c.Abandoned, c.Abandoned, c.LastAt)).OrderBy(t => t.LastAt)];
    }

    /// <summary>Its history, latest first.</summary>
    public async Task<IReadOnlyList<EventView>> EventsAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AlertEvents.AsNoTracking().Where(e => e.AlertId == alertId).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MostEvents)
            .Select(e => new EventView(e.At, e.Kind, e.Actor, e.Text, e.Until)).ToListAsync(cancellationToken);
    }

    private static IQueryable<Alert> Filter(DashboardContext db, AlertFilter filter, DateTimeOffset now)
    {
        var rows = db.Alerts.AsNoTracking();
        var yesterday = now - NewFor;
        rows = filter.Show switch
        {
            AlertShow.New => rows.Where(a => a.OpenedAt >= yesterday),
            AlertShow.Resolved => rows.Where(a => a.ResolvedAt != null && a.OpenedAt != null),
            AlertShow.Unhandled => rows.Where(a => a.ResolvedAt == null && a.AcknowledgedAt == null && !(a.MutedUntil > now)),
            AlertShow.Handled => rows.Where(a => a.ResolvedAt == null && (a.AcknowledgedAt != null || a.MutedUntil > now)),
            _ => rows.Where(a => a.ResolvedAt == null),
        };
        rows = filter.Family is { } family ? rows.Where(a => a.Family == family) : rows;
        if (filter.Tag is { } tag)
        {
            rows = rows.Where(a => a.Domains.Any(d => db.DomainTags.Any(t => t.DomainId == d.DomainId && t.Tag == tag)));
        }

        if (filter.Text?.Trim().ToLowerInvariant() is { Length: > 0 } text && text.ToUpperInvariant() is var code)
        {
            rows = rows.Where(a => a.SubjectKey.Contains(text) || a.Code == code
                || a.Domains.Any(d => db.Domains.Any(n => n.Id == d.DomainId && (n.Name.Contains(text) || n.DisplayName.Contains(text)))));
        }

        return rows;
    }

    private async Task<IReadOnlyList<AlertView>> ViewsAsync(DashboardContext db, List<Alert> rows, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = rows.Select(r => r.Id).ToList();
        var domains = await (
            from link in db.AlertDomains
            join d in db.Domains on link.DomainId equals d.Id
            where ids.Contains(link.AlertId)
            orderby d.DisplayName
            select new { link.AlertId, d.Id, d.DisplayName }).Take(MostDomains * Math.Max(1, ids.Count)).ToListAsync(cancellationToken);
        var byAlert = domains.ToLookup(d => d.AlertId, d => (d.Id, d.DisplayName));
        return [.. rows.Select(a => View(a, [.. byAlert[a.Id].Take(MostDomains)], now))];
    }

    internal static AlertView View(Alert a, IReadOnlyList<(int Id, string DisplayName)> domains, DateTimeOffset now) => new(
        a.Id, a.Family, a.Code, Subject.Parse(a.SubjectKey), a.Status, a.Severity, StoredJson.ReadEvidence(a.EvidenceJson),
        a.FirstSeenAt, a.LastSeenAt, a.OpenedAt, a.ResolvedAt, domains)
    {
        AcknowledgedAt = a.AcknowledgedAt,
        AcknowledgedBy = a.AcknowledgedBy,
        MutedUntil = a.MutedUntil > now ? a.MutedUntil : null,
        MutedBy = a.MutedBy,
        UndeterminedSince = a.UndeterminedSince,
        FromFirstAudit = a.FromFirstAudit,
    };
}
