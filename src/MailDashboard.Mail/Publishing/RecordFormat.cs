using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>A record as it is typed into the form of a DNS console.</summary>
/// <param name="Host">Relative to the zone; <c>@</c> at its top.</param>
/// <param name="Absolute">The complete name, for consoles that want it.</param>
/// <param name="Type">The type.</param>
/// <param name="Value">To be copied: a text without quotation marks, a host without preference and trailing dot; <c>.</c> for the null MX.</param>
/// <param name="Preference">Of an MX; null for others.</param>
public sealed record ConsoleRecord(string Host, string Absolute, DnsRecordType Type, string Value, ushort? Preference);

/// <summary>Writes planned records the way the place wants them that they are typed into.</summary>
public static class RecordFormat
{
    /// <summary>The TTL of zone-file lines, in seconds: an hour, so that a mistake is soon gone.</summary>
    public const int DefaultTtl = 3600;

    /// <summary>Octets that one string of a TXT record holds (RFC 1035 §3.3).</summary>
    public const int StringLength = 255;

    /// <summary>A name relative to a zone: <c>@</c> for the zone itself; a name outside the zone stays whole.</summary>
    public static string Host(string owner, string zone) =>
        owner == zone ? "@" : DnsNames.IsEqualOrBelow(owner, zone) ? owner[..^(zone.Length + 1)] : owner;

    /// <summary>One for each value.</summary>
    public static ImmutableArray<ConsoleRecord> Console(PlannedRecord record) =>
    [
        .. record.Values.Select(v =>
        {
            var (preference, value) = record.Type == DnsRecordType.MX ? Split(v) : (null, v);
            return new ConsoleRecord(Host(record.Owner, record.Zone), record.Owner, record.Type, value, preference);
        }),
    ];

    /// <summary>Lines for a zone file (RFC 1035 §5.1), complete names with their final dot, so that they are right behind any <c>$ORIGIN</c>.</summary>
    public static ImmutableArray<string> ZoneLines(PlannedRecord record, int ttl = DefaultTtl) =>
        [.. record.Values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{record.Owner}. {ttl} IN {record.Type} {Data(record.Type, v)}"))];

    /// <summary>A text as the strings of a TXT record: quoted, escaped, none over 255 octets.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 16).Append('"');
        var length = 0;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (length++ == StringLength)
            {
                quoted.Append("\" \"");
                length = 1;
            }

            _ = octet switch
            {
                (byte)'"' or (byte)'\\' => quoted.Append('\\').Append((char)octet),
                >= (byte)' ' and <= (byte)'~' => quoted.Append((char)octet),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\{octet:000}"),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Data(DnsRecordType type, string value)
    {
        if (type == DnsRecordType.TXT)
        {
            return Quoted(value);
        }

        return value.EndsWith('.') ? value : $"{value}.";
    }

    private static (ushort? Preference, string Host) Split(string value)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        return (ushort.Parse(value.AsSpan(0, blank), CultureInfo.InvariantCulture), value[(blank + 1)..]);
    }
}
