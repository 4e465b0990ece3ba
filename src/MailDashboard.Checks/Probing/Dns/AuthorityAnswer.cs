using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>How a question to a name server itself ended.</summary>
public enum AuthorityEnd
{
    /// <summary>It answered, whatever it said.</summary>
    Answered,

    /// <summary>Nothing came back in time.</summary>
    Silent,

    /// <summary>The machine said that nothing listens there.</summary>
    Closed,

    /// <summary>There is no way from here to the address.</summary>
    NoRoute,

    /// <summary>What came back cannot be read.</summary>
    Malformed,

    /// <summary>The address may not be asked; nothing was sent.</summary>
    Guarded,
}

/// <summary>What a name server said of its own zone.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Question">The question.</param>
/// <param name="End">How it ended.</param>
public sealed record AuthorityAnswer(IPAddress Server, DnsQuestion Question, AuthorityEnd End)
{
    /// <summary>It speaks for the zone (AA bit, RFC 1035 §4.1.1).</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>It offers recursion (RA bit): a resolver, or something that answers in the server's place.</summary>
    public bool OffersRecursion { get; init; }

    /// <summary>What the answer says of the question, without following aliases out of it; <see cref="DnsStatus.Timeout"/> where there is none.</summary>
    public DnsStatus Status { get; init; } = DnsStatus.Timeout;

    /// <summary>Records of the type asked.</summary>
    public ImmutableArray<DnsRecord> Records { get; init; } = [];

    /// <summary>For a failure: what exactly was seen.</summary>
    public string? Detail { get; init; }

    /// <summary>When it was asked (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it took, every try included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The answer in a line, as an administrator reads it.</summary>
    public string Summary => End != AuthorityEnd.Answered
        ? Detail ?? End.ToString()
        : $"{(Status is DnsStatus.Malformed ? Detail : Status.Code())}{(IsAuthoritative ? ", AA" : "")}{(OffersRecursion ? ", RA" : "")}";
}
