using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDashboard.Checks.Probing.Dns.Wire;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>Names in the one form used everywhere: lower case, no trailing dot.</summary>
public static class DnsNames
{
    /// <summary>Lower case (ASCII only), one trailing dot removed. The root is the empty string.</summary>
    public static string Normalize(string name)
    {
        var text = name.EndsWith('.') ? name[..^1] : name;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                return text.ToLowerInvariant();
            }
        }

        return text;
    }

    /// <summary>
    /// Whether a normalised name can be asked: labels of 1 to 63 octets, 255 in all on the wire (RFC 1035 §2.3.4), ASCII. The
    /// root can.
    /// </summary>
    public static bool CanBeAsked(string name) => DnsQueryWriter.CanWrite(name);

    /// <summary>The parent of a name; null for a top-level label or the root.</summary>
    public static string? Parent(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : name[(dot + 1)..];
    }

    /// <summary>Whether <paramref name="name"/> is <paramref name="ancestor"/> or below it.</summary>
    public static bool IsEqualOrBelow(string name, string ancestor) =>
        name.EndsWith(ancestor, StringComparison.OrdinalIgnoreCase)
        && (name.Length == ancestor.Length || ancestor.Length == 0 || name[name.Length - ancestor.Length - 1] == '.');

    /// <summary>The name under which the PTR of an address is (in-addr.arpa, ip6.arpa).</summary>
    public static string Reverse(IPAddress address) =>
        ReversedLabels(address) + (address.AddressFamily == AddressFamily.InterNetwork ? ".in-addr.arpa" : ".ip6.arpa");

    /// <summary>Octets or nibbles in reverse order, with dots: what stands before a blocklist zone (RFC 5782 §2).</summary>
    public static string ReversedLabels(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var text = new StringBuilder(64);
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            if (text.Length > 0)
            {
                text.Append('.');
            }

            if (bytes.Length == 4)
            {
                text.Append(bytes[i]);
            }
            else
            {
                text.Append("0123456789abcdef"[bytes[i] & 15]).Append('.').Append("0123456789abcdef"[bytes[i] >> 4]);
            }
        }

        return text.ToString();
    }
}
