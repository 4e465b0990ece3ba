using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>The single addresses that a domain's own SPF record allows (RFC 7208 §5.6): <c>ip4:</c> and <c>ip6:</c> without a range.</summary>
internal static class SpfSingleAddresses
{
    public static IEnumerable<IPAddress> Of(DnsAnswer txt)
    {
        var records = txt.Texts.Where(IsSpf).Take(2).ToList();

        // Two records are a permanent error (RFC 7208 §4.5): nobody is allowed by either.
        return records.Count == 1 ? records[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Single).OfType<IPAddress>() : [];
    }

    private static bool IsSpf(string text) =>
        text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) && (text.Length == 6 || text[6] == ' ');

    private static IPAddress? Single(string term)
    {
        var plain = term.TrimStart('+');
        var isV4 = plain.StartsWith("ip4:", StringComparison.OrdinalIgnoreCase);
        if (!isV4 && !plain.StartsWith("ip6:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var network = plain[4..];
        var full = isV4 ? "/32" : "/128";
        var text = network.EndsWith(full, StringComparison.Ordinal) ? network[..^full.Length] : network;
        return (isV4 ? text.Count(c => c == '.') == 3 : text.Contains(':', StringComparison.Ordinal)) && IPAddress.TryParse(text, out var address) ? address : null;
    }
}
