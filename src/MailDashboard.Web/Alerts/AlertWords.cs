using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Web.Layout;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Alerts;

/// <summary>Words about alerts and rules that several pages use.</summary>
internal static class AlertWords
{
    /// <summary>How it stands, in a word or two: what people did about it counts more than what looks showed.</summary>
    public static string State(IStringLocalizer<AlertsTexts> texts, AlertView alert, ReaderClock clock) =>
        alert.ResolvedAt is not null ? texts["Status.Resolved"]
        : alert.MutedUntil is { } until ? texts["Status.Muted", clock.Format(until)]
        : alert.AcknowledgedAt is not null ? texts["Status.Acknowledged", alert.AcknowledgedBy ?? ""]
        : texts[$"Status.{alert.Status}"];

    /// <summary>Name of a rule: as somebody called it, or as it was shipped.</summary>
    public static string Rule(IStringLocalizer<AlertsTexts> texts, string? name, string? preset) =>
        name ?? (preset is null ? texts["Rule.Unnamed"] : texts[$"Preset.{preset}"]);

    public static string Topic(IStringLocalizer<AlertsTexts> texts, RuleTopic topic) => texts[$"Topic.{topic}"];
}
