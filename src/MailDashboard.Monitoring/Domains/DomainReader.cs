using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Watching;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Domains;

/// <summary>Reads everything about one domain, each list with a bound.</summary>
public sealed class DomainReader(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostFindings = 500;
    private const int MostResolved = 100;
    private const int MostVersions = 500;
    private const int MostChanges = 300;

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
        var accepted = await db.AcceptedFindings.AsNoTracking().Where(a => a.DomainId == id).ToListAsync(cancellationToken);
        var changes = await db.ChangeEvents.AsNoTracking().Where(e => e.DomainId == id)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MostChanges).ToListAsync(cancellationToken);
        var desired = await db.DesiredRecords.AsNoTracking().Where(r => r.DomainId == id).OrderBy(r => r.Name).ThenBy(r => r.Type).ToListAsync(cancellationToken);
        var stored = open.ConvertAll(f => Stored(f) with { Accepted = View(Acceptance.Find(accepted, f, time.GetUtcNow())) });
        return new DomainDossier(
            domain,
            [.. families.Select(Standing)],
            stored.FindAll(f => f.Accepted is null),
            [.. resolved.Select(Stored)],
            [.. records.Select(r => new RecordHistoryItem(r.Family, r.Name, r.Type, StoredJson.ReadValues(r.ValuesJson), r.SeenFrom, r.SeenUntil))],
            StoredJson.ReadScore(latest),
            trend)
        {
            Accepted = stored.FindAll(f => f.Accepted is not null),
            Changes = changes.ConvertAll(View),
            Desired = desired.ConvertAll(r => new DesiredView(r.Name, r.Type, StoredJson.ReadValues(r.ValuesJson), r.PinnedAt, r.PinnedBy)),
        };
    }

    /// <summary>What a family knows of a domain, and the domain's name; null where there is no such domain.</summary>
    public async Task<(string Domain, ImmutableArray<Fact> Facts)?> FactsAsync(int id, string family, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var name = await db.Domains.Where(d => d.Id == id).Select(d => d.Name).SingleOrDefaultAsync(cancellationToken);
        var facts = await db.FamilyStates.Where(f => f.DomainId == id && f.Family == family).Select(f => f.FactsJson).SingleOrDefaultAsync(cancellationToken);
        return name is null ? null : (name, facts is null ? [] : StoredJson.ReadFacts(facts));
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

    private static AcceptedView? View(AcceptedFinding? a) => a is null ? null : new AcceptedView(a.Reason, a.Until, a.AcceptedAt, a.AcceptedBy);

    private static ChangeView View(ChangeEvent e) => new(
        e.Id,
        e.At,
        e.Kind,
        e.Name,
        e.Type,
        StoredJson.ReadValues(e.BeforeJson),
        StoredJson.ReadValues(e.AfterJson),
        e.Code,
        e.WorseSeverity,
        ChangeWatch.IsWaiting(e),
        e.ConfirmedAt,
        e.ConfirmedBy,
        e.Note);

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
