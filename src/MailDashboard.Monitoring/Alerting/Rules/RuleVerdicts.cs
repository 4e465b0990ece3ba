using System.Collections.Immutable;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>What all rules together say of something that was seen. Pure.</summary>
internal static class RuleVerdicts
{
    /// <summary>A listing is an alert whatever the rules say: pages show it, and it costs points. Anything else where a rule tells of it.</summary>
    public static bool IsAlert(AlertFacts facts, ImmutableArray<ActiveRule> rules, IReadOnlyCollection<AlertedDomain> domains, DateTimeOffset now) =>
        facts.Topic == RuleTopic.Listing || rules.Any(r => RuleMatcher.Matches(r.Terms, facts, domains) && RuleMatcher.NotBefore(r.Terms, facts, now) is null);

    public static AlertThresholds Thresholds(Alert alert, ImmutableArray<ActiveRule> rules, IReadOnlyCollection<AlertedDomain> domains) =>
        Thresholds(AlertFacts.Of(alert.Family, alert.Code, alert.SubjectKey, alert.Severity, StoredJson.ReadEvidence(alert.EvidenceJson)), rules, domains);

    /// <summary>The most eager rule opens it, the most patient one ends it; each rule counts again before it tells.</summary>
    public static AlertThresholds Thresholds(AlertFacts facts, ImmutableArray<ActiveRule> rules, IReadOnlyCollection<AlertedDomain> domains)
    {
        var matching = rules.Where(r => RuleMatcher.Matches(r.Terms, facts, domains)).Select(r => r.Terms).ToList();
        var isListing = facts.Topic == RuleTopic.Listing;
        var least = isListing ? 2 : 1;
        return matching.Count == 0
            ? AlertThresholds.Listing with { NeedsSecondLook = isListing }
            : new AlertThresholds(Math.Max(least, matching.Min(t => t.ConfirmAfter)), Math.Max(least, matching.Max(t => t.ResolveAfter)), isListing);
    }
}
