using System.Collections.Immutable;

namespace MailDashboard.Mail.Replies;

/// <summary>Whether sending the same message again can help.</summary>
public enum ReplyClass
{
    /// <summary>Not refused: 2yz or 3yz.</summary>
    Accepted,

    /// <summary>4yz: later it may work.</summary>
    Temporary,

    /// <summary>5yz: it will be refused again.</summary>
    Permanent,
}

/// <summary>What a server's reply means.</summary>
/// <param name="Reply">As found.</param>
/// <param name="Class">Whether trying again can help.</param>
/// <param name="Meaning">One sentence, in the language asked for.</param>
/// <param name="Causes">What usually leads to it, likeliest first.</param>
/// <param name="Remedies">What to do, one step each.</param>
/// <param name="Checks">Ids of the check families that look at it.</param>
public sealed record ReplyExplanation(
    FoundReply Reply,
    ReplyClass Class,
    string Meaning,
    ImmutableArray<string> Causes,
    ImmutableArray<string> Remedies,
    ImmutableArray<string> Checks)
{
    /// <summary>Who wrote it, for example <c>Gmail</c>; null where it cannot be told.</summary>
    public string? Provider { get; init; }

    /// <summary>The meaning is the provider's own and not the standards'.</summary>
    public bool IsProvidersOwn { get; init; }

    /// <summary>Where the meaning comes from: an RFC, or a page of the provider or about it; null for words that many servers use.</summary>
    public string? Source { get; init; }

    /// <summary>The month in which the source was read (<c>2026-11</c>); null for a standard.</summary>
    public string? SourceDate { get; init; }

    /// <summary>The source is a standard or the provider's own page.</summary>
    public bool IsVerified { get; init; }
}
