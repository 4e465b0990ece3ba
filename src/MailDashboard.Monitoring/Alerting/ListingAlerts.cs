using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Lays what an audit saw of blocklists over the alerts that stand. People are told after the second look, never from here.</summary>
public sealed class ListingAlerts(AlertTimes rule, Random random)
{
    /// <returns>True where an alert came, went or changed its state.</returns>
    internal async Task<bool> ApplyAsync(DashboardContext db, MailDomain domain, CheckOutcome outcome, bool isFirstAudit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var present = ListingWatch.Alerting(outcome);
        var keys = present.Select(f => f.Subject.Key).ToList();
        var standing = await LoadAsync(db, domain.Id, keys, cancellationToken);
        var changed = false;
        foreach (var finding in present)
        {
            var alert = standing.Find(a => a.Code == finding.Code && a.SubjectKey == finding.Subject.Key);
            if (alert is null)
            {
                db.Alerts.Add(await NewAsync(db, domain, finding, isFirstAudit, now, cancellationToken));
                changed = true;
                continue;
            }

            changed |= Seen(alert, finding, domain, now);
        }

        foreach (var alert in standing.Where(a => a.Domains.Any(d => d.DomainId == domain.Id) && !present.Any(f => f.Code == a.Code && f.Subject.Key == a.SubjectKey)))
        {
            changed |= NotSeen(db, alert, domain, ListingWatch.About(outcome, Subject.Parse(alert.SubjectKey)), now);
        }

        domain.ListingCount = standing.Count(a => a.Status is AlertStatus.Open or AlertStatus.Resolving && a.Domains.Any(d => d.DomainId == domain.Id));
        return changed;
    }

    /// <summary>Locked, always in the same order, because another domain behind the same address may be recorded at this moment.</summary>
    private static async Task<List<Alert>> LoadAsync(DashboardContext db, int domainId, List<string> keys, CancellationToken cancellationToken)
    {
        var attached = await db.AlertDomains.Where(d => d.DomainId == domainId).Select(d => d.AlertId).ToListAsync(cancellationToken);
        var ids = await db.Alerts.Where(a => a.ResolvedAt == null && a.Family == ListingWatch.Family && (attached.Contains(a.Id) || keys.Contains(a.SubjectKey)))
            .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT id FROM alerts WHERE id = ANY({ids.ToArray()}) ORDER BY id FOR UPDATE", cancellationToken);
        }

        return await db.Alerts.Where(a => ids.Contains(a.Id) && a.ResolvedAt == null).Include(a => a.Domains).ToListAsync(cancellationToken);
    }

    private async Task<Alert> NewAsync(DashboardContext db, MailDomain domain, Finding finding, bool isFirstAudit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = finding.Subject.Key;
        var lastOpened = await db.Alerts.Where(a => a.Family == ListingWatch.Family && a.Code == finding.Code && a.SubjectKey == key && a.ResolvedAt != null)
            .MaxAsync(a => a.OpenedAt, cancellationToken);
        var (state, _) = AlertDecision.Decide(null, new AlertObservation(AlertLook.Present, IsSecondLook: false, lastOpened), rule, now, random.NextDouble());
        return new Alert
        {
            Family = ListingWatch.Family,
            Code = finding.Code,
            SubjectKey = key,
            Status = state!.Status,
            NextLookAt = state.NextLookAt,
            Severity = finding.Severity,
            EvidenceJson = StoredJson.Write(finding.Evidence),
            FirstSeenAt = now,
            LastSeenAt = now,
            FromFirstAudit = isFirstAudit,
            SummaryDomainId = isFirstAudit ? domain.Id : null,
            Domains = [new AlertDomain { DomainId = domain.Id }],
        };
    }

    private bool Seen(Alert alert, Finding finding, MailDomain domain, DateTimeOffset now)
    {
        var before = (alert.Status, alert.Domains.Count);
        if (alert.Domains.TrueForAll(d => d.DomainId != domain.Id))
        {
            alert.Domains.Add(new AlertDomain { DomainId = domain.Id });
        }

        (alert.LastSeenAt, alert.Severity, alert.EvidenceJson) = (now, finding.Severity, StoredJson.Write(finding.Evidence));
        Decide(alert, AlertLook.Present, now);
        return before != (alert.Status, alert.Domains.Count);
    }

    private bool NotSeen(DashboardContext db, Alert alert, MailDomain domain, ListingObservation observation, DateTimeOffset now)
    {
        if (observation is { Look: AlertLook.Absent, IsWatched: false })
        {
            alert.Domains.RemoveAll(d => d.DomainId == domain.Id);
            if (alert.Domains.Count == 0)
            {
                Close(db, alert, now);
            }

            return true;
        }

        var before = alert.Status;
        if (Decide(alert, observation.Look, now) == AlertAction.Drop)
        {
            db.Alerts.Remove(alert);
        }

        return before != alert.Status || db.Entry(alert).State == EntityState.Deleted;
    }

    /// <summary>Nobody's any more: closed without a message, forgotten where nobody had been told.</summary>
    private static void Close(DashboardContext db, Alert alert, DateTimeOffset now)
    {
        if (alert.Status == AlertStatus.Pending)
        {
            db.Alerts.Remove(alert);
        }
        else
        {
            (alert.Status, alert.ResolvedAt, alert.NextLookAt) = (AlertStatus.Resolved, now, null);
        }
    }

    private AlertAction Decide(Alert alert, AlertLook look, DateTimeOffset now)
    {
        var (state, action) = AlertDecision.Decide(
            new AlertState(alert.Status, alert.NextLookAt), new AlertObservation(look, IsSecondLook: false), rule, now, random.NextDouble());
        if (state is not null)
        {
            (alert.Status, alert.NextLookAt) = (state.Status, state.NextLookAt);
        }

        return action;
    }
}
