using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>A certificate of a chain, for people. Names in certificates are hostile text.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Issuer">Distinguished name.</param>
/// <param name="NotAfter">End of its life, UTC.</param>
public sealed record TlsChainLink(string Subject, string Issuer, DateTimeOffset NotAfter);

/// <summary>The certificates as a server sent them. Never throws: what cannot be read is left out.</summary>
public static class TlsChain
{
    /// <summary>In the order sent, the server's own first.</summary>
    public static ImmutableArray<TlsChainLink> Of(CertificateFacts certificate) =>
        [.. certificate.Chain.Take(CertificateInspector.ChainLimit).Select(Read).OfType<TlsChainLink>()];

    private static TlsChainLink? Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der.Span);
            return new TlsChainLink(certificate.Subject, certificate.Issuer, new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
