using System.Collections.Immutable;
using System.Security.Authentication;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>How a server took a ClientHello.</summary>
internal enum TlsAnswerKind
{
    /// <summary>It goes on with the version in <see cref="TlsAnswer.Version"/>.</summary>
    Accepted,

    /// <summary>It said no with an alert.</summary>
    Refused,

    /// <summary>It hung up without a word, as some do where they want nothing of the version.</summary>
    Closed,

    /// <summary>Nothing that can be read came, or not in time.</summary>
    Unclear,
}

/// <summary>What a server answered to <see cref="TlsHello"/>.</summary>
/// <param name="Version">The version chosen; <see cref="SslProtocols.None"/> unless accepted.</param>
/// <param name="CipherSuite">IANA name, empty unless accepted.</param>
/// <param name="Certificates">DER of each certificate, leaf first: up to TLS 1.2 they are sent in clear.</param>
internal sealed record TlsAnswer(TlsAnswerKind Kind, SslProtocols Version, string CipherSuite, ImmutableArray<ReadOnlyMemory<byte>> Certificates)
{
    public static TlsAnswer Unclear { get; } = new(TlsAnswerKind.Unclear, SslProtocols.None, "", []);

    public static TlsAnswer Closed { get; } = new(TlsAnswerKind.Closed, SslProtocols.None, "", []);

    public static TlsAnswer Refused { get; } = new(TlsAnswerKind.Refused, SslProtocols.None, "", []);

    public bool IsAccepted => Kind == TlsAnswerKind.Accepted;
}
