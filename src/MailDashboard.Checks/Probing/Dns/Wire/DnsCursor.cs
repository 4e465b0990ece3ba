using System.Buffers.Binary;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>
/// Reads a DNS message. Reading past the end, or a name that cannot be, sets <see cref="HasFailed"/> and gives zeros from
/// then on, so that hostile bytes never throw and the caller checks once.
/// </summary>
internal ref struct DnsCursor(ReadOnlySpan<byte> message)
{
    private const int LongestName = 255;

    // Every octet written as \DDD.
    private const int LongestText = LongestName * 4;

    // Real messages need one or two; without a limit a message of nothing but pointers costs thousands for each record.
    private const int MostJumps = 64;

    private readonly ReadOnlySpan<byte> _message = message;

    public int Position { get; private set; }

    public bool HasFailed { get; private set; }

    public readonly int Left => _message.Length - Position;

    public byte Byte() => Take(1) is { Length: 1 } b ? b[0] : (byte)0;

    public ushort UInt16() => Take(2) is { Length: 2 } b ? BinaryPrimitives.ReadUInt16BigEndian(b) : (ushort)0;

    public uint UInt32() => Take(4) is { Length: 4 } b ? BinaryPrimitives.ReadUInt32BigEndian(b) : 0;

    /// <summary>The next bytes; empty, and failed, where there are not so many.</summary>
    public ReadOnlySpan<byte> Take(int length)
    {
        if (HasFailed || length < 0 || length > Left)
        {
            HasFailed = true;
            return default;
        }

        var taken = _message.Slice(Position, length);
        Position += length;
        return taken;
    }

    /// <summary>What was read did not add up.</summary>
    public void Fail() => HasFailed = true;

    /// <summary>
    /// A name, compressed or not (RFC 1035 §4.1.4), lower case without a trailing dot. A dot or backslash inside a label is
    /// written <c>\.</c> or <c>\\</c>, what is not printable ASCII <c>\DDD</c>.
    /// </summary>
    public string Name()
    {
        Span<char> text = stackalloc char[LongestText];
        var written = 0;
        var octets = 1;
        var at = Position;
        // Every jump must lead further back than the one before it: that alone ends every loop.
        var barrier = Position;
        var jumps = 0;
        while (true)
        {
            if (HasFailed || at >= _message.Length)
            {
                HasFailed = true;
                return "";
            }

            var length = _message[at++];
            switch (length & 0xC0)
            {
                case 0x00 when length == 0:
                    Position = jumps > 0 ? Position : at;
                    return new string(text[..written]);

                case 0x00 when at + length <= _message.Length && (octets += length + 1) <= LongestName:
                    written = Label(text, written, _message.Slice(at, length));
                    at += length;
                    break;

                case 0xC0 when at < _message.Length:
                    var target = ((length & 0x3F) << 8) | _message[at++];
                    Position = jumps > 0 ? Position : at;
                    HasFailed = target >= barrier || ++jumps > MostJumps;
                    barrier = target;
                    at = target;
                    break;

                default:
                    HasFailed = true;
                    return "";
            }
        }
    }

    /// <returns>Where the text ends now.</returns>
    private static int Label(Span<char> text, int at, ReadOnlySpan<byte> label)
    {
        if (at > 0)
        {
            text[at++] = '.';
        }

        foreach (var b in label)
        {
            if (b is (byte)'.' or (byte)'\\')
            {
                text[at++] = '\\';
                text[at++] = (char)b;
            }
            else if (b is > 0x20 and < 0x7F)
            {
                text[at++] = b is >= (byte)'A' and <= (byte)'Z' ? (char)(b | 0x20) : (char)b;
            }
            else
            {
                text[at++] = '\\';
                text[at++] = (char)('0' + (b / 100));
                text[at++] = (char)('0' + (b / 10 % 10));
                text[at++] = (char)('0' + (b % 10));
            }
        }

        return at;
    }
}
