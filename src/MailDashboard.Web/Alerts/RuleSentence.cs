using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Alerts;

/// <summary>A rule in one sentence, as somebody would say it.</summary>
internal static class RuleSentence
{
    public static string Of(IStringLocalizer<AlertsTexts> texts, RuleTerms terms)
    {
        var sentence = string.Join(" · ", new[] { What(texts, terms), Where(texts, terms), When(texts, terms) }.Where(p => p.Length > 0));
        return string.Concat(sentence[..1].ToUpper(CultureInfo.CurrentCulture), sentence[1..]);
    }

    /// <summary>"error or worse"; nothing is worse than critical.</summary>
    public static string Severity(IStringLocalizer<AlertsTexts> texts, Severity least) =>
        least == Checks.Severity.Critical ? texts["Severity.Critical"] : texts["Says.Severity", texts[$"Severity.{least}"].Value];

    private static string What(IStringLocalizer<AlertsTexts> texts, RuleTerms terms)
    {
        string what = terms.Topic switch
        {
            RuleTopic.Listing => texts["Says.Listing", texts[$"Weight.{terms.MinimumWeight}"].Value],
            RuleTopic.Change => texts[terms.OnlyWorse ? "Says.Worse" : "Says.Change"],
            RuleTopic.ScoreDrop => texts["Says.ScoreDrop", terms.ScoreDrop],
            RuleTopic.Certificate => texts["Says.Certificate", terms.CertificatePercent],
            RuleTopic.Undetermined => texts["Says.Undetermined", terms.UndeterminedHours],
            RuleTopic.Sending => texts["Says.Sending"],
            RuleTopic.Drift => texts["Says.Drift"],
            _ => texts["Says.Finding"],
        };
        return terms.MinimumSeverity is { } least and > Checks.Severity.Info ? $"{what} ({Severity(texts, least)})" : what;
    }

    private static string Where(IStringLocalizer<AlertsTexts> texts, RuleTerms terms) =>
        texts.Some("Says.More", terms.Tags.Select(t => texts["Says.Tag", t].Value).Concat(terms.Domains).Concat(terms.Families).Concat(terms.Codes));

    private static string When(IStringLocalizer<AlertsTexts> texts, RuleTerms terms) =>
        terms.Quiet is { } quiet ? texts["Says.Quiet", Clock(quiet.From), Clock(quiet.To)] : "";

    internal static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
