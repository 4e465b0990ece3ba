using System.Formats.Asn1;

namespace MailDashboard.Checks.Dkim;

/// <summary>What the <c>p=</c> tag holds.</summary>
public enum DkimKeyFault
{
    /// <summary>A key that verifiers can use.</summary>
    None,

    /// <summary>Not base64.</summary>
    NotBase64,

    /// <summary>Base64, but no key of the announced type: cut short, pasted wrongly or something else.</summary>
    NotAKey,

    /// <summary>An Ed25519 key where <c>k=</c> says RSA, or the reverse.</summary>
    OtherType,
}

/// <summary>A public key as far as a check needs it.</summary>
/// <param name="Fault">Why it cannot be used.</param>
/// <param name="Bits">Bits of the RSA modulus; 256 for Ed25519; zero where there is a fault.</param>
public readonly record struct DkimPublicKey(DkimKeyFault Fault, int Bits)
{
    private const int Ed25519Length = 32;

    /// <summary>It is in the bare PKCS#1 form, which RFC 6376 §3.6.1 names and programs built on OpenSSL cannot read.</summary>
    public bool IsBare { get; init; }

    /// <summary>rsaEncryption, 1.2.840.113549.1.1.1.</summary>
    private static ReadOnlySpan<byte> RsaEncryption => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

    /// <summary>id-Ed25519, 1.3.101.112.</summary>
    private static ReadOnlySpan<byte> Ed25519Identifier => [0x2b, 0x65, 0x70];

    /// <summary>Reads an RSA key: SubjectPublicKeyInfo, or the bare PKCS#1 form that RFC 6376 §3.6.1 names (RFC 8017 A.1.1).</summary>
    public static DkimPublicKey Rsa(string base64) => Decode(base64, out var key) ? ReadRsa(key) : new(DkimKeyFault.NotBase64, 0);

    /// <summary>Reads an Ed25519 key: 32 octets without any wrapping (RFC 8463 §4.2).</summary>
    public static DkimPublicKey Ed25519(string base64)
    {
        if (!Decode(base64, out var key))
        {
            return new(DkimKeyFault.NotBase64, 0);
        }

        return key.Length == Ed25519Length
            ? new(DkimKeyFault.None, 256)
            : new(ReadRsa(key).Fault == DkimKeyFault.None ? DkimKeyFault.OtherType : DkimKeyFault.NotAKey, 0);
    }

    /// <summary>A bare RSA key as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    /// <param name="base64">A key that was read without a fault.</param>
    public static byte[] Wrapped(string base64)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                writer.WriteNull();
            }

            writer.WriteBitString(Octets(base64));
        }

        return writer.Encode();
    }

    /// <summary>What <c>p=</c> encodes; empty where it is not base64.</summary>
    public static byte[] Octets(string base64) => Decode(base64, out var key) ? key.ToArray() : [];

    private static DkimPublicKey ReadRsa(ReadOnlySpan<byte> der)
    {
        if (der.Length == Ed25519Length)
        {
            return new(DkimKeyFault.OtherType, 0);
        }

        var notAKey = new DkimPublicKey(DkimKeyFault.NotAKey, 0);
        if (!new DerReader(der).TryRead(DerReader.Sequence, out var outer))
        {
            return notAKey;
        }

        var body = new DerReader(outer);
        if (body.Peek() == DerReader.Integer)
        {
            return ReadNumbers(outer) with { IsBare = true };
        }

        if (!body.TryRead(DerReader.Sequence, out var algorithm)
            || !new DerReader(algorithm).TryRead(DerReader.ObjectIdentifier, out var identifier)
            || !body.TryRead(DerReader.BitString, out var bits)
            || bits.IsEmpty)
        {
            return notAKey;
        }

        if (!identifier.SequenceEqual(RsaEncryption))
        {
            return identifier.SequenceEqual(Ed25519Identifier) ? new(DkimKeyFault.OtherType, 0) : notAKey;
        }

        // The first octet of a bit string counts unused bits; a key has none.
        return new DerReader(bits[1..]).TryRead(DerReader.Sequence, out var numbers) ? ReadNumbers(numbers) : notAKey;
    }

    private static DkimPublicKey ReadNumbers(ReadOnlySpan<byte> content)
    {
        var reader = new DerReader(content);
        if (!reader.TryRead(DerReader.Integer, out var modulus) || !reader.TryRead(DerReader.Integer, out var exponent))
        {
            return new(DkimKeyFault.NotAKey, 0);
        }

        var bits = DerReader.BitLength(modulus);
        var isOdd = exponent.Length > 0 && (exponent[^1] & 1) == 1;
        return bits < 128 || !isOdd || DerReader.BitLength(exponent) < 2 ? new(DkimKeyFault.NotAKey, 0) : new(DkimKeyFault.None, bits);
    }

    /// <summary>White space may stand anywhere in it, and the padding may be missing (RFC 6376 §2.10).</summary>
    private static bool Decode(string base64, out ReadOnlySpan<byte> key)
    {
        key = default;
        var text = new char[base64.Length + 3];
        var length = 0;
        foreach (var c in base64)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                text[length++] = c;
            }
        }

        while (length % 4 != 0)
        {
            text[length++] = '=';
        }

        var octets = new byte[length / 4 * 3];
        if (length == 0 || !Convert.TryFromBase64Chars(text.AsSpan(0, length), octets, out var written))
        {
            return false;
        }

        key = octets.AsSpan(0, written);
        return true;
    }
}
