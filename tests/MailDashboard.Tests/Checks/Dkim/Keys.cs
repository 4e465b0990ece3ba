using System.Formats.Asn1;

namespace MailDashboard.Tests.Checks.Dkim;

/// <summary>Public keys made to measure; no length of them costs a key generation.</summary>
internal static class Keys
{
    /// <summary>An Ed25519 key, from RFC 8463 appendix A.2.</summary>
    public const string Ed25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    public static string Rsa(int bits) => Convert.ToBase64String(SubjectPublicKeyInfo(bits, "1.2.840.113549.1.1.1"));

    public static string Pkcs1(int bits) => Convert.ToBase64String(Numbers(bits, [1, 0, 1]));

    public static byte[] SubjectPublicKeyInfo(int bits, string algorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm);
                writer.WriteNull();
            }

            writer.WriteBitString(Numbers(bits, [1, 0, 1]));
        }

        return writer.Encode();
    }

    public static byte[] Numbers(int bits, byte[] exponent)
    {
        var modulus = new byte[(bits + 7) / 8];
        Array.Fill(modulus, (byte)0xA5);
        modulus[0] = (byte)(1 << ((bits - 1) % 8));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(modulus);
            writer.WriteIntegerUnsigned(exponent);
        }

        return writer.Encode();
    }
}
