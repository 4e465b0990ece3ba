using System.Net;

namespace MailDashboard.Checks.Spf;

/// <summary>The argument of <c>ip4</c> and <c>ip6</c> (RFC 7208 §5.6).</summary>
internal static class SpfAddressParser
{
    public static bool TryParse(ReadOnlySpan<char> text, bool isIPv6, out SpfNetwork network, out SpfSyntaxError error)
    {
        network = default;
        error = SpfSyntaxError.None;
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        var length = (byte)(isIPv6 ? 128 : 32);
        UInt128 bits;
        if (!(isIPv6 ? TryIPv6(address, out bits) : TryIPv4(address, out bits)))
        {
            error = SpfSyntaxError.InvalidAddress;
            return false;
        }

        if (slash >= 0 && !SpfPrefixLengths.TryRead(text[(slash + 1)..], length, out length))
        {
            error = SpfSyntaxError.InvalidPrefixLength;
            return false;
        }

        network = new SpfNetwork(bits, length, isIPv6);
        return true;
    }

    // By hand: the framework's parser takes "192.0.2" and "0x7f.1" and octal for addresses, the grammar does not.
    private static bool TryIPv4(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        uint value = 0;
        for (var octet = 0; octet < 4; octet++)
        {
            var dot = text.IndexOf('.');
            if (octet < 3 == dot < 0)
            {
                return false;
            }

            if (!SpfPrefixLengths.TryRead(octet < 3 ? text[..dot] : text, 255, out var number))
            {
                return false;
            }

            value = (value << 8) | number;
            text = octet < 3 ? text[(dot + 1)..] : default;
        }

        bits = value;
        return true;
    }

    private static bool TryIPv6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;

        // No scope ("%eth0"), no brackets: only what the grammar knows.
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
            {
                return false;
            }
        }

        if (!text.Contains(':') || !IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }
}
