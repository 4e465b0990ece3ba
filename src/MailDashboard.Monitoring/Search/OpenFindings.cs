using MailDashboard.Checks;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Search;

/// <summary>A domain that has a finding open that nobody has accepted, with what it is about.</summary>
/// <param name="Severity">The worst of them.</param>
/// <param name="Since">When the first of them was seen first.</param>
public sealed record AffectedDomain(int Id, string DisplayName, Severity Severity, DateTimeOffset Since, IReadOnlyList<Subject> Subjects);

/// <summary>Where one code is open.</summary>
/// <param name="DomainCount">All of them; the list is bounded.</param>
public sealed record CodeStanding(int DomainCount, IReadOnlyList<AffectedDomain> Domains);

/// <summary>Reads which domains have a finding with a given code.</summary>
public sealed class OpenFindings(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostRows = 500;

    public async Task<CodeStanding> ReadAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = CountingFindings.Of(db, time.GetUtcNow()).AsNoTracking().Where(f => f.Code == code);
        var count = await open.Select(f => f.DomainId).Distinct().CountAsync(cancellationToken);
        var rows = await (
            from finding in open
            join domain in db.Domains on finding.DomainId equals domain.Id
            orderby finding.Severity descending, domain.DisplayName, finding.SubjectKey
            select new { finding.DomainId, domain.DisplayName, finding.Severity, finding.FirstSeenAt, finding.SubjectKey }).Take(MostRows).ToListAsync(cancellationToken);
        return new CodeStanding(
            count,
            [
                .. rows.GroupBy(r => (r.DomainId, r.DisplayName)).Select(g => new AffectedDomain(
                    g.Key.DomainId,
                    g.Key.DisplayName,
                    g.Max(r => r.Severity),
                    g.Min(r => r.FirstSeenAt),
                    [.. g.Select(r => Subject.Parse(r.SubjectKey))])),
            ]);
    }
}
