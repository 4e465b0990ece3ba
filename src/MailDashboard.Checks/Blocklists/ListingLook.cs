using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Blocklists;

/// <summary>What a list said about one entry.</summary>
public enum ListingState
{
    /// <summary>Listed, by an answer whose meaning we know.</summary>
    Listed,

    /// <summary>The list says that it does not list the entry.</summary>
    NotListed,

    /// <summary>We cannot know; <see cref="ListingLook.Reason"/> says why.</summary>
    Unknown,

    /// <summary>Not asked: switched off, or it needs a key that we lack.</summary>
    Off,
}

/// <summary>Why a list told us nothing.</summary>
public enum UnknownCause
{
    /// <summary>It did tell.</summary>
    None,

    /// <summary>DNS failed: time-out, SERVFAIL, REFUSED …</summary>
    Dns,

    /// <summary>The list refuses to serve us, now or within the last hour.</summary>
    Refused,

    /// <summary>Its self-test failed: dead, hijacked, or our resolver tampers with it.</summary>
    SelfTest,

    /// <summary>An answer that its table does not know, or one outside 127/8.</summary>
    Answer,

    /// <summary>The key in the settings cannot be used.</summary>
    Key,

    /// <summary>The address is a private one.</summary>
    NotPublic,
}

/// <summary>One answer of a list, decoded.</summary>
/// <param name="Answer">The address that came.</param>
/// <param name="Code">The row of the list's table.</param>
/// <param name="Weight">How much it matters.</param>
public sealed record ListingCode(IPAddress Answer, BlocklistCode Code, ListWeight Weight);

/// <summary>One look at one entry of one list.</summary>
/// <param name="Subject">Address or domain.</param>
/// <param name="List">Which list.</param>
/// <param name="State">What came of it.</param>
public sealed record ListingLook(BlocklistSubject Subject, Blocklist List, ListingState State)
{
    /// <summary>The decoded answers: those that list, or (where not listed) those that say something neutral or good.</summary>
    public ImmutableArray<ListingCode> Codes { get; init; } = [];

    /// <summary>Why unknown or off.</summary>
    public Reason? Reason { get; init; }

    /// <summary>The kind of <see cref="Reason"/>.</summary>
    public UnknownCause Cause { get; init; }

    /// <summary>What the list writes about the listing (its TXT record), cleaned and cut; null where it wrote nothing.</summary>
    public string? Text { get; init; }

    /// <summary>The resolver that answered.</summary>
    public string Server { get; init; } = "";

    /// <summary>When the answer arrived.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The identity of what is said here: the entry and the public zone.</summary>
    public Subject Listing => Checks.Subject.Listing(Subject.Name, List.Zone);

    /// <summary>The weight of the worst code; of the list where there is none.</summary>
    public ListWeight Weight => Codes.IsEmpty ? List.Weight : Codes.Max(c => c.Weight);

    /// <summary>Listed or not listed.</summary>
    public bool IsDetermined => State is ListingState.Listed or ListingState.NotListed;
}
