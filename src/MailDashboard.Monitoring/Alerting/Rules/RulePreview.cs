using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>Something that a rule would have told of.</summary>
/// <param name="At">When it was seen first.</param>
/// <param name="Until">When it was gone; null while it is there.</param>
/// <param name="Code">Permanent code.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Evidence">As it was last seen.</param>
/// <param name="Severity">As it was last seen.</param>
/// <param name="Domain">The domain, or the first of several, as people read it.</param>
/// <param name="DomainCount">How many.</param>
public sealed record PreviewItem(
    DateTimeOffset At, DateTimeOffset? Until, string Code, Subject Subject, System.Collections.Immutable.ImmutableArray<Evidence> Evidence, Severity Severity, string Domain, int DomainCount);

/// <summary>What a rule would have sent lately.</summary>
/// <param name="Items">The latest of them, latest first.</param>
/// <param name="Total">All of them.</param>
/// <param name="Messages">Messages for each recipient, beginnings and ends, with what came together in one.</param>
/// <param name="IsCut">There was more than could be looked through.</param>
public sealed record RulePreviewResult(IReadOnlyList<PreviewItem> Items, int Total, int Messages, bool IsCut);

/// <summary>
/// Plays a rule over what is remembered of the last thirty days: alerts, and findings that no rule told of. It does not know how many
/// looks showed each, so it says "at most".
/// </summary>
public sealed class RulePreview(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    public const int Days = 30;
    private const int MostRows = 5000;
    private const int Shown = 50;

    public async Task<RulePreviewResult> PlayAsync(RuleTerms terms, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow().AddDays(-Days);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var candidates = terms.Topic switch
        {
            RuleTopic.Finding or RuleTopic.Drift => await FindingsAsync(db, terms, since, cancellationToken),
            RuleTopic.Change => [.. await FindingsAsync(db, terms, since, cancellationToken), .. await AlertsAsync(db, since, cancellationToken)],
            _ => await AlertsAsync(db, since, cancellationToken),
        };
        var names = candidates.SelectMany(c => c.DomainIds).Distinct().ToList();
        var domains = await db.Domains.AsNoTracking().Where(d => names.Contains(d.Id)).Select(d => new { d.Id, d.Name, d.DisplayName }).ToDictionaryAsync(d => d.Id, cancellationToken);
        var tags = (await db.DomainTags.AsNoTracking().Where(t => names.Contains(t.DomainId)).ToListAsync(cancellationToken)).ToLookup(t => t.DomainId, t => t.Tag);
        var told = new List<(Candidate Candidate, List<int> Domains)>();
        foreach (var candidate in candidates)
        {
            var behind = candidate.DomainIds.Where(domains.ContainsKey).ToList();
            var facts = AlertFacts.Of(candidate.Family, candidate.Code, candidate.SubjectKey, candidate.Severity, StoredJson.ReadEvidence(candidate.EvidenceJson));
            if (RuleMatcher.Matches(terms, facts, [.. behind.Select(d => new AlertedDomain(domains[d].Name, [.. tags[d]]))]))
            {
                told.Add((candidate, behind));
            }
        }

        told.Sort((a, b) => b.Candidate.At.CompareTo(a.Candidate.At));
        return new RulePreviewResult(
            [.. told.Take(Shown).Select(t => new PreviewItem(
                t.Candidate.At, t.Candidate.Until, t.Candidate.Code, Subject.Parse(t.Candidate.SubjectKey), StoredJson.ReadEvidence(t.Candidate.EvidenceJson), t.Candidate.Severity,
                t.Domains.Count > 0 ? domains[t.Domains[0]].DisplayName : "", t.Domains.Count))],
            told.Count,
            Messages(told.Select(t => t.Candidate), terms),
            candidates.Count >= MostRows);
    }

    /// <summary>What begins or ends within the rule's grouping time is one message.</summary>
    private static int Messages(IEnumerable<Candidate> told, RuleTerms terms)
    {
        var moments = told.SelectMany(c => c.Until is { } end ? new[] { c.At, end } : [c.At]).Order().ToList();
        var (count, opened) = (0, DateTimeOffset.MinValue);
        foreach (var moment in moments)
        {
            if (moment - opened > TimeSpan.FromSeconds(Math.Max(terms.GroupSeconds, 1)))
            {
                (count, opened) = (count + 1, moment);
            }
        }

        return count;
    }

    private static async Task<List<Candidate>> AlertsAsync(DashboardContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = await db.Alerts.AsNoTracking().Where(a => a.OpenedAt >= since).OrderByDescending(a => a.OpenedAt).Take(MostRows).Include(a => a.Domains).ToListAsync(cancellationToken);
        return [.. rows.Select(a => new Candidate(a.Family, a.Code, a.SubjectKey, a.Severity, a.EvidenceJson, a.OpenedAt!.Value, a.IsMomentary ? null : a.ResolvedAt, [.. a.Domains.Select(d => d.DomainId)]))];
    }

    /// <summary>What was there at a domain's first audit is news to nobody; what many domains share is one.</summary>
    private static async Task<List<Candidate>> FindingsAsync(DashboardContext db, RuleTerms terms, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var least = terms.MinimumSeverity ?? Severity.Notice;
        var rows = await (from f in db.Findings.AsNoTracking()
                          join d in db.Domains on f.DomainId equals d.Id
                          where f.FirstSeenAt >= since && d.FirstAuditAt != null && f.FirstSeenAt > d.FirstAuditAt && f.Severity >= least && f.Family != ListingWatch.Family
                          orderby f.FirstSeenAt descending
                          select new { Finding = f, d.Name }).Take(MostRows).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(r => AlertKey.Of(r.Finding.Family, r.Finding.Code, Subject.Parse(r.Finding.SubjectKey), r.Name)).Select(g =>
        {
            var first = g.MinBy(r => r.Finding.FirstSeenAt)!.Finding;
            var end = g.All(r => r.Finding.ResolvedAt is not null) ? g.Max(r => r.Finding.ResolvedAt) : null;
            return new Candidate(first.Family, first.Code, first.SubjectKey, first.Severity, first.EvidenceJson, first.FirstSeenAt, end, [.. g.Select(r => r.Finding.DomainId).Distinct()]);
        })];
    }

    private sealed record Candidate(string Family, string Code, string SubjectKey, Severity Severity, string EvidenceJson, DateTimeOffset At, DateTimeOffset? Until, List<int> DomainIds);
}
