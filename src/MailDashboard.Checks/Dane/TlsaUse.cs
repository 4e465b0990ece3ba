using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>Why a TLSA record is of no use to a sender.</summary>
public enum TlsaFault
{
    /// <summary>It is of use.</summary>
    None,

    /// <summary>Usage 0 or 1, which SMTP does not have (RFC 7672 §3.1.3).</summary>
    Pkix,

    /// <summary>A usage that nobody knows.</summary>
    Usage,

    /// <summary>A selector that nobody knows.</summary>
    Selector,

    /// <summary>A matching type that nobody knows.</summary>
    MatchingType,

    /// <summary>A digest of the wrong length.</summary>
    Length,

    /// <summary>Matching type 0, and the data is no certificate, or no key.</summary>
    Unreadable,
}

/// <summary>What TLSA records are good for (RFC 6698 §2.1, RFC 7672 §3.1). Never throws.</summary>
public static class TlsaUse
{
    /// <summary>Usage of an authority: DANE-TA.</summary>
    public const byte Anchor = 2;

    /// <summary>Usage of the server's own certificate: DANE-EE.</summary>
    public const byte Server = 3;

    /// <summary>Selector of the whole certificate.</summary>
    public const byte Certificate = 0;

    /// <summary>Selector of the public key.</summary>
    public const byte Key = 1;

    /// <summary>Matching type of the data itself.</summary>
    public const byte Whole = 0;

    /// <summary>Matching type of a SHA-256 digest.</summary>
    public const byte Sha256 = 1;

    /// <summary>Matching type of a SHA-512 digest.</summary>
    public const byte Sha512 = 2;

    /// <summary>Why a record is of no use; <see cref="TlsaFault.None"/> where it is.</summary>
    public static TlsaFault FaultOf(TlsaRecord record) => record switch
    {
        { Usage: 0 or 1 } => TlsaFault.Pkix,
        { Usage: > Server } => TlsaFault.Usage,
        { Selector: > Key } => TlsaFault.Selector,
        { MatchingType: > Sha512 } => TlsaFault.MatchingType,
        { MatchingType: Sha256 } => record.Association.Length == SHA256.HashSizeInBytes ? TlsaFault.None : TlsaFault.Length,
        { MatchingType: Sha512 } => record.Association.Length == SHA512.HashSizeInBytes ? TlsaFault.None : TlsaFault.Length,
        _ => CanRead(record) ? TlsaFault.None : TlsaFault.Unreadable,
    };

    /// <summary>Whether a record names this certificate, or its key.</summary>
    public static bool Names(TlsaRecord record, ChainLink link)
    {
        var chosen = (record.Selector == Certificate ? link.Certificate : link.Key).Span;
        return record.Association.Span.SequenceEqual(record.MatchingType switch
        {
            Sha256 => SHA256.HashData(chosen),
            Sha512 => SHA512.HashData(chosen),
            _ => chosen,
        });
    }

    private static bool CanRead(TlsaRecord record)
    {
        try
        {
            if (record.Selector == Key)
            {
                PublicKey.CreateFromSubjectPublicKeyInfo(record.Association.Span, out var read);
                return read == record.Association.Length;
            }

            using var certificate = X509CertificateLoader.LoadCertificate(record.Association.Span);
            return certificate.RawDataMemory.Length == record.Association.Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
