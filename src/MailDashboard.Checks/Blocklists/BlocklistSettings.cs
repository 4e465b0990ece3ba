using System.Collections.Immutable;

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

    /// <summary>The key for a list; null where there is none.</summary>
    public string? KeyFor(Blocklist list) =>
        (Keys.GetValueOrDefault(list.Id) ?? Keys.GetValueOrDefault(list.KeyId))?.Trim() is { Length: > 0 } key ? key : null;
}
