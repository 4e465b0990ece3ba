using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting.Rules;

namespace MailDashboard.Tests.Monitoring.Alerting.Rules;

public class RuleMatcherTests
{
    private static readonly AlertedDomain Shop = new("shop.example", ["production", "france"]);

    [Theory]
    [InlineData("spf", "SPF001", Severity.Critical, true)]
    [InlineData("spf", "SPF001", Severity.Warning, false)]
    [InlineData("changes", "CHG001", Severity.Critical, false)]
    [InlineData("wanted", "DRF001", Severity.Critical, false)]
    [InlineData("own", "MON003", Severity.Critical, false)]
    public void Matches_Findings_AreWhatFamiliesSee(string family, string code, Severity severity, bool matches) =>
        Assert.Equal(matches, Matches(new RuleTerms { Topic = RuleTopic.Finding, MinimumSeverity = Severity.Error }, Facts(family, code, severity)));

    [Theory]
    [InlineData("medium", ListWeight.Medium, true)]
    [InlineData("medium", ListWeight.High, false)]
    [InlineData("critical", ListWeight.High, true)]
    public void Matches_Listing_ByTheWeightOfItsList(string weight, ListWeight least, bool matches)
    {
        var facts = AlertFacts.Of("blocklists", "BLK001", "Listing:192.0.2.1|bl.example", Severity.Error, [new Evidence("weight", weight)]);

        Assert.Equal(matches, Matches(new RuleTerms { Topic = RuleTopic.Listing, MinimumWeight = least }, facts));
    }

    [Theory]
    [InlineData("MON002", "used", "91 %", RuleTopic.Certificate, true)]
    [InlineData("MON002", "used", "84 %", RuleTopic.Certificate, false)]
    [InlineData("MON005", "x", "", RuleTopic.Change, false)]
    public void Matches_OwnTopics_ByTheirNumbers(string code, string label, string value, RuleTopic topic, bool matches) =>
        Assert.Equal(matches, Matches(new RuleTerms { Topic = topic }, Facts("own", code, Severity.Warning, new Evidence(label, value))));

    [Theory]
    [InlineData("80", "71.5", 10, false)]
    [InlineData("80", "69.9", 10, true)]
    public void Matches_ScoreDrop_ByPointsLost(string before, string after, int drop, bool matches) =>
        Assert.Equal(matches, Matches(new RuleTerms { Topic = RuleTopic.ScoreDrop, ScoreDrop = drop }, Facts("own", "MON001", Severity.Warning, new Evidence("before", before), new Evidence("after", after))));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("production", "", true)]
    [InlineData("lab", "", false)]
    [InlineData("lab", "shop.example", true)]
    [InlineData("", "other.example", false)]
    public void Matches_TagsAndNames_EitherBringsADomainIn(string tag, string name, bool matches)
    {
        var terms = new RuleTerms { Topic = RuleTopic.Finding, Tags = tag.Length == 0 ? [] : [tag], Domains = name.Length == 0 ? [] : [name] };

        Assert.Equal(matches, Matches(terms, Facts("spf", "SPF001", Severity.Error)));
    }

    [Fact]
    public void Matches_WhatConcernsNoDomain_OnlyARuleThatAsksForNone()
    {
        var silent = Facts("own", "MON004", Severity.Error, new Evidence("since", "2026-03-01 09:00 UTC"));

        Assert.True(RuleMatcher.Matches(new RuleTerms { Topic = RuleTopic.Undetermined }, silent, []));
        Assert.False(RuleMatcher.Matches(new RuleTerms { Topic = RuleTopic.Undetermined, Tags = ["lab"] }, silent, []));
    }

    [Fact]
    public void NotBefore_Undetermined_IsItsBeginningAndTheHoursOfTheRule()
    {
        var facts = Facts("own", "MON003", Severity.Warning, new Evidence("since", "2026-03-01 09:00 UTC"));
        var now = DateTimeOffset.Parse("2026-03-01T10:00:00Z", CultureInfo.InvariantCulture);

        Assert.Equal(now.AddHours(5), RuleMatcher.NotBefore(new RuleTerms { Topic = RuleTopic.Undetermined, UndeterminedHours = 6 }, facts, now));
        Assert.Null(RuleMatcher.NotBefore(new RuleTerms { Topic = RuleTopic.Undetermined, UndeterminedHours = 1 }, facts, now));
    }

    [Fact]
    public void Terms_WrittenAndRead_AreTheSame()
    {
        var terms = new RuleTerms
        {
            Topic = RuleTopic.Certificate, MinimumSeverity = Severity.Error, Tags = ["{{x}}", "=cmd()"], RemindHours = 5,
            Quiet = new QuietHours(60, 120, "Europe/Paris", Severity.Critical),
        };

        Assert.Equal(terms.Write(), RuleTerms.Read(terms.Write()).Write());
        Assert.Contains("certificate", terms.Write(), StringComparison.Ordinal);
    }

    private static bool Matches(RuleTerms terms, AlertFacts facts) => RuleMatcher.Matches(terms, facts, [Shop]);

    private static AlertFacts Facts(string family, string code, Severity severity, params ImmutableArray<Evidence> evidence) =>
        AlertFacts.Of(family, code, "Domain:shop.example", severity, evidence);
}
