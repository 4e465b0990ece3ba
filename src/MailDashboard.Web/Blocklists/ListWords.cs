using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting;

namespace MailDashboard.Web.Blocklists;

/// <summary>What the data about the lists says of a zone, for people.</summary>
internal static class ListWords
{
    public static string Name(IReadOnlyDictionary<string, Blocklist> lists, string zone) => lists.TryGetValue(zone, out var list) ? list.Name : zone;

    /// <summary>Where to ask for removal; null where the list has no such page.</summary>
    public static string? RemovalUrl(IReadOnlyDictionary<string, Blocklist> lists, string zone, string subject) =>
        lists.TryGetValue(zone, out var list) && list.RemovalUrl?.Replace("{subject}", Uri.EscapeDataString(subject), StringComparison.Ordinal) is { } url
        && url.StartsWith("https://", StringComparison.Ordinal) ? url : null;

    public static Severity Weight(IReadOnlyDictionary<string, Blocklist> lists, string zone) => !lists.TryGetValue(zone, out var list) ? Severity.Warning : list.Weight switch
    {
        ListWeight.Critical => Severity.Critical,
        ListWeight.High => Severity.Error,
        ListWeight.Medium => Severity.Warning,
        ListWeight.Low => Severity.Notice,
        _ => Severity.Info,
    };

    /// <summary>What the list's answer means, in the reader's language where the data has it.</summary>
    public static string? Meaning(AlertView alert)
    {
        var local = $"meaning.{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}";
        return (alert.Evidence.FirstOrDefault(e => e.Label == local) ?? alert.Evidence.FirstOrDefault(e => e.Label == "meaning"))?.Value;
    }
}
