using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Blocklists;

/// <summary>What an answer with a known code says.</summary>
public enum CodeEffect
{
    /// <summary>The entry is listed.</summary>
    Listed,

    /// <summary>Known, and neither good nor bad.</summary>
    Neutral,

    /// <summary>Known, and good: the entry is on a white list.</summary>
    Positive,

    /// <summary>No answer about the entry at all: the list refuses to serve us.</summary>
    Refusal,
}

/// <summary>Which answers a code is about: a range of addresses inside 127/8, or one bit of the last octet of 127.0.0.x.</summary>
public readonly record struct CodeMatch(uint First, uint Last, byte Bit)
{
    private const uint BitmaskBase = 0x7F000000;

    /// <summary>It is one bit of a mask; an answer may carry several.</summary>
    public bool IsBit => Bit != 0;

    /// <summary>Whether an answer carries this code.</summary>
    public bool Matches(uint answer) =>
        IsBit ? (answer & 0xFFFFFF00) == BitmaskBase && (answer & Bit) != 0 : answer >= First && answer <= Last;

    /// <summary>Reads <c>127.0.0.2</c>, <c>127.0.0.4-127.0.0.7</c> or <c>bit:8</c>.</summary>
    public static bool TryParse(string? text, out CodeMatch match)
    {
        match = default;
        if (text is null)
        {
            return false;
        }

        if (text.StartsWith("bit:", StringComparison.Ordinal))
        {
            if (!byte.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var bit) || bit == 0 || (bit & (bit - 1)) != 0)
            {
                return false;
            }

            match = new CodeMatch(0, 0, bit);
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = dash < 0 ? text : text[..dash];
        var last = dash < 0 ? text : text[(dash + 1)..];
        if (!TryNumber(first, out var from) || !TryNumber(last, out var to) || from > to || from >> 24 != 127 || to >> 24 != 127)
        {
            return false;
        }

        match = new CodeMatch(from, to, 0);
        return true;
    }

    /// <summary>An IPv4 address as a number.</summary>
    internal static uint Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out var written) && written == 4
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : 0;
    }

    private static bool TryNumber(string text, out uint number)
    {
        number = 0;
        if (text.Count(c => c == '.') != 3 || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        number = Number(address);
        return true;
    }
}

/// <summary>One row of a list's table of answers.</summary>
/// <param name="Match">Which answers.</param>
/// <param name="Effect">What they say.</param>
/// <param name="Name">Short name as the publisher uses it (SBL, black …).</param>
/// <param name="Meaning">In words; empty for a refusal, whose words go with <paramref name="RefusalKey"/>.</param>
/// <param name="Weight">Where it differs from the list's.</param>
/// <param name="DirectWeight">Weight for an address that delivers mail itself, where that differs (policy lists).</param>
/// <param name="RefusalKey">For a refusal: the key of its reason, <c>Reason.Refused.{key}</c>.</param>
public sealed record BlocklistCode(
    CodeMatch Match,
    CodeEffect Effect,
    string Name,
    LocalText Meaning,
    ListWeight? Weight = null,
    ListWeight? DirectWeight = null,
    string? RefusalKey = null);
