using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Settings;

/// <summary>Settings as rows: one key each, so that two people changing different things do not undo each other.</summary>
internal static class StoredSettings
{
    public const string ListKeyPrefix = "list-key:";
    private const string ListEnabledPrefix = "list-enabled:";

    /// <summary>Reads the rows; a row that cannot be understood is left at its default.</summary>
    public static DashboardSettings Read(IEnumerable<SettingRow> rows)
    {
        var values = rows.ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
        var fallback = DashboardSettings.Default;
        return fallback with
        {
            PublicUrl = values.GetValueOrDefault("public-url"),
            OrganisationName = values.GetValueOrDefault("organisation-name"),
            DnsServers = [.. SettingRules.SplitList(values.GetValueOrDefault("dns-servers")).Where(SettingRules.IsDnsServer)],
            AllowedNetworks = SettingRules.ParseNetworks("", values.GetValueOrDefault("allowed-networks"), []),
            DnsIntervalMinutes = Minutes("dns-interval", fallback.DnsIntervalMinutes),
            BlocklistIntervalMinutes = Minutes("blocklist-interval", fallback.BlocklistIntervalMinutes),
            ConnectionIntervalMinutes = Minutes("connection-interval", fallback.ConnectionIntervalMinutes),
            RetentionMonths = Whole("retention-months", SettingRules.ShortestRetention, SettingRules.LongestRetention, fallback.RetentionMonths),
            ListsEnabled = values.Where(v => v.Key.StartsWith(ListEnabledPrefix, StringComparison.Ordinal))
                .ToImmutableDictionary(v => v.Key[ListEnabledPrefix.Length..], v => v.Value == "true", StringComparer.Ordinal),
            ListKeysSet = [.. values.Keys.Where(k => k.StartsWith(ListKeyPrefix, StringComparison.Ordinal)).Select(k => k[ListKeyPrefix.Length..])],
        };

        int Minutes(string key, int otherwise) => Whole(key, SettingRules.ShortestInterval, SettingRules.LongestInterval, otherwise);

        int Whole(string key, int least, int most, int otherwise) =>
            int.TryParse(values.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : otherwise;
    }

    /// <summary>What has to be stored; a null value removes the row. List keys are not among them.</summary>
    public static IEnumerable<(string Key, string? Value)> Write(DashboardSettings from, DashboardSettings to)
    {
        yield return ("public-url", Text(to.PublicUrl is { } url ? SettingRules.NormaliseUrl(url) : null));
        yield return ("organisation-name", Text(to.OrganisationName?.Trim()));
        yield return ("dns-servers", Text(string.Join(' ', to.DnsServers)));
        yield return ("allowed-networks", Text(string.Join(' ', to.AllowedNetworks.Select<IPNetwork, string>(n => n.ToString()))));
        yield return ("dns-interval", Number(to.DnsIntervalMinutes));
        yield return ("blocklist-interval", Number(to.BlocklistIntervalMinutes));
        yield return ("connection-interval", Number(to.ConnectionIntervalMinutes));
        yield return ("retention-months", Number(to.RetentionMonths));
        foreach (var list in from.ListsEnabled.Keys.Union(to.ListsEnabled.Keys, StringComparer.Ordinal))
        {
            yield return (ListEnabledPrefix + list, to.ListsEnabled.TryGetValue(list, out var on) ? (on ? "true" : "false") : null);
        }
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
