using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Blocklists;

/// <summary>What the operator chose about blocklists.</summary>
public sealed record BlocklistSettings
{
    /// <summary>Our data as shipped, no keys.</summary>
    public static BlocklistSettings Default { get; } = new();

    /// <summary>
    /// Keys by key id (<see cref="Blocklist.KeyId"/>: one Spamhaus DQS key opens four lists) or by list id. A list that needs one
    /// and has none is off.
    /// </summary>
    public ImmutableDictionary<string, string> Keys { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Lists switched on or off against the shipped default, by list id.</summary>
    public ImmutableDictionary<string, bool> Enabled { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>A data file that takes the place of the shipped one (the operator's own lists); null uses ours.</summary>
    public string? DataFile { get; init; }

    /// <summary>
    /// Private and reserved networks whose addresses lists are asked about all the same, because the operator treats them as real
    /// ones: those that may be probed, and for the command line every one.
    /// </summary>
    public ImmutableArray<IPNetwork> PrivateNetworks { get; init; } = [];

    /// <summary>Whether lists are asked about a private or reserved address.</summary>
    internal bool AsksAbout(IPAddress address) => PrivateNetworks.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));

    /// <summary>The key for a list; null where there is none.</summary>
    public string? KeyFor(Blocklist list) =>
        (Keys.GetValueOrDefault(list.Id) ?? Keys.GetValueOrDefault(list.KeyId))?.Trim() is { Length: > 0 } key ? key : null;
}
