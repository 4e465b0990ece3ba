using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>
/// What a rule owes when somebody changes it: it was to tell of it, and had not come to it yet. A changed rule tells of that if it
/// still matches; a new one owes nothing.
/// </summary>
internal static class OwedNotices
{
    /// <summary>Keeps what is owed, and has everything that the rule told of, or owes, decided anew by its new terms.</summary>
    /// <param name="db">The transaction that changes the rule.</param>
    /// <param name="before">The rule as it was.</param>
    /// <param name="now">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task KeepAsync(DashboardContext db, ActiveRule before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await db.Alerts.AsNoTracking().Include(a => a.Domains)
            .Where(a => a.ResolvedAt == null && a.OpenedAt >= before.ChangedAt && !db.AlertNotices.Any(n => n.AlertId == a.Id && n.RuleId == before.Id)).ToListAsync(cancellationToken);
        var domains = await AlertedDomains.LoadAsync(db, open, cancellationToken);
        db.AlertNotices.AddRange(open.Where(a => IsOwed(a, before, domains)).Select(a => new AlertNotice { AlertId = a.Id, RuleId = before.Id }));
        await db.SaveChangesAsync(cancellationToken);
        await db.Alerts.Where(a => db.AlertNotices.Any(n => n.AlertId == a.Id && n.RuleId == before.Id) && (a.NoticeDueAt > now || (a.NoticeDueAt == null && a.ResolvedAt == null)))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.NoticeDueAt, now), cancellationToken);
    }

    private static bool IsOwed(Alert alert, ActiveRule rule, AlertedDomains domains)
    {
        var facts = AlertFacts.Of(alert.Family, alert.Code, alert.SubjectKey, alert.Severity, StoredJson.ReadEvidence(alert.EvidenceJson));
        return !NoticeSubject.IsNoNews(alert, facts.Topic) && RuleMatcher.Matches(rule.Terms, facts, domains.Of(alert));
    }
}
