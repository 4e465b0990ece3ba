using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>What a look at something of our own showed: it concerns no domain.</summary>
/// <param name="Finding">Of <see cref="OwnFindings"/>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Look">What was seen.</param>
/// <param name="Severity">Where it is there.</param>
/// <param name="Evidence">Where it is there.</param>
/// <param name="Since">When it began.</param>
internal sealed record OwnLook(FindingDefinition Finding, Subject Subject, AlertLook Look, Severity Severity, ImmutableArray<Evidence> Evidence, DateTimeOffset Since);

/// <summary>Lays what was seen of our own over the alerts that stand, by the same decisions as for domains. Whoever looks looks again when told.</summary>
public sealed class OwnAlerts(AlertTimes times, Random random)
{
    /// <summary>One look says it for certain: silence that has lasted.</summary>
    internal static AlertThresholds Certain { get; } = new(1, 1, NeedsSecondLook: false);

    /// <summary>Nobody is told of a beginning, or an end, before a second look.</summary>
    internal static AlertThresholds Twice { get; } = new(2, 2, NeedsSecondLook: false);

    /// <returns>When the look has to be repeated; null where nothing waits for it.</returns>
    internal async Task<DateTimeOffset?> ApplyAsync(DashboardContext db, OwnLook look, AlertThresholds thresholds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alert = await StandingAsync(db, look.Finding.Code, look.Subject, cancellationToken);
        var lastOpened = alert is null && look.Look == AlertLook.Present
            ? await About(db.Alerts, look.Finding.Code, look.Subject).MaxAsync(a => a.OpenedAt, cancellationToken)
            : null;
        var (state, action) = AlertDecision.Decide(alert is null ? null : AlertSteps.StateOf(alert), new AlertObservation(look.Look, IsSecondLook: false, lastOpened), thresholds, times, now, random.NextDouble());
        if (state is null)
        {
            if (alert is not null && action == AlertAction.Drop)
            {
                db.Alerts.Remove(alert);
            }

            return null;
        }

        alert ??= db.Alerts.Add(new Alert { Family = OwnFindings.Descriptor.Id, Code = look.Finding.Code, SubjectKey = look.Subject.Key, EvidenceJson = "", FirstSeenAt = look.Since }).Entity;
        if (look.Look == AlertLook.Present)
        {
            See(alert, look, now);
        }

        AlertSteps.Note(alert, look.Look, now);

        // What is certain at once is seen often enough for the most patient rule.
        AlertSteps.Take(alert, thresholds.Confirm > 1 ? state : state with { SeenInRow = AlertDecision.MostInRow }, action, now);
        return alert.NextLookAt;
    }

    /// <summary>What it was about is gone: closed without a message.</summary>
    internal static async Task CloseAsync(DashboardContext db, Subject subject, IEnumerable<FindingDefinition> findings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var finding in findings)
        {
            if (await StandingAsync(db, finding.Code, subject, cancellationToken) is { } alert)
            {
                AlertSteps.Close(db, alert, now);
            }
        }
    }

    /// <summary>Locked: at this moment it may be decided who is told of it.</summary>
    private static async Task<Alert?> StandingAsync(DashboardContext db, string code, Subject subject, CancellationToken cancellationToken)
    {
        var ids = await About(db.Alerts, code, subject).Where(a => a.ResolvedAt == null).Select(a => a.Id).ToListAsync(cancellationToken);
        await AlertLock.TakeAsync(db, ids, cancellationToken);
        return await db.Alerts.FirstOrDefaultAsync(a => ids.Contains(a.Id) && a.ResolvedAt == null, cancellationToken);
    }

    private static void See(Alert alert, OwnLook look, DateTimeOffset now)
    {
        var isWorse = look.Severity > alert.Severity && alert.Status == AlertStatus.Open && alert.OpenedAt is not null;
        (alert.SubjectKey, alert.Severity, alert.EvidenceJson, alert.LastSeenAt) = (look.Subject.Key, look.Severity, StoredJson.Write(look.Evidence), now);
        if (isWorse)
        {
            // A rule that asks for more severity may have to tell of it now.
            AlertSteps.Announce(alert, now);
        }
    }

    /// <summary>An account stays the same under another name.</summary>
    private static IQueryable<Alert> About(IQueryable<Alert> alerts, string code, Subject subject)
    {
        var (key, end) = (subject.Key, string.Create(CultureInfo.InvariantCulture, $"|{subject.List}"));
        return subject.Kind == SubjectKind.Account
            ? alerts.Where(a => a.Code == code && a.SubjectKey.EndsWith(end))
            : alerts.Where(a => a.Code == code && a.SubjectKey == key);
    }
}
