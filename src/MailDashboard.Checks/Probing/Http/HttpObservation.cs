using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>How a fetch ended.</summary>
public enum HttpEnd
{
    /// <summary>A whole answer, whatever its status.</summary>
    Answered,

    /// <summary>DNS knows no address of the host.</summary>
    NoAddress,

    /// <summary>DNS could not say whether there is one: <see cref="HttpObservation.Unanswered"/>.</summary>
    DnsFailed,

    /// <summary>The address guard refuses every address; nothing was sent.</summary>
    Guarded,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>No connection, or no whole answer, in the time allowed.</summary>
    TimedOut,

    /// <summary>No route to the host.</summary>
    Unreachable,

    /// <summary>The handshake failed, or the certificate does not prove the name: <see cref="HttpObservation.Tls"/>.</summary>
    Tls,

    /// <summary>The body, or the headers, are larger than allowed.</summary>
    TooLarge,

    /// <summary>More redirects than are followed, or one to something that is not followed: no web address, or from https to http.</summary>
    TooManyRedirects,

    /// <summary>The server closed the connection, or what it sent is no HTTP.</summary>
    Broken,
}

/// <summary>All that one fetch showed.</summary>
/// <param name="Uri">The address of the last request: another than asked for where redirects were followed.</param>
/// <param name="End">How it ended.</param>
public sealed record HttpObservation(Uri Uri, HttpEnd End)
{
    /// <summary>HTTP status; 0 where there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>HTTP status of an answer that broke off after it; 0 otherwise.</summary>
    public int CutStatus { get; init; }

    /// <summary>Media type, lower case, without parameters; empty where none is given.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Response headers, names in lower case; at most 100, values cut to 1,000 characters. Hostile text.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body, at most <see cref="HttpRequest.BodyLimit"/> octets.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where a redirect that was not followed leads. Hostile text.</summary>
    public string? Location { get; init; }

    /// <summary>Addresses that were redirected from, in order.</summary>
    public ImmutableArray<Uri> Redirects { get; init; } = [];

    /// <summary>Where the last connection went; null where there was none.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The TLS session of the last connection, the certificate included, also where it was not good enough.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>The question that had no definite answer, with <see cref="HttpEnd.DnsFailed"/>.</summary>
    public DnsAnswer? Unanswered { get; init; }

    /// <summary>What was seen of a failure, verbatim. Hostile text.</summary>
    public string? Failure { get; init; }

    /// <summary>One for each connection, redirects included, for the transcript.</summary>
    public ImmutableArray<HostConversation> Conversations { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Another look may end differently: nothing lasting is known of the server.</summary>
    public bool IsTransient => End is HttpEnd.DnsFailed or HttpEnd.TimedOut or HttpEnd.Unreachable or HttpEnd.Broken or HttpEnd.Guarded || Status is 429 or >= 500;

    /// <summary>The value of a header, the first where there are several; null where there is none.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(h => h.Name == name).Value;
}
