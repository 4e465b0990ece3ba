using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>An alert as the pages show it.</summary>
public sealed record AlertView(
    long Id,
    string Family,
    string Code,
    Subject Subject,
    AlertStatus Status,
    Severity Severity,
    ImmutableArray<Evidence> Evidence,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? ResolvedAt,
    IReadOnlyList<(int Id, string DisplayName)> Domains);

/// <summary>A message about an alert: who was told, when, and whether it arrived at their server.</summary>
public sealed record MessageView(string Kind, string Recipient, string Subject, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? AbandonedAt, int Attempts, string? LastError);

/// <summary>Reads alerts and what was sent about them.</summary>
public sealed class AlertLog(IDbContextFactory<DashboardContext> contexts)
{
    private const int MostDomains = 500;

    /// <summary>Unresolved ones first by severity, or resolved ones latest first.</summary>
    public async Task<(IReadOnlyList<AlertView> Items, int Total)> ListAsync(bool resolved, int page, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Alerts.AsNoTracking().Where(a => (a.ResolvedAt != null) == resolved && (resolved ? a.OpenedAt != null : true));
        var total = await rows.CountAsync(cancellationToken);
        var ordered = resolved ? rows.OrderByDescending(a => a.ResolvedAt) : rows.OrderByDescending(a => a.Severity).ThenByDescending(a => a.FirstSeenAt);
        var items = await ordered.ThenBy(a => a.Id).Skip(page * size).Take(size).ToListAsync(cancellationToken);
        return (await ViewsAsync(db, items, cancellationToken), total);
    }

    /// <summary>One alert; null where there is none of that id.</summary>
    public async Task<AlertView?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Alerts.AsNoTracking().Where(a => a.Id == id).ToListAsync(cancellationToken);
        return (await ViewsAsync(db, row, cancellationToken)).SingleOrDefault();
    }

    /// <summary>What was sent about it, oldest first.</summary>
    public async Task<IReadOnlyList<MessageView>> MessagesAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Outbox.AsNoTracking().Where(m => m.AlertId == alertId).OrderBy(m => m.CreatedAt).Take(500)
            .Select(m => new MessageView(m.Kind, m.Recipient, m.Subject, m.CreatedAt, m.SentAt, m.AbandonedAt, m.Attempts, m.LastError))
            .ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<AlertView>> ViewsAsync(DashboardContext db, List<Alert> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(r => r.Id).ToList();
        var domains = await (
            from link in db.AlertDomains
            join d in db.Domains on link.DomainId equals d.Id
            where ids.Contains(link.AlertId)
            orderby d.DisplayName
            select new { link.AlertId, d.Id, d.DisplayName }).Take(MostDomains * Math.Max(1, ids.Count)).ToListAsync(cancellationToken);
        var byAlert = domains.ToLookup(d => d.AlertId, d => (d.Id, d.DisplayName));
        return [.. rows.Select(a => new AlertView(
            a.Id, a.Family, a.Code, Subject.Parse(a.SubjectKey), a.Status, a.Severity, StoredJson.ReadEvidence(a.EvidenceJson),
            a.FirstSeenAt, a.LastSeenAt, a.OpenedAt, a.ResolvedAt, [.. byAlert[a.Id].Take(MostDomains)]))];
    }
}
