using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>
/// Judges certificates without the network: no revocation, no download of missing intermediates, since a server that
/// forgets to send them is exactly what must be seen. Roots are the system's, with <c>SSL_CERT_FILE</c> and
/// <c>SSL_CERT_DIR</c> honoured (the runtime does so), unless others are given.
/// </summary>
/// <param name="time">The clock that validity is judged by.</param>
/// <param name="roots">Trusted instead of the system's; null for the system's.</param>
public sealed class CertificateInspector(TimeProvider time, X509Certificate2Collection? roots = null)
{
    /// <summary>Certificates beyond the tenth are ignored: no honest chain is that long.</summary>
    public const int ChainLimit = 10;

    /// <summary>How chains are built, here and during a handshake.</summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = time.GetUtcNow().UtcDateTime,
        };
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    /// <summary>What the certificates say, for a connection to <paramref name="host"/>.</summary>
    /// <param name="sent">DER of each certificate as sent, leaf first.</param>
    /// <returns>Null where nothing was sent or the leaf cannot be read.</returns>
    public CertificateFacts? Inspect(ImmutableArray<ReadOnlyMemory<byte>> sent, string host)
    {
        var loaded = sent.Take(ChainLimit).Select(Load).ToList();
        try
        {
            return loaded is [{ } leaf, ..] ? Facts(leaf, loaded.Skip(1).OfType<X509Certificate2>(), [.. sent.Take(ChainLimit)], host) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            loaded.ForEach(c => c?.Dispose());
        }
    }

    private CertificateFacts Facts(X509Certificate2 leaf, IEnumerable<X509Certificate2> others, ImmutableArray<ReadOnlyMemory<byte>> sent, string host)
    {
        var names = CertificateNames.Of(leaf);
        return new CertificateFacts(
            leaf.Subject,
            leaf.Issuer,
            names,
            new DateTimeOffset(leaf.NotBefore.ToUniversalTime()),
            new DateTimeOffset(leaf.NotAfter.ToUniversalTime()),
            KeyAlgorithm(leaf),
            KeyBits(leaf),
            leaf.SignatureAlgorithm.FriendlyName ?? leaf.SignatureAlgorithm.Value ?? "",
            Convert.ToHexStringLower(SHA256.HashData(leaf.RawData)),
            CertificateNames.Cover(names, host),
            ChainStatus(leaf, others),
            sent);
    }

    private ImmutableArray<string> ChainStatus(X509Certificate2 leaf, IEnumerable<X509Certificate2> others)
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.ExtraStore.AddRange(others.ToArray());
        chain.Build(leaf);
        var status = chain.ChainStatus.Select(s => s.Status).Where(s => s != X509ChainStatusFlags.NoError).Select(s => s.ToString());
        var result = status.Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return result;
    }

    private static X509Certificate2? Load(ReadOnlyMemory<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string KeyAlgorithm(X509Certificate2 certificate) => certificate.PublicKey.Oid.Value switch
    {
        "1.2.840.113549.1.1.1" => "RSA",
        "1.2.840.10045.2.1" => "ECDSA",
        "1.3.101.112" => "Ed25519",
        "1.2.840.10040.4.1" => "DSA",
        var oid => certificate.PublicKey.Oid.FriendlyName ?? oid ?? "",
    };

    private static int KeyBits(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            using var ecdsa = rsa is null ? certificate.GetECDsaPublicKey() : null;
            return rsa?.KeySize ?? ecdsa?.KeySize ?? (certificate.PublicKey.Oid.Value == "1.3.101.112" ? 256 : 0);
        }
        catch (CryptographicException)
        {
            return 0;
        }
    }
}
