using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Maintenance;

/// <summary>Announced work as somebody writes it.</summary>
/// <param name="Reason">For those who read it later.</param>
/// <param name="StartsAt">Of the first time.</param>
/// <param name="Minutes">How long each time.</param>
/// <param name="WeekDays">Bit 0 = Monday; 0 for once.</param>
/// <param name="TimeZone">IANA id: whose clock on the wall a repeated one follows.</param>
/// <param name="EndsAt">Last start of a repeated one; null for ever.</param>
/// <param name="Tags">Domains that bear one of these.</param>
/// <param name="Domains">Domains by name. Both empty: everything.</param>
public sealed record MaintenanceDraft(
    string Reason, DateTimeOffset StartsAt, int Minutes, int WeekDays, string TimeZone, DateTimeOffset? EndsAt, IReadOnlyList<string> Tags, IReadOnlyList<string> Domains);

public enum MaintenanceFault
{
    NoReason,
    TooLong,
    BadLength,
    BadEnd,
    InThePast,
    NotADomain,
    TooMany,
}

/// <summary>What is wrong with announced work that somebody wrote.</summary>
public sealed record MaintenanceProblem(MaintenanceFault Fault, string Value = "");

/// <summary>Announced work: read, added, ended.</summary>
public sealed class MaintenanceStore(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ChangeFeed feed, TimeProvider time)
{
    public const int LongestMinutes = 7 * 24 * 60;
    public const int LongestReason = 200;
    private const int Most = 500;
    private const int MostWords = 100;

    /// <summary>What is to come or repeats; past ones go after a month.</summary>
    public async Task<IReadOnlyList<MaintenanceWindow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MaintenanceWindows.AsNoTracking().OrderByDescending(w => w.StartsAt).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>Whether announced work covers any of these domains now; its end.</summary>
    public async Task<DateTimeOffset?> CoveredUntilAsync(IReadOnlyCollection<int> domainIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var windows = await db.MaintenanceWindows.AsNoTracking().ToListAsync(cancellationToken);
        var domains = await AlertedDomains.LoadAsync(db, domainIds, cancellationToken);
        return MaintenanceCalendar.CoveredUntil(windows, domains.All, time.GetUtcNow());
    }

    /// <summary>Announces work.</summary>
    /// <returns>What is wrong; nothing was stored then.</returns>
    public async Task<IReadOnlyList<MaintenanceProblem>> AddAsync(MaintenanceDraft draft, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var problems = Check(draft, now).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var old = now.AddDays(-30);
        await writer.WriteAsync(
            async (db, token) =>
            {
                await db.MaintenanceWindows.Where(w => w.WeekDays == 0 ? w.StartsAt < old : w.EndsAt < old).ExecuteDeleteAsync(token);
                db.MaintenanceWindows.Add(new MaintenanceWindow
                {
                    Reason = draft.Reason.Trim(),
                    StartsAt = draft.StartsAt,
                    Minutes = draft.Minutes,
                    WeekDays = draft.WeekDays,
                    TimeZone = draft.TimeZone,
                    EndsAt = draft.EndsAt,
                    Tags = [.. draft.Tags.Select(t => t.Trim().ToLowerInvariant()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)],
                    Domains = [.. draft.Domains.Select(d => DomainName.TryParse(d, out var name, out _, out _) ? name.Ascii : d).Distinct(StringComparer.Ordinal)],
                    CreatedBy = by,
                });
            },
            cancellationToken);
        feed.Publish(new DashboardChange(null));
        return [];
    }

    /// <summary>Ends it: what it held back is decided again at once.</summary>
    public async Task DeleteAsync(int id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync(
            async (db, token) =>
            {
                await db.MaintenanceWindows.Where(w => w.Id == id).ExecuteDeleteAsync(token);
                await db.Alerts.Where(a => a.NoticeDueAt > now && db.AlertNotices.Any(n => n.AlertId == a.Id && n.HeldBy == nameof(Rules.HoldReason.Maintenance)))
                    .ExecuteUpdateAsync(s => s.SetProperty(a => a.NoticeDueAt, now), token);
            },
            cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private static IEnumerable<MaintenanceProblem> Check(MaintenanceDraft draft, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(draft.Reason))
        {
            yield return new MaintenanceProblem(MaintenanceFault.NoReason);
        }

        if (draft.Reason.Length > LongestReason || draft.Tags.Any(t => t.Length > LongestReason))
        {
            yield return new MaintenanceProblem(MaintenanceFault.TooLong);
        }

        if (draft.Minutes is < 1 or > LongestMinutes)
        {
            yield return new MaintenanceProblem(MaintenanceFault.BadLength);
        }
        else if (draft.WeekDays == 0 && draft.StartsAt.AddMinutes(draft.Minutes) <= now)
        {
            yield return new MaintenanceProblem(MaintenanceFault.InThePast);
        }

        if (draft.EndsAt < draft.StartsAt)
        {
            yield return new MaintenanceProblem(MaintenanceFault.BadEnd);
        }

        if (draft.Tags.Count + draft.Domains.Count > MostWords)
        {
            yield return new MaintenanceProblem(MaintenanceFault.TooMany);
        }

        foreach (var bad in draft.Domains.Where(d => !DomainName.TryParse(d, out _, out _, out _)).Take(3))
        {
            yield return new MaintenanceProblem(MaintenanceFault.NotADomain, bad);
        }
    }
}
