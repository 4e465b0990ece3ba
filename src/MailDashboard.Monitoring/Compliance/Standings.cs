using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Compliance;

/// <summary>Puts together from stored rows what a domain is judged by.</summary>
internal static class Standings
{
    public static DomainStanding Of(MailDomain domain, IEnumerable<FamilyState> families, IEnumerable<FindingRow> open, IEnumerable<SubtestState> subtests) =>
        new(domain.Name, new MailRoles(domain.Sends ?? domain.ProposedSends ?? true, domain.Receives ?? domain.ProposedReceives ?? true))
        {
            DailyVolume = domain.DailyVolume,
            Families = families.Select(Family).ToImmutableDictionary(f => f.Family),
            Findings = [.. open.Select(f => new StandingFinding(f.Family, f.Code, Subject.Parse(f.SubjectKey), f.Severity, f.FirstSeenAt))],
            Levels = [.. subtests.Select(s => new StandingLevel(s.Family, s.Subtest, s.Level, s.IsApplicable, s.IsCurrent))],
        };

    private static StandingFamily Family(FamilyState f) => new(
        f.Family,
        f.Outcome switch
        {
            DomainSummary.Completed => StandingOutcome.Completed,
            DomainSummary.NotApplicable => StandingOutcome.NotApplicable,
            _ => StandingOutcome.Inconclusive,
        },
        StoredJson.ReadReason(f.ReasonJson),
        StoredJson.ReadUndetermined(f.UndeterminedJson),
        StoredJson.ReadFacts(f.FactsJson),
        f.LastRunAt);
}
