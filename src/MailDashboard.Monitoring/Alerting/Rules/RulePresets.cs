using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>A rule that is there from the first day; people may change it, switch it off or remove it.</summary>
/// <param name="Key">Of its name in the texts, <c>Preset.{Key}</c>.</param>
/// <param name="IsEnabled">From the first day.</param>
/// <param name="Terms">What it tells of.</param>
public sealed record RulePreset(string Key, bool IsEnabled, RuleTerms Terms);

/// <summary>The rules that a new dashboard begins with.</summary>
public static class RulePresets
{
    /// <summary>Key of the rule about blocklists.</summary>
    public const string Listings = "listings";

    /// <summary>Key of the rule about sending profiles, which came later than the others.</summary>
    public const string Sending = "sending";

    public static ImmutableArray<RulePreset> All { get; } =
    [
        new(Listings, true, new RuleTerms { Topic = RuleTopic.Listing, MinimumWeight = ListWeight.Medium, GroupSeconds = 20, RemindHours = 72 }),
        new("critical", true, new RuleTerms { Topic = RuleTopic.Finding, MinimumSeverity = Severity.Critical, RemindHours = 72 }),
        new("worse", true, new RuleTerms { Topic = RuleTopic.Change, MinimumSeverity = Severity.Error, ConfirmAfter = 1, ResolveAfter = 1 }),
        new("certificates", true, new RuleTerms { Topic = RuleTopic.Certificate, CertificatePercent = 85, RemindHours = 168, GroupSeconds = 3600 }),
        new("unknown", true, new RuleTerms { Topic = RuleTopic.Undetermined, UndeterminedHours = 24, ConfirmAfter = 1, ResolveAfter = 1, GroupSeconds = 3600 }),
        new(Sending, true, new RuleTerms { Topic = RuleTopic.Sending, RemindHours = 72 }),
        new("score", false, new RuleTerms { Topic = RuleTopic.ScoreDrop, ScoreDrop = 10 }),
        new("drift", false, new RuleTerms { Topic = RuleTopic.Drift }),
    ];
}
