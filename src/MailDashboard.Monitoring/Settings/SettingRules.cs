using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Monitoring.Settings;

/// <summary>What a setting may be. Pure; used for what people type and for what the environment says.</summary>
public static class SettingRules
{
    public const int ShortestInterval = 5;

    public const int LongestInterval = 7 * 24 * 60;

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
            if (TryParseNetwork(text, out var network))
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

    /// <summary>An address or host name, <c>#port</c> after it where needed.</summary>
    public static bool IsDnsServer(string text)
    {
        var hash = text.LastIndexOf('#');
        if (hash >= 0 && (!ushort.TryParse(text.AsSpan(hash + 1), out var port) || port == 0))
        {
            return false;
        }

        var host = hash < 0 ? text : text[..hash];
        return IPAddress.TryParse(host, out _) || Uri.CheckHostName(host) == UriHostNameType.Dns;
    }

    private static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var single))
        {
            network = new IPNetwork(single, single.GetAddressBytes().Length * 8);
            return true;
        }

        // 10.1.2.3/8 is understood as the network it is in.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            && int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var length)
            && length <= address.GetAddressBytes().Length * 8)
        {
            network = new IPNetwork(Masked(address, length), length);
            return true;
        }

        network = default;
        return false;
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - bits));
        }

        return new IPAddress(bytes);
    }
}
