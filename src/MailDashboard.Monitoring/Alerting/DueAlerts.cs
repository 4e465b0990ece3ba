using MailDashboard.Checks;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Takes the alerts whose second look is due, looks, and writes state and mails in one transaction.</summary>
public sealed partial class DueAlerts(
    DatabaseWriter writer,
    DatabaseChoice choice,
    IListingConfirmer confirmer,
    AlertMailWriter mails,
    SettingsStore settings,
    AlertTimes rule,
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

        var current = await settings.GetAsync(cancellationToken);
        using var room = new SemaphoreSlim(AtOnce);

        // What one first audit has shown is decided together, so that it becomes one mail.
        var groups = alerts.GroupBy(a => a.SummaryDomainId is { } domain && a.Status == AlertStatus.Pending ? $"d{domain}" : $"a{a.Id}");
        await Task.WhenAll(groups.Select(async group =>
        {
            try
            {
                var looks = await LookAsync([.. group], room, cancellationToken);
                await SettleAsync([.. group.Select(a => a.Id)], token, looks, current, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // One that cannot be settled must not hold up the others; its lease ends, and it is tried again.
                LogNotSettled(group.Key, e);
            }
        }));
        return alerts.Count;
    }

    private async Task SettleAsync(List<long> ids, string token, Dictionary<long, AlertLook> looks, DashboardSettings current, CancellationToken cancellationToken)
    {
        var domains = await writer.WriteAsync((db, ct) => DecideAsync(db, ids, token, looks, current, ct), cancellationToken);
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
                        ORDER BY next_look_at LIMIT {Most} FOR UPDATE SKIP LOCKED)
                    RETURNING *
                    """)
                : db.Alerts.FromSql(
                    $"""
                    UPDATE alerts SET lease_owner = {token}, leased_until = {until} WHERE id IN (
                        SELECT id FROM alerts WHERE resolved_at IS NULL AND next_look_at <= {n} AND (leased_until IS NULL OR leased_until < {n})
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
        DashboardContext db, List<long> ids, string token, Dictionary<long, AlertLook> looks, DashboardSettings current, CancellationToken cancellationToken)
    {
        if (choice.Kind == DatabaseKind.Postgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT id FROM alerts WHERE id = ANY({ids.ToArray()}) ORDER BY id FOR UPDATE", cancellationToken);
        }

        var now = time.GetUtcNow();
        var alerts = await db.Alerts.Where(a => ids.Contains(a.Id) && a.LeaseOwner == token && a.LeasedUntil > now && a.ResolvedAt == null)
            .Include(a => a.Domains).ToListAsync(cancellationToken);
        var (opened, resolved) = (new List<Alert>(), new List<Alert>());
        foreach (var alert in alerts)
        {
            var observation = new AlertObservation(looks[alert.Id], IsSecondLook: true);
            var (state, action) = AlertDecision.Decide(new AlertState(alert.Status, alert.NextLookAt), observation, rule, now, random.NextDouble());
            (alert.LeaseOwner, alert.LeasedUntil) = (null, null);
            if (action == AlertAction.Drop || state is null)
            {
                db.Alerts.Remove(alert);
                continue;
            }

            (alert.Status, alert.NextLookAt) = (state.Status, state.NextLookAt);
            if (action == AlertAction.Open)
            {
                (alert.OpenedAt, alert.LastSeenAt) = (now, now);
                opened.Add(alert);
            }
            else if (action == AlertAction.Resolve)
            {
                alert.ResolvedAt = now;
                resolved.Add(alert);
            }
        }

        await mails.WriteAsync(db, opened, resolved, current, now, cancellationToken);
        return [.. alerts.SelectMany(a => a.Domains).Select(d => d.DomainId).Distinct()];
    }

    /// <summary>Outside the transaction: it locks domains, which a recorder locks before it locks alerts. The next audit counts again anyway.</summary>
    private Task<int> CountListingsAsync(List<int> domainIds, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            (db, ct) => db.Domains.Where(d => domainIds.Contains(d.Id)).ExecuteUpdateAsync(
                s => s.SetProperty(
                    d => d.ListingCount,
                    d => db.AlertDomains.Count(l => l.DomainId == d.Id && db.Alerts.Any(a => a.Id == l.AlertId && (a.Status == AlertStatus.Open || a.Status == AlertStatus.Resolving)))),
                ct),
            cancellationToken);

    /// <summary>Alerts whose last domain was deleted end without a message.</summary>
    private Task<int> CloseOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync(
            (db, ct) => db.Alerts.Where(a => a.ResolvedAt == null && a.Domains.Count == 0)
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, AlertStatus.Resolved).SetProperty(a => a.ResolvedAt, now).SetProperty(a => a.NextLookAt, (DateTimeOffset?)null), ct),
            cancellationToken);
    }

    [LoggerMessage(310, LogLevel.Error, "The second look of {Group} could not be settled; trying again")]
    private partial void LogNotSettled(string group, Exception exception);
}
