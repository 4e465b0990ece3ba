using System.Diagnostics;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>
/// Thins what is remembered, a bounded piece at a time. Remembers where it stopped; a process that starts anew begins anew, and finds
/// little to do. Two processes may do the same: what is gone is gone.
/// </summary>
public sealed class RetentionSweep(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, DatabaseChoice choice, SettingsStore settings, TimeProvider time)
{
    private const int Domains = 100;
    private const int Rows = 500;
    private int _lastDomain;

    /// <summary>Thins for so long, and at least one piece.</summary>
    /// <returns>True where everything has been looked at; false where the next call goes on.</returns>
    public async Task<bool> RunAsync(TimeSpan budget, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var limits = RetentionLimits.Of(time.GetUtcNow(), (await settings.GetAsync(cancellationToken)).RetentionMonths);
        do
        {
            if (await NextDomainsAsync(cancellationToken) is { Count: > 0 } ids)
            {
                await writer.WriteAsync((db, token) => ThinAsync(db, ids[0], ids[^1], limits, token), cancellationToken);
                _lastDomain = ids[^1];
            }
            else if (await writer.WriteAsync((db, token) => DropAsync(db, limits.DropBefore, token), cancellationToken) == 0)
            {
                _lastDomain = 0;
                return true;
            }
        }
        while (Stopwatch.GetElapsedTime(started) < budget);
        return false;
    }

    private async Task<List<int>> NextDomainsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Domains.Where(d => d.Id > _lastDomain).OrderBy(d => d.Id).Select(d => d.Id).Take(Domains).ToListAsync(cancellationToken);
    }

    private async Task ThinAsync(DashboardContext db, int first, int last, RetentionLimits limits, CancellationToken cancellationToken)
    {
        var before = limits.DropBefore;

        // The last one before the limit holds until the next: without it a domain's line would begin too late.
        await db.Scores.Where(s => s.DomainId >= first && s.DomainId <= last && s.At < before
                && db.Scores.Any(l => l.DomainId == s.DomainId && l.At < before && (l.At > s.At || (l.At == s.At && l.Id > s.Id))))
            .ExecuteDeleteAsync(cancellationToken);
        await OnePerDayAsync(db, first, last, limits.ThinBefore, cancellationToken);
        await db.Findings.Where(f => f.DomainId >= first && f.DomainId <= last && f.ResolvedAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.Records.Where(r => r.DomainId >= first && r.DomainId <= last && r.SeenUntil < before).ExecuteDeleteAsync(cancellationToken);
        await db.ChangeEvents
            .Where(e => e.DomainId >= first && e.DomainId <= last && e.At < before && (e.Code == null || e.ConfirmedAt != null || e.SettledAt != null))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The day of a time has no word that both databases know.</summary>
    private async Task OnePerDayAsync(DashboardContext db, int first, int last, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var limit = choice.Time(before);
        await (choice.Kind == DatabaseKind.Postgres
            ? db.Database.ExecuteSqlAsync(
                $"""
                DELETE FROM score_versions WHERE domain_id BETWEEN {first} AND {last} AND at < {limit} AND EXISTS (
                    SELECT 1 FROM score_versions l WHERE l.domain_id = score_versions.domain_id AND (l.at, l.id) > (score_versions.at, score_versions.id)
                    AND l.at < date_trunc('day', score_versions.at, 'UTC') + interval '24 hours')
                """,
                cancellationToken)
            : db.Database.ExecuteSqlAsync(
                $"""
                DELETE FROM score_versions WHERE domain_id BETWEEN {first} AND {last} AND at < {limit} AND EXISTS (
                    SELECT 1 FROM score_versions l WHERE l.domain_id = score_versions.domain_id AND (l.at, l.id) > (score_versions.at, score_versions.id)
                    AND l.at / 86400000000 = score_versions.at / 86400000000)
                """,
                cancellationToken));
    }

    /// <summary>What belongs to no domain alone; the rows behind an alert go with it.</summary>
    /// <returns>How many rows; there may be more.</returns>
    private static async Task<int> DropAsync(DashboardContext db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var alerts = db.Alerts.Where(a => a.ResolvedAt < before || (a.IsMomentary && a.NoticeDueAt == null && a.LastSeenAt < before)).OrderBy(a => a.Id).Select(a => a.Id).Take(Rows);
        var messages = db.Outbox.Where(m => m.SentAt < before || m.AbandonedAt < before).OrderBy(m => m.Id).Select(m => m.Id).Take(Rows);
        var tests = db.MessageTests.Where(t => t.CreatedAt < before).OrderBy(t => t.Id).Select(t => t.Id).Take(Rows);
        var runs = db.PlacementRuns.Where(r => r.EndedAt < before).OrderBy(r => r.Id).Select(r => r.Id).Take(Rows);
        return await db.Alerts.Where(a => alerts.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken)
            + await db.Outbox.Where(m => messages.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken)
            + await db.MessageTests.Where(t => tests.Contains(t.Id)).ExecuteDeleteAsync(cancellationToken)
            + await db.PlacementRuns.Where(r => runs.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
