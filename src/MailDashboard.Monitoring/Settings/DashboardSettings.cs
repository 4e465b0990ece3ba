using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Monitoring.Settings;

/// <summary>How the dashboard is run: stored values, with those from the environment over them. No secret is in it.</summary>
public sealed record DashboardSettings
{
    /// <summary>Nothing stored.</summary>
    public static DashboardSettings Default { get; } = new();

    /// <summary>The only base of links in mail, without a trailing slash; null until set-up has asked.</summary>
    public string? PublicUrl { get; init; }

    public string? OrganisationName { get; init; }

    /// <summary>Address or host name, with a port where it is not 53; empty takes the system's.</summary>
    public ImmutableArray<string> DnsServers { get; init; } = [];

    /// <summary>Private networks that may be probed all the same.</summary>
    public ImmutableArray<IPNetwork> AllowedNetworks { get; init; } = [];

    public int DnsIntervalMinutes { get; init; } = 60;

    public int BlocklistIntervalMinutes { get; init; } = 60;

    public int ConnectionIntervalMinutes { get; init; } = 360;

    /// <summary>How long detail is kept that is no longer current: scores, findings, records, alerts, messages.</summary>
    public int RetentionMonths { get; init; } = 24;

    /// <summary>Lists switched on or off against the shipped default, by list id.</summary>
    public ImmutableDictionary<string, bool> ListsEnabled { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>Ids of the lists whose key is set.</summary>
    public ImmutableHashSet<string> ListKeysSet { get; init; } = [];

    /// <summary>A blocklist data file in place of ours; from the environment only.</summary>
    public string? BlocklistDataFile { get; init; }

    /// <summary>Names of the settings (properties of this record) that the environment decides: pages show them, and cannot change them.</summary>
    public ImmutableHashSet<string> SetByEnvironment { get; init; } = [];

    /// <summary>Host of <see cref="PublicUrl"/>, for message ids.</summary>
    public string PublicHost => PublicUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.IdnHost : "maildashboard.invalid";
}
