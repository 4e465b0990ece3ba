using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>What is too weak about a certificate (RFC 9325 §4.5, RFC 9155 §2).</summary>
public static class CertificateStrength
{
    /// <summary>The key as people write it: <c>RSA 2048</c>.</summary>
    public static string Key(CertificateFacts certificate) =>
        certificate.KeyBits > 0 ? string.Create(CultureInfo.InvariantCulture, $"{certificate.KeyAlgorithm} {certificate.KeyBits}") : certificate.KeyAlgorithm;

    /// <summary>RSA below 2048 bits, ECDSA below 224.</summary>
    public static bool HasWeakKey(CertificateFacts certificate) => certificate.KeyAlgorithm switch
    {
        "RSA" or "DSA" => certificate.KeyBits is > 0 and < 2048,
        "ECDSA" => certificate.KeyBits is > 0 and < 224,
        _ => false,
    };

    /// <summary>Signed with MD5 or SHA-1 by somebody else: a signature by itself vouches for nothing anyway.</summary>
    public static bool HasWeakSignature(CertificateFacts certificate) =>
        !IsSelfSigned(certificate)
        && (certificate.SignatureAlgorithm.Contains("sha1", StringComparison.OrdinalIgnoreCase)
            || certificate.SignatureAlgorithm.Contains("md5", StringComparison.OrdinalIgnoreCase));

    /// <summary>Signed by itself, and not a trusted root.</summary>
    public static bool IsSelfSigned(CertificateFacts certificate) =>
        certificate.Subject == certificate.Issuer && !certificate.ChainStatus.IsEmpty;
}
