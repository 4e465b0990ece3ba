using System.Buffers.Binary;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>Writes a query (RFC 1035 §4).</summary>
internal static class DnsQueryWriter
{
    /// <summary>Octets before the question.</summary>
    public const int Header = 12;

    /// <summary>No query is longer: header, name, type and class, OPT.</summary>
    public const int LongestQuery = Header + 255 + 4 + OptLength;

    /// <summary>The size that passes nearly every path in one piece (DNS flag day 2020).</summary>
    public const ushort UdpPayload = 1232;

    private const int OptLength = 11;
    private const ushort Opt = 41;
    private const ushort Internet = 1;

    /// <summary>Octets of the question in a query of this length.</summary>
    public static int QuestionLength(int length, bool extended) => length - Header - (extended ? OptLength : 0);

    /// <summary>The length written; 0 where the name cannot be asked.</summary>
    public static int Write(Span<byte> target, ushort id, DnsQuestion question, ushort flags, bool extended)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, id);
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], 1);
        target[6..10].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(target[10..], (ushort)(extended ? 1 : 0));
        var nameLength = WriteName(target[Header..], question.Name);
        if (nameLength == 0)
        {
            return 0;
        }

        var at = Header + nameLength;
        BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)question.Type);
        BinaryPrimitives.WriteUInt16BigEndian(target[(at + 2)..], Internet);
        at += 4;
        if (!extended)
        {
            return at;
        }

        target[at] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(target[(at + 1)..], Opt);
        BinaryPrimitives.WriteUInt16BigEndian(target[(at + 3)..], UdpPayload);
        target.Slice(at + 5, 6).Clear();
        return at + OptLength;
    }

    /// <summary>Whether a name can be put on the wire: labels of 1 to 63 octets, 255 in all, ASCII.</summary>
    public static bool CanWrite(string name)
    {
        Span<byte> scratch = stackalloc byte[255];
        return WriteName(scratch, name) > 0;
    }

    /// <summary>
    /// Reads the escapes that <see cref="DnsCursor.Name"/> writes; any other backslash is one. The length written; 0 where
    /// the name is impossible.
    /// </summary>
    public static int WriteName(Span<byte> target, ReadOnlySpan<char> name)
    {
        target = target[..255];
        var at = 1;
        var label = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '.')
            {
                if (!Close(target, ref label, at) || at == 255)
                {
                    return 0;
                }

                label = at++;
                continue;
            }

            if (name[i] > 0x7F || at == 255)
            {
                return 0;
            }

            target[at++] = name[i] == '\\' ? Unescape(name, ref i) : (byte)name[i];
        }

        if (name.Length == 0)
        {
            target[0] = 0;
            return 1;
        }

        if (!Close(target, ref label, at) || at == 255)
        {
            return 0;
        }

        target[at] = 0;
        return at + 1;
    }

    private static bool Close(Span<byte> target, ref int label, int at)
    {
        var length = at - label - 1;
        target[label] = (byte)length;
        return length is > 0 and <= 63;
    }

    private static byte Unescape(ReadOnlySpan<char> name, ref int i)
    {
        var rest = name[(i + 1)..];
        if (rest.Length > 0 && rest[0] is '.' or '\\')
        {
            i++;
            return (byte)rest[0];
        }

        if (rest.Length >= 3 && byte.TryParse(rest[..3], System.Globalization.NumberStyles.None, null, out var value))
        {
            i += 3;
            return value;
        }

        return (byte)'\\';
    }
}
