using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Writes the rows of days that are missing. Each source is read once, whatever the number of days.</summary>
public sealed class PortfolioRecorder(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, TimeProvider time)
{
    private const int MostTags = 200;

    /// <summary>Writes what is missing up to yesterday.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> RecordAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = await db.Domains.MinAsync(d => (DateTimeOffset?)d.CreatedAt, cancellationToken) is { } created ? DateOnly.FromDateTime(created.UtcDateTime) : (DateOnly?)null;
        var days = db.PortfolioDays.AsNoTracking();
        var last = await days.Where(d => d.Tag == "" && d.Day < today).MaxAsync(d => (DateOnly?)d.Day, cancellationToken);
        var isDoubtful = await days.AnyAsync(d => d.Tag == "" && d.Day >= today, cancellationToken);
        var known = await days.Where(d => d.Tag != "").Select(d => d.Tag).Distinct().ToListAsync(cancellationToken);
        var used = await db.DomainTags.GroupBy(t => t.Tag).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostTags).Select(g => g.Key).ToListAsync(cancellationToken);
        var written = 0;
        if (MissingDays.Of(today, first, last, isDoubtful) is { } missing)
        {
            written += await WriteAsync(db, missing, ["", .. used.Intersect(known, StringComparer.Ordinal)], cancellationToken);
        }

        var fresh = used.Except(known, StringComparer.Ordinal).ToList();
        if (fresh.Count > 0 && MissingDays.Of(today, first, null, isClockDoubtful: false) is { } all)
        {
            written += await WriteAsync(db, all, fresh, cancellationToken);
        }

        return written;
    }

    private async Task<int> WriteAsync(DashboardContext db, MissingDays days, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var ledger = new PortfolioLedger(days.From, days.To, tags);
        var (from, end) = (Start(days.From), Start(days.To.AddDays(1)));
        var columns = await ColumnsAsync(db, tags, cancellationToken);
        await AddScoresAsync(db, ledger, columns, from, end, cancellationToken);
        await AddFindingsAsync(db, ledger, columns, from, end, cancellationToken);
        await AddListingsAsync(db, ledger, columns, from, end, cancellationToken);
        await foreach (var domain in db.Domains.AsNoTracking().Select(d => new { d.Id, d.CreatedAt }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            ledger.AddDomain(columns.Of(domain.Id), domain.CreatedAt);
        }

        return await PortfolioRows.UpsertAsync(writer, [.. ledger.Rows()], cancellationToken);
    }

    private static async Task<TagColumns> ColumnsAsync(DashboardContext db, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var wanted = tags.Where(t => t.Length > 0).ToList();
        var rows = await db.DomainTags.AsNoTracking().Where(t => wanted.Contains(t.Tag)).ToListAsync(cancellationToken);
        return new TagColumns(tags, rows.Select(r => (r.DomainId, r.Tag)));
    }

    private static async Task AddScoresAsync(DashboardContext db, PortfolioLedger ledger, TagColumns columns, DateTimeOffset from, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var held = db.Domains.Select(d => db.Scores.Where(s => s.DomainId == d.Id && s.At < from).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (long?)s.Id).FirstOrDefault());
        var versions = db.Scores.AsNoTracking().Where(s => held.Contains(s.Id)).Concat(
                from d in db.Domains join s in db.Scores on d.Id equals s.DomainId where s.At >= @from && s.At < end select s)
            .Select(s => new { s.Id, s.DomainId, s.At, s.Value, s.Grade, s.TableVersion })
            .OrderBy(s => s.DomainId).ThenBy(s => s.At).ThenBy(s => s.Id);
        var last = await versions.FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return;
        }

        await foreach (var version in versions.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (version.Id != last.Id)
            {
                ledger.AddScore(columns.Of(last.DomainId), last.At, version.DomainId == last.DomainId ? version.At : null, last.Value, last.Grade, last.TableVersion);
                last = version;
            }
        }

        ledger.AddScore(columns.Of(last.DomainId), last.At, null, last.Value, last.Grade, last.TableVersion);
    }

    private static async Task AddFindingsAsync(DashboardContext db, PortfolioLedger ledger, TagColumns columns, DateTimeOffset from, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var findings = db.Findings.AsNoTracking()
            .Where(f => f.Severity >= Severity.Error && f.FirstSeenAt < end && (f.ResolvedAt == null || f.ResolvedAt >= from)
                && !db.AcceptedFindings.Any(a => a.DomainId == f.DomainId && a.Code == f.Code && a.SubjectKey == f.SubjectKey && a.AcceptedAt < end && a.Until > end && f.Severity <= a.Severity))
            .Select(f => new { f.DomainId, f.FirstSeenAt, f.ResolvedAt });
        await foreach (var finding in findings.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            ledger.AddProblem(columns.Of(finding.DomainId), finding.FirstSeenAt, finding.ResolvedAt);
        }
    }

    private static async Task AddListingsAsync(DashboardContext db, PortfolioLedger ledger, TagColumns columns, DateTimeOffset from, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var spans = await (
            from alert in db.Alerts
            join behind in db.AlertDomains on alert.Id equals behind.AlertId
            where alert.Family == ListingWatch.Family && alert.OpenedAt != null && alert.OpenedAt < end && (alert.ResolvedAt == null || alert.ResolvedAt >= @from)
            orderby behind.DomainId, alert.OpenedAt
            select new { behind.DomainId, alert.OpenedAt, alert.ResolvedAt }).ToListAsync(cancellationToken);
        foreach (var domain in spans.GroupBy(s => s.DomainId))
        {
            ledger.AddListings(columns.Of(domain.Key), domain.Select(s => (s.OpenedAt!.Value, s.ResolvedAt)));
        }
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
