using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dnssec;

/// <summary>A key by what a DS record names it by (RFC 4034 §5.2).</summary>
/// <param name="Tag">Key tag (RFC 4034, appendix B).</param>
/// <param name="Algorithm">Its algorithm's number.</param>
public readonly record struct DnssecKeyName(ushort Tag, byte Algorithm)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tag}/{Algorithm}");
}

/// <summary>Reads DS and DNSKEY records as far as they name keys. Never throws.</summary>
public static class DnssecKeys
{
    private const int MostKeys = 50;

    /// <summary>The keys that DS records name.</summary>
    public static ImmutableArray<DnssecKeyName> Named(DnsAnswer ds) =>
        [.. Raw(ds).Where(d => d.Length > 4).Select(d => new DnssecKeyName(BinaryPrimitives.ReadUInt16BigEndian(d.Span), d.Span[2])).Distinct()];

    /// <summary>The keys that the zone has for signing itself; a revoked one does not count (RFC 5011 §2.1).</summary>
    public static ImmutableArray<DnssecKeyName> Held(DnsAnswer keys) =>
        [.. Raw(keys).Where(d => d.Length > 4 && (d.Span[0] & 1) != 0 && (d.Span[1] & 0x80) == 0).Select(d => new DnssecKeyName(TagOf(d.Span), d.Span[3])).Distinct()];

    /// <summary>A DS record as a zone file has it.</summary>
    public static IEnumerable<string> Texts(DnsAnswer ds) => Raw(ds).Where(d => d.Length > 4).Select(d => string.Create(
        CultureInfo.InvariantCulture,
        $"{BinaryPrimitives.ReadUInt16BigEndian(d.Span)} {d.Span[2]} {d.Span[3]} {Convert.ToHexString(d.Span[4..])}"));

    private static IEnumerable<ReadOnlyMemory<byte>> Raw(DnsAnswer answer) => answer.Records.OfType<RawRecord>().Take(MostKeys).Select(r => r.Data);

    private static ushort TagOf(ReadOnlySpan<byte> data)
    {
        if (data[3] == 1)
        {
            // RSA/MD5, which nobody may use any more: its tag is part of the modulus.
            return data.Length < 7 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(data[^3..]);
        }

        uint sum = 0;
        for (var i = 0; i < data.Length; i++)
        {
            sum += (i & 1) == 0 ? (uint)data[i] << 8 : data[i];
        }

        return (ushort)(sum + (sum >> 16));
    }
}
