using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>
/// Takes the alerts of domains whose second look is due. A listing is looked at here and settled; for anything else the domain is audited anew,
/// and <see cref="AlertLedger"/> settles it.
/// </summary>
public sealed partial class DueAlerts(
    DatabaseWriter writer,
    DatabaseChoice choice,
    IListingConfirmer confirmer,
    RuleBook rules,
    AlertTimes times,
    ChangeFeed feed,
    Random random,
    TimeProvider time,
    ILogger<DueAlerts> log)
{
    /// <summary>Looked at in three waves at most: even where every look takes all of its time, the lease outlasts the last.</summary>
    private const int Most = 3 * AtOnce;
    private const int AtOnce = 16;
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(45);

    /// <summary>One round.</summary>
    /// <returns>How many alerts were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await CloseOrphansAsync(cancellationToken);
        var token = $"{Environment.MachineName}:{Environment.ProcessId}/{Guid.NewGuid():n}";
        var alerts = await TakeAsync(token, cancellationToken);
        if (alerts.Count == 0)
        {
            return 0;
        }

        var others = alerts.FindAll(a => a.Family != ListingWatch.Family).ConvertAll(a => a.Id);
        if (others.Count > 0)
        {
            // Their leases stay: should the audit not come to one, it is taken again when its lease ends.
            await writer.WriteAsync((db, ct) => AuditsAnew.MakeDueAsync(db, others, time.GetUtcNow(), ct), cancellationToken);
        }

        var active = await rules.GetAsync(cancellationToken);
        using var room = new SemaphoreSlim(AtOnce);

        // What one first audit has shown is decided together, so that it becomes one mail.
        var groups = alerts.Where(a => a.Family == ListingWatch.Family)
            .GroupBy(a => a.SummaryDomainId is { } domain && a.Status == AlertStatus.Pending ? $"d{domain}" : $"a{a.Id}");
        await Task.WhenAll(groups.Select(async group =>
        {
            try
            {
                var looks = await LookAsync([.. group], room, cancellationToken);
                await SettleAsync([.. group.Select(a => a.Id)], token, looks, active, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // One that cannot be settled must not hold up the others; its lease ends, and it is tried again.
                LogNotSettled(group.Key, e);
            }
        }));
        return alerts.Count;
    }

    private async Task SettleAsync(List<long> ids, string token, Dictionary<long, AlertLook> looks, ImmutableArray<ActiveRule> active, CancellationToken cancellationToken)
    {
        var domains = await writer.WriteAsync((db, ct) => DecideAsync(db, ids, token, looks, active, ct), cancellationToken);
        await CountListingsAsync(domains, cancellationToken);
        domains.ForEach(d => feed.Publish(new DashboardChange(d)));
        feed.Publish(new DashboardChange(null));
    }

    private async Task<List<Alert>> TakeAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (n, until) = (choice.Time(now), choice.Time(now + LeaseLength));
        return await writer.WriteAsync(
            (db, ct) => (choice.Kind == DatabaseKind.Postgres
                ? db.Alerts.FromSql(
                    $"""
                    UPDATE alerts SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM alerts WHERE resolved_at IS NULL AND next_look_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
                            AND EXISTS (SELECT 1 FROM alert_domains d WHERE d.alert_id = alerts.id)
                        ORDER BY next_look_at LIMIT {Most} FOR UPDATE SKIP LOCKED)
                    RETURNING *
                    """)
                : db.Alerts.FromSql(
                    $"""
                    UPDATE alerts SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM alerts WHERE resolved_at IS NULL AND next_look_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
                            AND EXISTS (SELECT 1 FROM alert_domains d WHERE d.alert_id = alerts.id)
                        ORDER BY next_look_at LIMIT {Most})
                    RETURNING *
                    """)).AsNoTracking().ToListAsync(ct),
            cancellationToken);
    }

    private async Task<Dictionary<long, AlertLook>> LookAsync(List<Alert> alerts, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        var looks = await Task.WhenAll(alerts.Select(async a =>
        {
            await room.WaitAsync(cancellationToken);
            try
            {
                return (a.Id, Look: await LookAsync(a, cancellationToken));
            }
            finally
            {
                room.Release();
            }
        }));
        return looks.ToDictionary(l => l.Id, l => l.Look);
    }

    private async Task<AlertLook> LookAsync(Alert alert, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LookTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await confirmer.LookAgainAsync(Subject.Parse(alert.SubjectKey), both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AlertLook.Undetermined;
        }
    }

    private async Task<List<int>> DecideAsync(
        DashboardContext db, List<long> ids, string token, Dictionary<long, AlertLook> looks, ImmutableArray<ActiveRule> active, CancellationToken cancellationToken)
    {
        await AlertLock.TakeAsync(db, ids, cancellationToken);
        var now = time.GetUtcNow();
        var alerts = await db.Alerts.Where(a => ids.Contains(a.Id) && a.LeaseOwner == token && a.LeasedUntil > now && a.ResolvedAt == null)
            .Include(a => a.Domains).ToListAsync(cancellationToken);
        var domains = await AlertedDomains.LoadAsync(db, alerts, cancellationToken);
        foreach (var alert in alerts)
        {
            var observation = new AlertObservation(looks[alert.Id], IsSecondLook: true);
            var thresholds = RuleVerdicts.Thresholds(alert, active, domains.Of(alert));
            var (state, action) = AlertDecision.Decide(AlertSteps.StateOf(alert), observation, thresholds, times, now, random.NextDouble());
            (alert.LeaseOwner, alert.LeasedUntil) = (null, null);
            if (action == AlertAction.Drop || state is null)
            {
                db.Alerts.Remove(alert);
                continue;
            }

            AlertSteps.Note(alert, observation.Look, now);
            AlertSteps.Take(alert, state, action, now);
        }

        return [.. alerts.SelectMany(a => a.Domains).Select(d => d.DomainId).Distinct()];
    }

    /// <summary>Outside the transaction: it locks domains, which a recorder locks before it locks alerts. The next audit counts again anyway.</summary>
    private Task<int> CountListingsAsync(List<int> domainIds, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (db, ct) => db.Domains.Where(d => domainIds.Contains(d.Id)).ExecuteUpdateAsync(
                s => s.SetProperty(
                    d => d.ListingCount,
                    d => db.AlertDomains.Count(l => l.DomainId == d.Id && db.Alerts.Any(a => a.Id == l.AlertId && a.Family == ListingWatch.Family && (a.Status == AlertStatus.Open || a.Status == AlertStatus.Resolving)))),
                ct),
            cancellationToken);

    /// <summary>Alerts whose last domain was deleted end without a message.</summary>
    private Task<int> CloseOrphansAsync(CancellationToken cancellationToken)
    {
        var (now, ours) = (time.GetUtcNow(), OwnFindings.WithoutDomain.ToArray());
        return writer.WriteAsync(
            (db, ct) => db.Alerts.Where(a => a.ResolvedAt == null && a.Domains.Count == 0 && !ours.Contains(a.Code))
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, AlertStatus.Resolved).SetProperty(a => a.ResolvedAt, now).SetProperty(a => a.NextLookAt, (DateTimeOffset?)null).SetProperty(a => a.NoticeDueAt, (DateTimeOffset?)null), ct),
            cancellationToken);
    }

    [LoggerMessage(310, LogLevel.Error, "The second look of {Group} could not be settled; trying again")]
    private partial void LogNotSettled(string group, Exception exception);
}
