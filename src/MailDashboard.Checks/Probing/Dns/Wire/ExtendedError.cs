using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>Extended DNS errors (RFC 8914): why a resolver failed, in its own words.</summary>
internal static class ExtendedError
{
    private const ushort Option = 15;
    private const int LongestText = 200;

    private static readonly string[] Names =
    [
        "Other", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
        "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
        "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
        "Filtered", "Prohibited", "Stale NXDomain Answer", "Not Authoritative", "Not Supported",
        "No Reachable Authority", "Network Error", "Invalid Data",
    ];

    /// <summary>The first extended error in the options of an OPT record, as a person reads it.</summary>
    public static string? Read(ReadOnlySpan<byte> options)
    {
        var cursor = new DnsCursor(options);
        while (cursor.Left >= 4)
        {
            var code = cursor.UInt16();
            var data = cursor.Take(cursor.UInt16());
            if (cursor.HasFailed)
            {
                return null;
            }

            if (code == Option && data.Length >= 2)
            {
                var info = (data[0] << 8) | data[1];
                var name = info < Names.Length ? Names[info] : "unknown";
                return string.Create(CultureInfo.InvariantCulture, $"EDE {info} ({name}) {Printable(data[2..])}").TrimEnd();
            }
        }

        return null;
    }

    // The text comes from anybody; it may end in a log line or on a page.
    private static string Printable(ReadOnlySpan<byte> text)
    {
        var clean = new StringBuilder();
        foreach (var b in text[..Math.Min(text.Length, LongestText)])
        {
            clean.Append(b is >= 0x20 and < 0x7F ? (char)b : '?');
        }

        return clean.ToString();
    }
}
