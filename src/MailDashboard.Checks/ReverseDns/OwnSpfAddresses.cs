using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.ReverseDns;

/// <summary>
/// Single addresses that a domain's own SPF record permits (RFC 7208 §5.6): those are machines of its owner. Networks and
/// includes are not expanded: nobody says that all of their addresses send.
/// </summary>
internal static class OwnSpfAddresses
{
    /// <summary>Addresses of every <c>ip4</c> and <c>ip6</c> term that names exactly one and permits it.</summary>
    public static IEnumerable<IPAddress> Of(DnsAnswer txt) => txt.Texts
        .Where(t => t.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || t.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase))
        .SelectMany(t => t.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(Single)
        .OfType<IPAddress>();

    private static IPAddress? Single(string term)
    {
        var text = term.StartsWith('+') ? term[1..] : term;
        var isV4 = text.StartsWith("ip4:", StringComparison.OrdinalIgnoreCase);
        if (!isV4 && !text.StartsWith("ip6:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var value = text[4..];
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (value[(slash + 1)..] != (isV4 ? "32" : "128"))
            {
                return null;
            }

            value = value[..slash];
        }

        // "ip4:1" is an address to the parser of the runtime (0.0.0.1), but not to RFC 7208.
        var family = isV4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        return (!isV4 || value.Count(c => c == '.') == 3) && IPAddress.TryParse(value, out var address) && address.AddressFamily == family ? address : null;
    }
}
