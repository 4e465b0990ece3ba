using System.Collections.Immutable;
using System.Globalization;

namespace MailDashboard.Checks.Blocklists;

/// <summary>What a list can be asked about.</summary>
public enum ListKind
{
    /// <summary>IPv4 addresses, octets reversed (RFC 5782 §2.1).</summary>
    IPv4,

    /// <summary>IPv6 addresses, nibbles reversed (RFC 5782 §2.4).</summary>
    IPv6,

    /// <summary>Domain names (RFC 5782 §3).</summary>
    Domain,
}

/// <summary>How much a listing matters for delivery. Ordered: a larger value matters more.</summary>
public enum ListWeight
{
    /// <summary>Shown, never a problem.</summary>
    Info,

    /// <summary>Hardly anybody refuses mail for it.</summary>
    Low,

    /// <summary>Some receivers refuse or mark mail for it; the first weight that sends an e-mail.</summary>
    Medium,

    /// <summary>Many receivers do.</summary>
    High,

    /// <summary>Most receivers do.</summary>
    Critical,
}

/// <summary>A sentence in both languages of the product.</summary>
public sealed record LocalText(string En, string Fr)
{
    /// <summary>The sentence for a reader; English where it is not French.</summary>
    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "fr" ? Fr : En;
}

/// <summary>Entries that show whether a list works (RFC 5782 §5).</summary>
/// <param name="Listed">Must be listed; null where the list has no such entry.</param>
/// <param name="Unlisted">Must not be listed; null where it may be.</param>
public sealed record SelfTestEntries(string? Listed, string? Unlisted);

/// <summary>One blocklist of the data file.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Zone">Its public zone: what it is called in findings, whichever way it is asked.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Kinds">What it can be asked about.</param>
/// <param name="Weight">Of a listing whose code says nothing else.</param>
/// <param name="Codes">What its answers mean.</param>
public sealed record Blocklist(
    string Id,
    string Zone,
    string Name,
    ImmutableArray<ListKind> Kinds,
    ListWeight Weight,
    ImmutableArray<BlocklistCode> Codes)
{
    /// <summary>Asked unless the operator switched it off.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Cannot be asked without a key: it is off while there is none.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Also asked about private addresses: an organisation's own list may hold them, a public one never does.</summary>
    public bool AsksPrivate { get; init; }

    /// <summary>The zone asked where the operator has a key, with <c>{key}</c> in its place; null where there is no such way.</summary>
    public string? KeyedZone { get; init; }

    /// <summary>Under which id the key is kept; several lists of one publisher share it. Else the id of the list.</summary>
    public string KeyId { get; init; } = Id;

    /// <summary>Entries of its self-test; null takes those of RFC 5782.</summary>
    public SelfTestEntries? SelfTest { get; init; }

    /// <summary>Page where a person looks an entry up; <c>{subject}</c> stands for the address or domain.</summary>
    public string? LookupUrl { get; init; }

    /// <summary>Page where removal is asked for; <c>{subject}</c> stands for the address or domain.</summary>
    public string? RemovalUrl { get; init; }

    /// <summary>What one must know before using it.</summary>
    public LocalText? Policy { get; init; }

    /// <summary>The codes were read at their source; false: background knowledge.</summary>
    public bool IsVerified { get; init; }

    /// <summary>When the entry was last gone over (a date, ISO 8601).</summary>
    public string? VerifiedOn { get; init; }

    /// <summary>The removal page for one address or domain.</summary>
    public string? RemovalFor(string subject) => Fill(RemovalUrl, subject);

    /// <summary>The look-up page for one address or domain.</summary>
    public string? LookupFor(string subject) => Fill(LookupUrl, subject);

    /// <summary>
    /// The entries of its self-test for one kind of question. What the data does not name comes from RFC 5782 §5; a null in the
    /// data ("it has no such entry") holds for every kind.
    /// </summary>
    public SelfTestEntries TestFor(ListKind kind) => new(
        SelfTest is { Listed: null } ? null : EntryFor(kind, SelfTest?.Listed, isListed: true),
        SelfTest is { Unlisted: null } ? null : EntryFor(kind, SelfTest?.Unlisted, isListed: false));

    /// <summary>
    /// What shows as well that the list works, where its own test entry is silent: the test address of IPv4 where the zone holds both
    /// kinds, and the test name of RFC 5782 §5. Null where there is nothing else to ask.
    /// </summary>
    internal (ListKind Kind, string Entry)? OtherTestFor(ListKind kind) => kind switch
    {
        ListKind.IPv6 when Kinds.Contains(ListKind.IPv4) => (ListKind.IPv4, EntryFor(ListKind.IPv4, SelfTest?.Listed, isListed: true)),
        ListKind.Domain when EntryFor(kind, null, isListed: true) is var standard && standard != SelfTest?.Listed => (kind, standard),
        _ => null,
    };

    private static string EntryFor(ListKind kind, string? named, bool isListed)
    {
        var isAddress = System.Net.IPAddress.TryParse(named, out _);
        return kind switch
        {
            ListKind.IPv4 => isAddress ? named! : isListed ? "127.0.0.2" : "127.0.0.1",
            ListKind.IPv6 => isListed ? "::ffff:127.0.0.2" : "::ffff:127.0.0.1",
            _ => named is null || isAddress ? isListed ? "test" : "invalid" : named,
        };
    }

    private static string? Fill(string? template, string subject) =>
        template?.Replace("{subject}", Uri.EscapeDataString(subject), StringComparison.Ordinal);
}
