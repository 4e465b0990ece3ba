using System.Numerics;

namespace MailDashboard.Checks.Dkim;

/// <summary>
/// Just enough DER (X.690) to find the modulus of an RSA key. Importing the key into a cryptographic library takes
/// milliseconds and refuses odd keys without saying why; this takes well under a microsecond and never throws.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    private ReadOnlySpan<byte> _rest = data;

    /// <summary>The tag of the next element, zero at the end.</summary>
    public readonly byte Peek() => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Reads one element of the tag asked for; false where it is another one or does not fit.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_rest.Length < 2 || _rest[0] != tag)
        {
            return false;
        }

        int length = _rest[1];
        var header = 2;
        if (length >= 0x80)
        {
            var octets = length & 0x7f;
            if (octets is 0 or > 3 || _rest.Length < 2 + octets)
            {
                return false;
            }

            length = 0;
            foreach (var b in _rest.Slice(2, octets))
            {
                length = (length << 8) | b;
            }

            header += octets;
        }

        if (length > _rest.Length - header)
        {
            return false;
        }

        content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>Significant bits of a non-negative integer's content octets; zero for zero, for a negative or an empty one.</summary>
    public static int BitLength(ReadOnlySpan<byte> integer)
    {
        if (integer.IsEmpty || (integer[0] & 0x80) != 0)
        {
            return 0;
        }

        integer = integer.TrimStart((byte)0);
        return integer.IsEmpty ? 0 : (integer.Length * 8) - (BitOperations.LeadingZeroCount(integer[0]) - 24);
    }
}
