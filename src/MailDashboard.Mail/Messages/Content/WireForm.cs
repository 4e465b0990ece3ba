using System.Collections.Immutable;
using System.Text;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>Looks at the octets as they are (RFC 5322 §2.1.1, §2.3): one pass.</summary>
internal static class WireForm
{
    private const int MaximumFields = 10;

    /// <summary>Where the header ends: at the first empty line, else with the message.</summary>
    public static int HeaderEnd(ReadOnlySpan<byte> octets)
    {
        for (var i = 0; i < octets.Length;)
        {
            var line = octets[i..];
            var end = line.IndexOf((byte)'\n');
            if (end < 0)
            {
                return octets.Length;
            }

            if (line[..end] is [] or [(byte)'\r'])
            {
                return i;
            }

            i += end + 1;
        }

        return octets.Length;
    }

    public static FormFacts Scan(ReadOnlySpan<byte> octets, int headerEnd)
    {
        var (longest, lineFeeds, pairs, returns, empty, mostEmpty) = (0, 0, 0, 0, 0, 0);
        for (var rest = octets; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            var isPair = end >= 0 && line is [.., (byte)'\r'];
            line = isPair ? line[..^1] : line;
            longest = Math.Max(longest, line.Length);
            empty = line.IsEmpty ? empty + 1 : 0;
            mostEmpty = Math.Max(mostEmpty, empty);
            pairs += isPair ? 1 : 0;
            lineFeeds += end >= 0 && !isPair ? 1 : 0;
            returns += line.Count((byte)'\r');
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return new FormFacts(octets.Length)
        {
            LongestLine = longest,
            EmptyLines = mostEmpty,

            // Many mailboxes store lines with LF alone; only a mixture came over the wire like that.
            BareLineFeeds = pairs > 0 ? lineFeeds : 0,
            BareReturns = returns,
            EightBitFields = EightBit(octets[..headerEnd]),
        };
    }

    private static ImmutableArray<string> EightBit(ReadOnlySpan<byte> header)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        var name = "";
        while (!header.IsEmpty && found.Count < MaximumFields)
        {
            var end = header.IndexOf((byte)'\n');
            var line = end < 0 ? header : header[..end];
            if (line is [not ((byte)' ' or (byte)'\t'), ..] && line.IndexOf((byte)':') is > 0 and <= 70 and var colon)
            {
                name = Encoding.ASCII.GetString(line[..colon]).Trim().ToLowerInvariant();
            }

            if (line.ContainsAnyInRange((byte)0x80, (byte)0xff) && !found.Contains(name))
            {
                found.Add(name);
            }

            header = end < 0 ? [] : header[(end + 1)..];
        }

        return found.ToImmutable();
    }
}
