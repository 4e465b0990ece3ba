using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Domains;

/// <summary>Reads everything about one domain, each list with a bound.</summary>
public sealed class DomainReader(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostFindings = 500;
    private const int MostResolved = 100;
    private const int MostVersions = 500;

    /// <summary>Null where there is no such domain (any more).</summary>
    public async Task<DomainDossier?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var domain = await db.Domains.AsNoTracking().Include(d => d.Tags).SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        if (domain is null)
        {
            return null;
        }

        var families = await db.FamilyStates.AsNoTracking().Where(f => f.DomainId == id).ToListAsync(cancellationToken);
        var findings = db.Findings.AsNoTracking().Where(f => f.DomainId == id);
        var open = await findings.Where(f => f.ResolvedAt == null)
            .OrderByDescending(f => f.Severity).ThenBy(f => f.Code).ThenBy(f => f.SubjectKey).Take(MostFindings).ToListAsync(cancellationToken);
        var resolved = await findings.Where(f => f.ResolvedAt != null)
            .OrderByDescending(f => f.ResolvedAt).Take(MostResolved).ToListAsync(cancellationToken);
        var records = await db.Records.AsNoTracking().Where(r => r.DomainId == id)
            .OrderBy(r => r.SeenUntil != null).ThenBy(r => r.Name).ThenBy(r => r.Type).ThenByDescending(r => r.SeenFrom).Take(MostVersions).ToListAsync(cancellationToken);
        var since = time.GetUtcNow().AddDays(-90);
        var trend = await db.Scores.AsNoTracking().Where(s => s.DomainId == id && s.At >= since).OrderBy(s => s.At)
            .Select(s => new ScorePoint(s.At, s.Value, s.Grade, s.TableVersion)).ToListAsync(cancellationToken);
        var latest = await db.Scores.AsNoTracking().Where(s => s.DomainId == id).OrderByDescending(s => s.At).Select(s => s.DetailJson).FirstOrDefaultAsync(cancellationToken);
        return new DomainDossier(
            domain,
            [.. families.Select(Standing)],
            [.. open.Select(Stored)],
            [.. resolved.Select(Stored)],
            [.. records.Select(r => new RecordHistoryItem(r.Family, r.Name, r.Type, StoredJson.ReadValues(r.ValuesJson), r.SeenFrom, r.SeenUntil))],
            StoredJson.ReadScore(latest),
            trend);
    }

    /// <summary>What was asked and answered at the last audit; null where there was none.</summary>
    public async Task<(DateTimeOffset At, StoredTranscript Transcript)?> TranscriptAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Transcripts.AsNoTracking().SingleOrDefaultAsync(t => t.DomainId == id, cancellationToken);
        return row is not null && StoredJson.Decompress(row.Content) is { } transcript ? (row.At, transcript) : null;
    }

    internal static StoredFinding Stored(FindingRow f) => new(
        f.Id,
        f.Family,
        f.Code,
        Subject.Parse(f.SubjectKey),
        f.Severity,
        StoredJson.ReadEvidence(f.EvidenceJson),
        StoredJson.ReadProposal(f.ProposalJson),
        f.FirstSeenAt,
        f.LastSeenAt,
        f.ResolvedAt,
        f.UndeterminedSince);

    private static FamilyStanding Standing(FamilyState f) => new(
        f.Family,
        f.Outcome,
        StoredJson.ReadReason(f.ReasonJson),
        StoredJson.ReadUndetermined(f.UndeterminedJson),
        StoredJson.ReadFacts(f.FactsJson),
        f.LastRunAt,
        f.UndeterminedSince,
        f.ElapsedMilliseconds);
}
