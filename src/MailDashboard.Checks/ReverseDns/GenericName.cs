using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.ReverseDns;

/// <summary>
/// Recognises the names that access providers give to all addresses of a network: the address is in the name, or a word
/// of the trade (pool, dhcp, dsl …) beside digits. Receivers take such a host for somebody's home connection.
/// </summary>
public static class GenericName
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "dyn", "dynamic", "dynip", "dhcp", "pool", "pools", "dsl", "adsl", "vdsl", "xdsl", "cable", "dial", "dialup", "dialin", "ppp", "pppoe",
        "customer", "customers", "cust", "client", "clients", "broadband", "ftth", "fttx", "res", "residential", "wireless", "mobile", "unassigned",
    };

    /// <summary>Whether the name of an address is such a one.</summary>
    public static bool Matches(string name, IPAddress address)
    {
        var host = name.ToLowerInvariant();
        return Holds(host, address) || HasWord(host);
    }

    private static bool Holds(string host, IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var digits = Convert.ToHexStringLower(bytes);
            var plain = new string([.. host.Where(char.IsAsciiHexDigit)]);
            return plain.Contains(digits, StringComparison.Ordinal);
        }

        // Three octets in a row, in either order, are enough: the fourth is often left to the name of the network.
        var numbers = Numbers(host);
        byte[] reversed = [.. bytes.Reverse()];
        return Follows(numbers, bytes.AsSpan(1)) || Follows(numbers, reversed.AsSpan(0, 3))
            || host.Contains(Convert.ToHexStringLower(bytes), StringComparison.Ordinal)
            || host.Contains(string.Concat(bytes.Select(b => b.ToString("D3", System.Globalization.CultureInfo.InvariantCulture))), StringComparison.Ordinal);
    }

    private static bool HasWord(string host)
    {
        var labels = host.Split('.');

        // The registered part says who it is, not what: "cable.example" is a company.
        var words = labels.Take(Math.Max(0, labels.Length - 2)).SelectMany(l => l.Split('-', '_')).ToList();
        return words.Exists(w => Words.Contains(w.TrimEnd("0123456789".ToCharArray()))) && words.Exists(w => w.Any(char.IsAsciiDigit));
    }

    private static List<int> Numbers(string host)
    {
        var numbers = new List<int>();
        var current = -1;
        foreach (var c in host + ".")
        {
            if (char.IsAsciiDigit(c))
            {
                current = Math.Min(((current < 0 ? 0 : current) * 10) + c - '0', 100_000);
            }
            else if (current >= 0)
            {
                numbers.Add(current);
                current = -1;
            }
        }

        return numbers;
    }

    private static bool Follows(List<int> numbers, ReadOnlySpan<byte> octets)
    {
        for (var i = 0; i + octets.Length <= numbers.Count; i++)
        {
            var equal = true;
            for (var j = 0; j < octets.Length; j++)
            {
                equal &= numbers[i + j] == octets[j];
            }

            if (equal)
            {
                return true;
            }
        }

        return false;
    }
}
