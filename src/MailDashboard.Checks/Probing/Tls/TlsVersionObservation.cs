using System.Collections.Immutable;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>How far a port went towards TLS.</summary>
public enum TlsPreludeEnd
{
    /// <summary>It waits for the handshake.</summary>
    Ready,

    /// <summary>It speaks the protocol, and does not offer to encrypt.</summary>
    NotOffered,

    /// <summary>It offers to encrypt, and refused when asked to.</summary>
    Refused,

    /// <summary>What was said could not be understood, or ended too early: says nothing lasting.</summary>
    Failed,
}

/// <summary>One version of TLS.</summary>
/// <param name="Version">Which.</param>
/// <param name="Offered">Null where it could not be found out.</param>
public sealed record TlsOffer(SslProtocols Version, bool? Offered);

/// <summary>All that a port showed of its TLS.</summary>
public sealed record TlsVersionObservation(TlsTarget Target)
{
    /// <summary>How the connection went.</summary>
    public ConnectStatus Connect { get; init; }

    /// <summary>How far it went towards TLS.</summary>
    public TlsPreludeEnd Prelude { get; init; }

    /// <summary>What the network, the server or the TLS library said where something failed; null where it went well. Hostile text.</summary>
    public string? Failure { get; init; }

    /// <summary>TLS 1.0, 1.1, 1.2 and 1.3, in this order; all of them open where the port was not reached.</summary>
    public ImmutableArray<TlsOffer> Offers { get; init; } = TlsMatrix.Open;

    /// <summary>The best session that was to be had; its certificate is null where that was sent encrypted and could not be read.</summary>
    public TlsFacts? Best { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether a version is offered; null where it could not be found out.</summary>
    public bool? Offers13 => Offered(SslProtocols.Tls13);

    /// <summary>Whether it is offered; null where it could not be found out.</summary>
    public bool? Offered(SslProtocols version) => Offers.FirstOrDefault(o => o.Version == version)?.Offered;
}
