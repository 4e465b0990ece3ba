namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>Whether a rule tells of an alert. Pure.</summary>
public static class RuleMatcher
{
    /// <param name="terms">The rule.</param>
    /// <param name="facts">The alert.</param>
    /// <param name="domains">Every domain behind it; empty for what concerns the dashboard itself.</param>
    public static bool Matches(RuleTerms terms, AlertFacts facts, IReadOnlyCollection<AlertedDomain> domains) =>
        terms.Topic == facts.Topic
        && (terms.MinimumSeverity is not { } least || facts.Severity >= least)
        && (terms.Families.IsDefaultOrEmpty || terms.Families.Contains(facts.Family))
        && (terms.Codes.IsDefaultOrEmpty || terms.Codes.Contains(facts.Code))
        && MatchesTopic(terms, facts)
        && MatchesDomains(terms, domains);

    /// <summary>When it will have lasted long enough for the rule; null where it has, or where the rule does not ask for that.</summary>
    public static DateTimeOffset? NotBefore(RuleTerms terms, AlertFacts facts, DateTimeOffset now) =>
        terms.Topic == RuleTopic.Undetermined && facts.Since?.AddHours(terms.UndeterminedHours) is { } due && due > now ? due : null;

    private static bool MatchesTopic(RuleTerms terms, AlertFacts facts) => terms.Topic switch
    {
        RuleTopic.Listing => facts.Weight >= terms.MinimumWeight,
        RuleTopic.Change => facts.IsWorse || !terms.OnlyWorse,
        RuleTopic.ScoreDrop => facts.ScoreDrop >= terms.ScoreDrop,
        RuleTopic.Certificate => facts.CertificatePercent >= terms.CertificatePercent,
        _ => true,
    };

    /// <summary>Named, or tagged: either brings a domain in. What concerns no domain at all concerns every rule that asks for none.</summary>
    private static bool MatchesDomains(RuleTerms terms, IReadOnlyCollection<AlertedDomain> domains)
    {
        var (names, tags) = (terms.Domains.IsDefault ? [] : terms.Domains, terms.Tags.IsDefault ? [] : terms.Tags);
        return (names.IsEmpty && tags.IsEmpty) || domains.Any(d => names.Contains(d.Name) || d.Tags.Any(t => tags.Contains(t)));
    }
}
