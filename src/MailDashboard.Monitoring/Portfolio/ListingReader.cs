using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Who and what was on blocklists between two moments.</summary>
internal sealed record ListingReader(DashboardContext Db, IQueryable<MailDomain> Domains, DateTimeOffset From, DateTimeOffset Until)
{
    private const int MostRows = 10;
    private const int MostSpans = 5000;

    /// <summary>For a list of every domain: so many are more than anybody opens in a spreadsheet.</summary>
    private const int MostSpansOfAll = 200_000;

    /// <returns>The two lists, and whether they are made from all there was.</returns>
    public async Task<(IReadOnlyList<ListedDomain> Domains, IReadOnlyList<ListedThing> Things, bool IsWhole)> ReadAsync(CancellationToken cancellationToken)
    {
        var spans = await SpansAsync(MostSpans, cancellationToken);
        var domains = spans.GroupBy(s => (s.DomainId, s.DisplayName))
            .Select(g => new ListedDomain(g.Key.DomainId, g.Key.DisplayName, Days(g), g.Any(s => s.To is null)))
            .OrderByDescending(d => d.Days).ThenBy(d => d.DisplayName, StringComparer.Ordinal);
        var things = spans.GroupBy(s => Subject.Parse(s.SubjectKey).Name)
            .Select(g => new ListedThing(
                g.First().AlertId,
                g.Key,
                [.. g.Select(s => Subject.Parse(s.SubjectKey).List ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                g.Select(s => s.DomainId).Distinct().Count(),
                Days(g),
                g.Any(s => s.To is null)))
            .OrderByDescending(t => t.Days).ThenByDescending(t => t.Domains).ThenBy(t => t.Name, StringComparer.Ordinal);
        return ([.. domains.Take(MostRows)], [.. things.Take(MostRows)], spans.Count < MostSpans);
    }

    /// <returns>Days on blocklists by domain; who was on none is left out.</returns>
    public async Task<IReadOnlyDictionary<int, int>> DaysByDomainAsync(CancellationToken cancellationToken) =>
        (await SpansAsync(MostSpansOfAll, cancellationToken)).GroupBy(s => s.DomainId).ToDictionary(g => g.Key, Days);

    private Task<List<Span>> SpansAsync(int most, CancellationToken cancellationToken) => (
        from alert in Db.Alerts
        join behind in Db.AlertDomains on alert.Id equals behind.AlertId
        join domain in Domains on behind.DomainId equals domain.Id
        where alert.Family == ListingWatch.Family && alert.OpenedAt != null && alert.OpenedAt < Until && (alert.ResolvedAt == null || alert.ResolvedAt >= From)
        orderby alert.OpenedAt descending
        select new Span(alert.Id, alert.SubjectKey, alert.OpenedAt!.Value, alert.ResolvedAt, domain.Id, domain.DisplayName)).Take(most).ToListAsync(cancellationToken);

    /// <summary>Days (UTC) touched by any of them, within the period.</summary>
    private int Days(IEnumerable<Span> spans)
    {
        var (days, done) = (0, int.MinValue);
        var (first, last) = (Day(From), Day(Until.AddTicks(-1)));
        foreach (var span in spans.OrderBy(s => s.At))
        {
            var start = Math.Max(Math.Max(first, done + 1), Day(span.At));
            var end = Math.Min(last, span.To is { } over ? Day(over) : last);
            if (start <= end)
            {
                days += end - start + 1;
                done = end;
            }
        }

        return days;
    }

    private static int Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    private sealed record Span(long AlertId, string SubjectKey, DateTimeOffset At, DateTimeOffset? To, int DomainId, string DisplayName);
}
