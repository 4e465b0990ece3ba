using System.Collections.Immutable;
using System.Text.Json;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Reads the model of a period, for all domains or one tag: see the README of this folder for its rules.</summary>
public sealed class PortfolioQuery(IDbContextFactory<DashboardContext> contexts, PortfolioMoves moves, TimeProvider time)
{
    private const int MostTags = 50;

    /// <param name="tag">Empty for all domains.</param>
    public async Task<PortfolioModel> ReadAsync(ReportPeriod period, string tag, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await WithoutCompilerAsync(db, cancellationToken);
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var isRunning = period.To > today;
        var domains = tag.Length == 0 ? db.Domains.AsNoTracking() : db.Domains.AsNoTracking().Where(d => d.Tags.Any(t => t.Tag == tag));

        var days = await DaysAsync(db, period, tag, today, cancellationToken);
        var live = isRunning ? await TodayAsync(db, domains, today, cancellationToken) : null;
        IReadOnlyList<PortfolioStand> trend = [.. days.Where(d => d.Day >= period.From), .. live is not null ? [live] : Array.Empty<PortfolioStand>()];
        var before = days.LastOrDefault(d => d.Day < period.From);
        var baseline = PortfolioComparison.Baseline(before, trend);
        var stand = trend.Count > 0 ? trend[^1] : null;
        var (from, until) = (Start(period.From), Start(period.To));
        var since = baseline is null ? from : Start(baseline.Stand.Day.AddDays(1));
        var tableSince = baseline?.Kind == BaselineKind.TableChanged ? Start(baseline.Stand.Day) : DateTimeOffset.UnixEpoch;
        var present = new PortfolioPresent(db, domains, now);
        return new PortfolioModel(
            period,
            tag,
            now,
            stand,
            baseline,
            trend,
            PortfolioComparison.Events(before, trend),
            stand is null ? [] : await TagsAsync(db, stand, baseline, isRunning, cancellationToken),
            stand is null ? new([], [], 0, 0) : await new MoverReader(db, domains, since, until, stand.TableVersion, tableSince, isRunning).ReadAsync(cancellationToken),
            await ListingsAsync(db, domains, period, days, trend, from, until, cancellationToken),
            await present.ProvidersAsync(cancellationToken),
            await present.DecisionsAsync(await moves.GetAsync(cancellationToken), tag, cancellationToken),
            await present.UrgentAsync(cancellationToken));
    }

    /// <summary>The days of the period and of the one before, up to yesterday.</summary>
    private static async Task<IReadOnlyList<PortfolioStand>> DaysAsync(DashboardContext db, ReportPeriod period, string tag, DateOnly today, CancellationToken cancellationToken)
    {
        var (first, end) = (period.Before.From, period.To < today ? period.To : today);
        var rows = await db.PortfolioDays.AsNoTracking().Where(d => d.Tag == tag && d.Day >= first && d.Day < end).OrderBy(d => d.Day).ToListAsync(cancellationToken);
        return rows.ConvertAll(Stand);
    }

    private static PortfolioStand Stand(PortfolioDay row) => new(
        row.Day,
        row.DomainCount,
        row.ScoredCount,
        row.ScoreSum,
        row.TableVersion,
        JsonSerializer.Deserialize<Dictionary<string, int>>(row.GradesJson)!.ToImmutableSortedDictionary(StringComparer.Ordinal),
        row.ListedCount,
        row.ProblemCount);

    private static async Task<PortfolioStand?> TodayAsync(DashboardContext db, IQueryable<MailDomain> domains, DateOnly today, CancellationToken cancellationToken)
    {
        var groups = await domains.GroupBy(d => d.Grade)
            .Select(g => new { Grade = g.Key, Count = g.Count(), Scored = g.Count(d => d.Score != null), Sum = g.Sum(d => d.Score ?? 0), Problems = g.Sum(d => d.CriticalCount + d.ErrorCount) })
            .ToListAsync(cancellationToken);
        if (groups.Count == 0)
        {
            return null;
        }

        var midnight = Start(today);
        var listed = await (
            from alert in db.Alerts
            join behind in db.AlertDomains on alert.Id equals behind.AlertId
            join domain in domains on behind.DomainId equals domain.Id
            where alert.Family == ListingWatch.Family && alert.OpenedAt != null && (alert.ResolvedAt == null || alert.ResolvedAt >= midnight)
            select domain.Id).Distinct().CountAsync(cancellationToken);
        return new PortfolioStand(
            today,
            groups.Sum(g => g.Count),
            groups.Sum(g => g.Scored),
            Math.Round(groups.Sum(g => g.Sum), 1),
            ScoreTable.Version,
            groups.Where(g => g.Grade is not null).ToImmutableSortedDictionary(g => g.Grade!, g => g.Count, StringComparer.Ordinal),
            listed,
            groups.Sum(g => g.Problems));
    }

    private static async Task<IReadOnlyList<TagStanding>> TagsAsync(
        DashboardContext db, PortfolioStand stand, PortfolioBaseline? baseline, bool isRunning, CancellationToken cancellationToken)
    {
        var now = isRunning
            ? await (from t in db.DomainTags join d in db.Domains on t.DomainId equals d.Id group d by t.Tag into g select new { Tag = g.Key, Count = g.Count(), Scored = g.Count(d => d.Score != null), Sum = g.Sum(d => d.Score ?? 0) })
                .OrderByDescending(t => t.Count).ThenBy(t => t.Tag).Take(MostTags).ToListAsync(cancellationToken)
            : await db.PortfolioDays.Where(d => d.Tag != "" && d.Day == stand.Day).Select(d => new { d.Tag, Count = d.DomainCount, Scored = d.ScoredCount, Sum = d.ScoreSum })
                .OrderByDescending(t => t.Count).ThenBy(t => t.Tag).Take(MostTags).ToListAsync(cancellationToken);
        var day = baseline?.Stand.Day;
        var before = (await db.PortfolioDays.AsNoTracking().Where(d => d.Tag != "" && d.Day == day && d.ScoredCount > 0).ToListAsync(cancellationToken)).ToDictionary(d => d.Tag, d => d.ScoreSum / d.ScoredCount, StringComparer.Ordinal);
        return now.ConvertAll(t =>
        {
            double? mean = t.Scored > 0 ? Math.Round(t.Sum / t.Scored, 1) : null;
            return new TagStanding(t.Tag, t.Count, mean, mean is { } value && before.TryGetValue(t.Tag, out var then) ? Math.Round(value - Math.Round(then, 1), 1) : null);
        });
    }

    private static async Task<PortfolioListings> ListingsAsync(
        DashboardContext db, IQueryable<MailDomain> domains, ReportPeriod period, IReadOnlyList<PortfolioStand> days, IReadOnlyList<PortfolioStand> trend, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (listed, things, isWhole) = await new ListingReader(db, domains, from, until).ReadAsync(cancellationToken);
        var before = days.Where(d => d.Day < period.From).ToList();
        return new PortfolioListings(trend.Sum(d => d.Listed), before.Count == period.Days ? before.Sum(d => d.Listed) : null, listed, things, isWhole);
    }

    /// <summary>PostgreSQL would compile the larger of these queries, which takes longer than they do. The pool resets it.</summary>
    private static async Task WithoutCompilerAsync(DashboardContext db, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("SET jit = off", cancellationToken);
        }
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
