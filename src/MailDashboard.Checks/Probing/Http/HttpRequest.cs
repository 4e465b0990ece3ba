using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>What to fetch, and how much of it at most.</summary>
/// <param name="Uri">An absolute address, <c>https</c> or <c>http</c>.</param>
public sealed record HttpRequest(Uri Uri)
{
    /// <summary><c>GET</c>, <c>HEAD</c>, <c>POST</c> …</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Body of a <c>POST</c>; null sends none.</summary>
    public string? Body { get; init; }

    /// <summary>Body of a <c>POST</c> that is no text; takes the place of <see cref="Body"/> where it is not empty.</summary>
    public ReadOnlyMemory<byte> BodyOctets { get; init; }

    /// <summary>Media type of <see cref="Body"/>, or of <see cref="BodyOctets"/>.</summary>
    public string BodyType { get; init; } = "text/xml";

    /// <summary>Headers to send, beside those that every request has.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Octets of the body that are read; a longer one is a failure.</summary>
    public int BodyLimit { get; init; } = 64 * 1024;

    /// <summary>Redirects that are followed, each past the address guard; 0 follows none (RFC 8461 §3.3).</summary>
    public int RedirectLimit { get; init; }

    /// <summary>For everything, from the first connection to the last octet.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False goes on where the certificate does not prove the name; it is described in the observation all the same.</summary>
    public bool RequireTrust { get; init; } = true;
}
