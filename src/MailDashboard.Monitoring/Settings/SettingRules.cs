using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Monitoring.Settings;

/// <summary>What a setting may be. Pure; used for what people type and for what the environment says.</summary>
public static class SettingRules
{
    public const int ShortestInterval = 5;

    public const int LongestInterval = 7 * 24 * 60;

    /// <summary>Months. Less would leave a quarter without the quarter before it.</summary>
    public const int ShortestRetention = 3;

    public const int LongestRetention = 120;

    private static readonly char[] Separators = [',', ' ', ';', '\n', '\r', '\t'];

    /// <summary>Everything that is wrong with the settings.</summary>
    public static IReadOnlyList<SettingProblem> Check(DashboardSettings settings)
    {
        var problems = new List<SettingProblem>();
        if (settings.PublicUrl is { } url && NormaliseUrl(url) is null)
        {
            problems.Add(new(nameof(settings.PublicUrl), SettingFault.NotAUrl, url));
        }

        if (settings.OrganisationName is { Length: > 200 } name)
        {
            problems.Add(new(nameof(settings.OrganisationName), SettingFault.TooLong, name));
        }

        problems.AddRange(settings.DnsServers.Where(s => !IsDnsServer(s)).Select(s => new SettingProblem(nameof(settings.DnsServers), SettingFault.NotADnsServer, s)));
        Interval(nameof(settings.DnsIntervalMinutes), settings.DnsIntervalMinutes);
        Interval(nameof(settings.BlocklistIntervalMinutes), settings.BlocklistIntervalMinutes);
        Interval(nameof(settings.ConnectionIntervalMinutes), settings.ConnectionIntervalMinutes);
        if (settings.RetentionMonths is < ShortestRetention or > LongestRetention)
        {
            problems.Add(new(nameof(settings.RetentionMonths), SettingFault.RetentionOutOfRange, settings.RetentionMonths.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return problems;

        void Interval(string setting, int minutes)
        {
            if (minutes is < ShortestInterval or > LongestInterval)
            {
                problems.Add(new(setting, SettingFault.IntervalOutOfRange, minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>The URL without a trailing slash; null where it cannot be the base of links.</summary>
    public static string? NormaliseUrl(string typed) =>
        Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0 && uri.Host.Length > 0
            ? uri.AbsoluteUri.TrimEnd('/')
            : null;

    /// <summary>Splits a list as people type one.</summary>
    public static ImmutableArray<string> SplitList(string? typed) =>
        [.. (typed ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Reads a list of networks; a single address is a network of one.</summary>
    public static ImmutableArray<IPNetwork> ParseNetworks(string setting, string? typed, ICollection<SettingProblem> problems)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in SplitList(typed))
        {
            if (IpNetworkList.TryParseOne(text, out var network, out _))
            {
                networks.Add(network);
            }
            else
            {
                problems.Add(new SettingProblem(setting, SettingFault.NotANetwork, text));
            }
        }

        return networks.ToImmutable();
    }

    /// <summary>An address or host name, with a port where it is not 53.</summary>
    public static bool IsDnsServer(string text) => DnsServerAddress.TryParse(text, out _, out _);
}
