using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MailDashboard.Checks.Dane;

/// <summary>Whether a key signed a certificate (RFC 5280 §4.1.1), for keys that no certificate holds. Never throws.</summary>
internal static class CertificateSignature
{
    /// <param name="certificate">DER.</param>
    /// <param name="key">SubjectPublicKeyInfo, DER.</param>
    public static bool IsBy(ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> key)
    {
        try
        {
            var outer = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
            var signed = outer.ReadEncodedValue();
            var algorithm = outer.ReadSequence().ReadObjectIdentifier();
            var signature = outer.ReadBitString(out _);
            return algorithm switch
            {
                "1.2.840.113549.1.1.11" => IsRsa(key, signed, signature, HashAlgorithmName.SHA256),
                "1.2.840.113549.1.1.12" => IsRsa(key, signed, signature, HashAlgorithmName.SHA384),
                "1.2.840.113549.1.1.13" => IsRsa(key, signed, signature, HashAlgorithmName.SHA512),
                "1.2.840.10045.4.3.2" => IsEcdsa(key, signed, signature, HashAlgorithmName.SHA256),
                "1.2.840.10045.4.3.3" => IsEcdsa(key, signed, signature, HashAlgorithmName.SHA384),
                "1.2.840.10045.4.3.4" => IsEcdsa(key, signed, signature, HashAlgorithmName.SHA512),
                _ => false,
            };
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    private static bool IsRsa(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> signed, byte[] signature, HashAlgorithmName hash)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.Span, out _);
        return rsa.VerifyData(signed.Span, signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static bool IsEcdsa(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> signed, byte[] signature, HashAlgorithmName hash)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.Span, out _);
        return ecdsa.VerifyData(signed.Span, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
