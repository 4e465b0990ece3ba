using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Recording;

/// <summary>What is remembered of one domain, loaded to be changed in one transaction.</summary>
internal sealed class DomainMemory
{
    public required DashboardContext Db { get; init; }

    public required MailDomain Domain { get; init; }

    public required Dictionary<string, FamilyState> Families { get; init; }

    /// <summary>Open ones; what is added or resolved meanwhile is in here too.</summary>
    public required List<FindingRow> Findings { get; init; }

    /// <summary>Current ones.</summary>
    public required List<RecordVersion> Records { get; init; }

    public required Dictionary<(string Subtest, string Family), SubtestState> Subtests { get; init; }

    /// <summary>Changes for the worse that nobody has confirmed.</summary>
    public required List<ChangeEvent> Unconfirmed { get; init; }

    public required List<DesiredRecord> Desired { get; init; }

    public required List<AcceptedFinding> Accepted { get; init; }

    /// <summary>How it stands with each mailbox provider.</summary>
    public required List<ComplianceState> Compliance { get; init; }

    /// <summary>Loads it, the domain's row locked; null where the domain is gone.</summary>
    public static async Task<DomainMemory?> LoadAsync(DashboardContext db, int domainId, CancellationToken cancellationToken)
    {
        var rows = db.Database.IsNpgsql()
            ? db.Domains.FromSql($"SELECT * FROM domains WHERE id = {domainId} FOR UPDATE")
            : db.Domains.Where(d => d.Id == domainId);
        if ((await rows.ToListAsync(cancellationToken)).SingleOrDefault() is not { } domain)
        {
            return null;
        }

        return new DomainMemory
        {
            Db = db,
            Domain = domain,
            Families = await db.FamilyStates.Where(s => s.DomainId == domainId).ToDictionaryAsync(s => s.Family, cancellationToken),
            Findings = await db.Findings.Where(f => f.DomainId == domainId && f.ResolvedAt == null).ToListAsync(cancellationToken),
            Records = await db.Records.Where(r => r.DomainId == domainId && r.SeenUntil == null).ToListAsync(cancellationToken),
            Subtests = await db.SubtestStates.Where(s => s.DomainId == domainId).ToDictionaryAsync(s => (s.Subtest, s.Family), cancellationToken),
            Unconfirmed = await db.ChangeEvents.Where(e => e.DomainId == domainId && e.Code != null && e.ConfirmedAt == null && e.SettledAt == null).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(cancellationToken),
            Desired = await db.DesiredRecords.Where(r => r.DomainId == domainId).ToListAsync(cancellationToken),
            Compliance = await db.ComplianceStates.Where(s => s.DomainId == domainId).ToListAsync(cancellationToken),
            Accepted = await db.AcceptedFindings.Where(a => a.DomainId == domainId).ToListAsync(cancellationToken),
        };
    }
}
