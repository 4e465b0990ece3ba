using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>What is spoken in clear before a handshake.</summary>
public enum TlsPrelude
{
    /// <summary>Nothing: TLS from the first octet.</summary>
    None,

    /// <summary>SMTP and STARTTLS (RFC 3207).</summary>
    Smtp,

    /// <summary>IMAP and STARTTLS (RFC 9051 §6.2.1).</summary>
    Imap,

    /// <summary>POP3 and STLS (RFC 2595 §4).</summary>
    Pop3,
}

/// <summary>A port to ask for its versions of TLS.</summary>
/// <param name="Host">The name that the certificate must match, and the SNI sent.</param>
/// <param name="Address">Where to connect.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Prelude">What is spoken before the handshake.</param>
public sealed record TlsTarget(string Host, IPAddress Address, int Port, TlsPrelude Prelude)
{
    /// <summary>An earlier conversation with the same port: what it showed is not asked again.</summary>
    public SmtpObservation? Known { get; init; }
}

/// <summary>Finds out which versions of TLS a port offers, the old ones included, and what it shows of itself.</summary>
public interface ITlsVersionProbe
{
    /// <summary>Probes one port. Failure is data; throws only when cancelled by the caller.</summary>
    Task<TlsVersionObservation> ProbeAsync(TlsTarget target, CancellationToken cancellationToken);
}
