using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>
/// Watches the one thing without which nothing is watched: does our own DNS server answer? Silence for half an hour is an alert of
/// its own; nothing else opens or ends meanwhile.
/// </summary>
public sealed class OwnWatch(DatabaseWriter writer, IDbContextFactory<DashboardContext> contexts, ConnectivityGuard guard, ChangeFeed feed, TimeProvider time)
{
    /// <summary>A server that is started anew is no news.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly AlertKey Key = AlertKey.Of(OwnFindings.Descriptor.Id, OwnFindings.ResolverSilent.Code, Subject.Host("resolver"), "");

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isSilent = guard.DownSince is { } since && now - since >= Patience;
        var standing = await StandingAsync(cancellationToken);
        if (isSilent == standing is not null || (!isSilent && guard.DownSince is not null))
        {
            return;
        }

        await writer.WriteAsync((db, ct) => WriteAsync(db, isSilent ? guard.DownSince : null, now, ct), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private async Task<long?> StandingAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Alerts.Where(a => a.Code == Key.Code && a.ResolvedAt == null).Select(a => (long?)a.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task WriteAsync(DashboardContext db, DateTimeOffset? silentSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alert = await db.Alerts.FirstOrDefaultAsync(a => a.Code == Key.Code && a.ResolvedAt == null, cancellationToken);
        if (silentSince is { } since && alert is null)
        {
            var opened = new Alert
            {
                Family = Key.Family,
                Code = Key.Code,
                SubjectKey = Key.SubjectKey,
                Severity = OwnFindings.ResolverSilent.Severity,
                EvidenceJson = StoredJson.Write([new Evidence(OwnFindings.SinceLabel, OwnFindings.Time(since))]),
                FirstSeenAt = since,
                LastSeenAt = now,
            };
            AlertSteps.Take(opened, new AlertState(AlertStatus.Open, null, AlertDecision.MostInRow), AlertAction.Open, now);
            db.Alerts.Add(opened);
        }
        else if (silentSince is null && alert is not null)
        {
            AlertSteps.Take(alert, new AlertState(AlertStatus.Resolved, null, alert.SeenInRow, 1), AlertAction.Resolve, now);
        }
    }
}
