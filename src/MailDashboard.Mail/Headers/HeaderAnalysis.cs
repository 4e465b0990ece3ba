using System.Collections.Immutable;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Mail.Headers;

/// <summary>What the header of a message says: its way, who authenticated it, and what is odd about it.</summary>
/// <param name="Hops">The way, oldest first.</param>
/// <param name="Authentication">Authentication-Results (RFC 8601), topmost first.</param>
/// <param name="Arc">ARC sets (RFC 8617), by instance.</param>
/// <param name="Signatures">DKIM-Signature fields (RFC 6376), topmost first.</param>
/// <param name="Notes">What is odd.</param>
public sealed record HeaderAnalysis(
    ImmutableArray<ReceivedHop> Hops,
    ImmutableArray<AuthenticationField> Authentication,
    ImmutableArray<ArcSet> Arc,
    ImmutableArray<DkimSignatureField> Signatures,
    ImmutableArray<HeaderNote> Notes)
{
    /// <summary>The address in From, decoded; empty where there is none.</summary>
    public string From { get; init; } = "";

    /// <summary>The domain of From in A-labels, lower case; null where there is none.</summary>
    public string? FromDomain { get; init; }

    /// <summary>Subject, decoded.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Date, as the sender states it.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Message-ID without its brackets.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>Reply-To, where there is one.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>The Authentication-Results field of the system that received the message; null where none can be told to be.</summary>
    public AuthenticationField? Receiver { get; init; }

    /// <summary>How From fits what was authenticated.</summary>
    public ImmutableArray<DomainAlignment> Alignment { get; init; } = [];

    /// <summary>List-Unsubscribe, where there is one.</summary>
    public UnsubscribeField? Unsubscribe { get; init; }

    /// <summary>Fields in the header.</summary>
    public int Fields { get; init; }

    /// <summary>From the first dated hop (or Date) to the last; null where fewer than two are dated.</summary>
    public TimeSpan? Total { get; init; }
}

/// <summary>A Received field (RFC 5321 §4.4).</summary>
/// <param name="From">The name that the client gave; empty where the field names none.</param>
/// <param name="By">The host that wrote the field.</param>
/// <param name="With">The protocol, for example ESMTPS (RFC 3848).</param>
public sealed record ReceivedHop(string From, string By, string With)
{
    /// <summary>What the field says of the client beside its name: reverse name and address.</summary>
    public string Client { get; init; } = "";

    /// <summary>When the host took the message.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Since the hop before (for the first: since Date). Negative where the clocks disagree; null where either is not dated.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>TLS version as written by the host, for example TLS 1.3; null where none is named.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>Cipher suite; null where none is named.</summary>
    public string? Cipher { get; init; }

    /// <summary>The protocol or a TLS version says that the hop was encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The client signed in (ESMTPA, ESMTPSA).</summary>
    public bool IsAuthenticated { get; init; }
}

/// <summary>An Authentication-Results field.</summary>
/// <param name="Server">The authserv-id; empty where the field names none, as Microsoft's does.</param>
/// <param name="Results">What it says, method by method.</param>
public sealed record AuthenticationField(string Server, ImmutableArray<MethodResult> Results);

/// <summary>One method of an Authentication-Results field.</summary>
/// <param name="Method">spf, dkim, dmarc, arc …</param>
/// <param name="Result">pass, fail, none …</param>
/// <param name="Properties">What was looked at: <c>smtp.mailfrom=example.org</c>.</param>
public sealed record MethodResult(string Method, string Result, ImmutableArray<string> Properties)
{
    /// <summary>The server's reason, where it gives one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The domain that was authenticated; null where the method names none.</summary>
    public string? Domain { get; init; }
}

/// <summary>What one intermediary added (RFC 8617 §4).</summary>
/// <param name="Instance">1 to 50.</param>
/// <param name="Domain">Who sealed it; empty where the seal is missing.</param>
/// <param name="ChainState"><c>cv=</c>: none, pass or fail; empty where the seal is missing.</param>
/// <param name="IsComplete">All three fields are there, once each.</param>
public sealed record ArcSet(int Instance, string Domain, string ChainState, bool IsComplete)
{
    /// <summary>What the intermediary had seen itself.</summary>
    public AuthenticationField? Results { get; init; }
}

/// <summary>A DKIM-Signature field. Whether it verifies cannot be told without the body.</summary>
public sealed record DkimSignatureField(string Domain, string Selector, string Algorithm, ImmutableArray<string> SignedFields)
{
    /// <summary>It signs both fields of one-click unsubscription, which RFC 8058 §4 demands.</summary>
    public bool CoversUnsubscription => SignedFields.Contains("list-unsubscribe") && SignedFields.Contains("list-unsubscribe-post");

    /// <summary>Reads the field's value.</summary>
    public static DkimSignatureField Parse(string value)
    {
        var tags = TagList.Parse(value);
        return new DkimSignatureField(
            (tags["d"] ?? "").ToLowerInvariant(),
            tags["s"] ?? "",
            tags["a"] ?? "",
            [.. (tags["h"] ?? "").Split(':', 200, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(f => f.ToLowerInvariant())]);
    }
}

/// <summary>List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058).</summary>
/// <param name="Targets">The addresses in it, at most ten.</param>
/// <param name="IsOneClick">An https address and <c>List-Unsubscribe=One-Click</c> are there.</param>
/// <param name="IsSigned">A DKIM signature names both fields, which RFC 8058 §4 demands.</param>
public sealed record UnsubscribeField(ImmutableArray<string> Targets, bool IsOneClick, bool IsSigned);

/// <summary>What is odd about a header.</summary>
public enum HeaderOddity
{
    /// <summary>No Received field.</summary>
    NoHops,

    /// <summary>More Received fields than are read.</summary>
    TooManyHops,

    /// <summary>No usable From.</summary>
    NoFrom,

    /// <summary>More than one From, or more than one address in it.</summary>
    SeveralFrom,

    /// <summary>No Date, or one that cannot be read.</summary>
    NoDate,

    /// <summary>No Message-ID.</summary>
    NoMessageId,

    /// <summary>Replies go to another domain.</summary>
    ReplyElsewhere,

    /// <summary>A hop is dated before the one that handed the message over.</summary>
    ClockSkew,

    /// <summary>A hop took long.</summary>
    LongDelay,

    /// <summary>A hop came from somewhere else than where the message was before: lines are missing or forged.</summary>
    BrokenChain,

    /// <summary>A hop between organisations without encryption.</summary>
    Unencrypted,

    /// <summary>An ARC set is missing or incomplete, or a seal says that the chain failed.</summary>
    BrokenArc,

    /// <summary>One-click unsubscription that no signature covers.</summary>
    OneClickUnsigned,
}

/// <summary>Something odd.</summary>
/// <param name="Oddity">What.</param>
/// <param name="Arguments">Names and times in it, cleaned.</param>
public sealed record HeaderNote(HeaderOddity Oddity, params ImmutableArray<string> Arguments);
