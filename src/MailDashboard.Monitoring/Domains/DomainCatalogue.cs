using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Domains;

/// <summary>Reads the list of domains; 10,000 of them stay fast because the database filters, orders and pages.</summary>
public sealed class DomainCatalogue(IDbContextFactory<DashboardContext> contexts)
{
    /// <summary>More than this is never sent to a page at once.</summary>
    public const int LargestPage = 200;

    public async Task<DomainListPage> ListAsync(DomainListQuery query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Filtered(db.Domains.AsNoTracking(), query);
        var total = await rows.CountAsync(cancellationToken);
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        var page = Math.Clamp(query.Page, 0, Math.Max(0, (total - 1) / size));
        var items = await Ordered(rows, query)
            .Skip(page * size)
            .Take(size)
            .Select(d => new DomainListItem(
                d.Id, d.Name, d.DisplayName, d.Score, d.Grade, d.WorstSeverity, d.CriticalCount, d.ErrorCount, d.WarningCount,
                d.ListingCount, d.UndeterminedCount, d.DmarcPolicy, d.LastAuditAt, d.Tags.OrderBy(t => t.Tag).Select(t => t.Tag).ToList())
            {
                IsDmarcUnknown = db.FamilyStates.Any(f => f.DomainId == d.Id && f.Family == "dmarc" && f.Outcome == "inconclusive"),
            })
            .ToListAsync(cancellationToken);
        return new DomainListPage(items, total);
    }

    /// <summary>How many domains each filter would keep.</summary>
    public async Task<DomainCounts> CountsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Domains.GroupBy(_ => 1).Select(g => new DomainCounts(
            g.Count(),
            g.Count(d => d.WorstSeverity >= Severity.Error),
            g.Count(d => d.ListingCount > 0),
            g.Count(d => d.UndeterminedCount > 0),
            g.Count(d => d.LastAuditAt == null))).SingleOrDefaultAsync(cancellationToken) ?? new DomainCounts(0, 0, 0, 0, 0);
    }

    /// <summary>Every tag in use, with how many domains bear it.</summary>
    public async Task<IReadOnlyList<(string Tag, int Count)>> TagsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tags = await db.DomainTags.GroupBy(t => t.Tag).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync(cancellationToken);
        return [.. tags.Select(t => (t.Key, t.Count))];
    }

    /// <summary>Every domain by name: to choose from.</summary>
    public async Task<IReadOnlyList<(int Id, string DisplayName)>> NamesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Domains.AsNoTracking().OrderBy(d => d.DisplayName).Select(d => new { d.Id, d.DisplayName }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => (r.Id, r.DisplayName))];
    }

    /// <summary>The first few names that contain a text: for the search box.</summary>
    public async Task<IReadOnlyList<(int Id, string DisplayName)>> SuggestAsync(string text, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Filtered(db.Domains.AsNoTracking(), new DomainListQuery { Search = text })
            .OrderBy(d => d.DisplayName).Take(Math.Clamp(most, 1, 50)).Select(d => new { d.Id, d.DisplayName }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => (r.Id, r.DisplayName))];
    }

    internal static IQueryable<MailDomain> Filtered(IQueryable<MailDomain> rows, DomainListQuery query)
    {
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            // Names are stored in lower case, so comparing is the same on both providers; LIKE's own signs are plain text here.
            var typed = query.Search.Trim().ToLowerInvariant();
            var text = "%" + typed.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
            rows = rows.Where(d => EF.Functions.Like(d.DisplayName, text, "\\") || EF.Functions.Like(d.Name, text, "\\"));
        }

        if (!string.IsNullOrEmpty(query.Tag))
        {
            rows = rows.Where(d => d.Tags.Any(t => t.Tag == query.Tag));
        }

        return query.Filter switch
        {
            DomainFilter.NeedsAttention => rows.Where(d => d.WorstSeverity >= Severity.Error),
            DomainFilter.Listed => rows.Where(d => d.ListingCount > 0),
            DomainFilter.Undetermined => rows.Where(d => d.UndeterminedCount > 0),
            DomainFilter.New => rows.Where(d => d.LastAuditAt == null),
            _ => rows,
        };
    }

    /// <summary>What was never looked at comes last either way: the two providers disagree about where NULL belongs.</summary>
    private static IQueryable<MailDomain> Ordered(IQueryable<MailDomain> rows, DomainListQuery query)
    {
        var ordered = (query.Order, query.Descending) switch
        {
            (DomainOrder.Score, false) => rows.OrderBy(d => d.Score == null).ThenBy(d => d.Score),
            (DomainOrder.Score, true) => rows.OrderBy(d => d.Score == null).ThenByDescending(d => d.Score),
            (DomainOrder.Worst, false) => rows.OrderBy(d => d.WorstSeverity == null).ThenBy(d => d.WorstSeverity),
            (DomainOrder.Worst, true) => rows.OrderBy(d => d.WorstSeverity == null).ThenByDescending(d => d.WorstSeverity).ThenByDescending(d => d.CriticalCount).ThenByDescending(d => d.ErrorCount),
            (DomainOrder.LastAudit, false) => rows.OrderBy(d => d.LastAuditAt == null).ThenBy(d => d.LastAuditAt),
            (DomainOrder.LastAudit, true) => rows.OrderBy(d => d.LastAuditAt == null).ThenByDescending(d => d.LastAuditAt),
            (DomainOrder.Listings, false) => rows.OrderBy(d => d.ListingCount),
            (DomainOrder.Listings, true) => rows.OrderByDescending(d => d.ListingCount),
            (_, true) => rows.OrderByDescending(d => d.DisplayName),
            _ => rows.OrderBy(d => d.DisplayName),
        };
        return ordered.ThenBy(d => d.DisplayName).ThenBy(d => d.Id);
    }
}
