using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>
/// Watches the one thing without which nothing is watched: does our own DNS server answer? Silence for half an hour is an alert of
/// its own; nothing else opens or ends meanwhile.
/// </summary>
public sealed class OwnWatch(DatabaseWriter writer, IDbContextFactory<DashboardContext> contexts, ConnectivityGuard guard, OwnAlerts alerts, ChangeFeed feed, TimeProvider time)
{
    /// <summary>A server that is started anew is no news.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly Subject Resolver = Subject.Host("resolver");

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isSilent = guard.DownSince is { } since && now - since >= Patience;
        var stands = await StandsAsync(cancellationToken);
        if (isSilent == stands || (!isSilent && guard.DownSince is not null))
        {
            return;
        }

        var look = isSilent && guard.DownSince is { } began
            ? Look(AlertLook.Present, [new Evidence(OwnFindings.SinceLabel, OwnFindings.Time(began))], began)
            : Look(AlertLook.Absent, [], now);
        await writer.WriteAsync((db, ct) => alerts.ApplyAsync(db, look, OwnAlerts.Certain, now, ct), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private async Task<bool> StandsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Alerts.AnyAsync(a => a.Code == OwnFindings.ResolverSilent.Code && a.ResolvedAt == null, cancellationToken);
    }

    private static OwnLook Look(AlertLook look, ImmutableArray<Evidence> evidence, DateTimeOffset since) =>
        new(OwnFindings.ResolverSilent, Resolver, look, OwnFindings.ResolverSilent.Severity, evidence, since);
}
