using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Strict;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Compliance;

/// <summary>Reads how domains stand with mailbox providers. The database filters and pages; one domain is judged in full when somebody opens it.</summary>
public sealed class ComplianceBoard(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostFindings = 2000;

    public async Task<ComplianceList> ListAsync(ComplianceQuery query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = DomainCatalogue.Filtered(db.Domains.AsNoTracking(), new DomainListQuery { Search = query.Search, Tag = query.Tag });
        if (query.Status is { } status)
        {
            rows = query.Provider is { } provider
                ? rows.Where(d => db.ComplianceStates.Any(s => s.DomainId == d.Id && s.Provider == provider && s.Status == status))
                : rows.Where(d => db.ComplianceStates.Any(s => s.DomainId == d.Id && s.Status == status));
        }

        var total = await rows.CountAsync(cancellationToken);
        var size = Math.Clamp(query.PageSize, 1, DomainCatalogue.LargestPage);
        var page = Math.Clamp(query.Page, 0, Math.Max(0, (total - 1) / size));
        var shown = await rows.OrderBy(d => d.DisplayName).ThenBy(d => d.Id).Skip(page * size).Take(size)
            .Select(d => new { d.Id, d.DisplayName, d.DailyVolume, d.IsStrict, d.LastAuditAt }).ToListAsync(cancellationToken);
        var ids = shown.ConvertAll(d => d.Id);
        var cells = (await db.ComplianceStates.AsNoTracking().Where(s => ids.Contains(s.DomainId)).ToListAsync(cancellationToken)).ToLookup(s => s.DomainId);
        return new ComplianceList(
            [.. shown.Select(d => new ComplianceRow(d.Id, d.DisplayName, d.DailyVolume, d.IsStrict, d.LastAuditAt, cells[d.Id].ToDictionary(s => s.Provider, s => s.Status, StringComparer.Ordinal)))],
            total,
            page);
    }

    /// <summary>How many domains stand how with a provider, or with any of them.</summary>
    public async Task<ComplianceCounts> CountsAsync(string? provider, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await db.Domains.CountAsync(cancellationToken);
        var states = db.ComplianceStates.AsNoTracking();
        var counts = await (provider is null ? states : states.Where(s => s.Provider == provider))
            .GroupBy(s => s.Status).Select(g => new { g.Key, Count = g.Select(s => s.DomainId).Distinct().Count() }).ToListAsync(cancellationToken);
        return new ComplianceCounts(all, counts.ToDictionary(c => c.Key, c => c.Count));
    }

    /// <summary>Everything about one domain; null where it is gone.</summary>
    public async Task<ComplianceDossier?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Domains.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is not { } domain)
        {
            return null;
        }

        var families = await db.FamilyStates.AsNoTracking().Where(f => f.DomainId == id).ToListAsync(cancellationToken);
        var findings = await db.Findings.AsNoTracking().Where(f => f.DomainId == id && f.ResolvedAt == null)
            .OrderByDescending(f => f.Severity).ThenBy(f => f.Code).ThenBy(f => f.SubjectKey).Take(MostFindings).ToListAsync(cancellationToken);
        var subtests = await db.SubtestStates.AsNoTracking().Where(s => s.DomainId == id).ToListAsync(cancellationToken);
        return Judge(domain, families, findings, subtests);
    }

    private ComplianceDossier Judge(MailDomain domain, List<FamilyState> families, List<FindingRow> findings, List<SubtestState> subtests)
    {
        var standing = Standings.Of(domain, families, findings, subtests);
        return new ComplianceDossier(
            domain,
            standing.Roles.Sends,
            ComplianceJudge.Judge(standing, ComplianceCatalogue.Shipped, BlocklistCatalogue.Shipped),
            StrictJudge.Judge(standing, BlocklistCatalogue.Shipped, time.GetUtcNow()),
            findings.ConvertAll(DomainReader.Stored));
    }
}
