using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Connecting;

/// <summary>
/// Addresses that lead to no host of the public internet (IANA special-purpose registries, RFC 6890), or to one of ours.
/// </summary>
public static class SpecialAddresses
{
    private static readonly ImmutableArray<(IPNetwork Network, string Kind)> Ranges =
    [
        Range("0.0.0.0/8", "this network"),
        Range("10.0.0.0/8", "private"),
        Range("100.64.0.0/10", "shared address space"),
        Range("127.0.0.0/8", "loopback"),
        Range("169.254.0.0/16", "link-local"),
        Range("172.16.0.0/12", "private"),
        Range("192.0.0.0/24", "protocol assignments"),
        Range("192.0.2.0/24", "documentation"),
        Range("192.88.99.0/24", "6to4 relay"),
        Range("192.168.0.0/16", "private"),
        Range("198.18.0.0/15", "benchmarking"),
        Range("198.51.100.0/24", "documentation"),
        Range("203.0.113.0/24", "documentation"),
        Range("224.0.0.0/4", "multicast"),
        Range("240.0.0.0/4", "reserved"),
        Range("::/128", "unspecified"),
        Range("::1/128", "loopback"),
        Range("::/96", "IPv4-compatible"),
        Range("64:ff9b::/96", "NAT64"),
        Range("64:ff9b:1::/48", "local translation"),
        Range("100::/64", "discard"),
        Range("100:0:0:1::/64", "dummy"),
        Range("2001:2::/48", "benchmarking"),
        Range("2001:10::/28", "ORCHID"),
        Range("2001:20::/28", "ORCHID"),
        Range("2001:db8::/32", "documentation"),
        Range("3fff::/20", "documentation"),
        Range("5f00::/16", "segment routing"),
        Range("fc00::/7", "unique local"),
        Range("fe80::/10", "link-local"),
        Range("fec0::/10", "site-local"),
        Range("ff00::/8", "multicast"),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>
    /// What kind of special address it is, in English; null where it is an ordinary public address. An IPv6 address that
    /// carries an IPv4 address (mapped, NAT64, 6to4, Teredo, ISATAP) is at least as special as what it carries.
    /// </summary>
    public static string? KindOf(IPAddress address)
    {
        foreach (var carried in Carried(address))
        {
            if (KindOf(carried) is { } kind)
            {
                return kind;
            }
        }

        var plain = WithoutScope(address);
        foreach (var (network, kind) in Ranges)
        {
            if (Contains(network, plain))
            {
                return kind;
            }
        }

        // No host has such an address: in an AAAA record it can only be a mistake, or a way round a guard.
        return plain.IsIPv4MappedToIPv6 ? "IPv4-mapped" : null;
    }

    /// <summary>The IPv4 addresses that an IPv6 address leads to by its form.</summary>
    internal static IEnumerable<IPAddress> Carried(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            yield break;
        }

        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6 || Nat64.Contains(address))
        {
            yield return new IPAddress(bytes.AsSpan(12, 4));
        }
        else if (SixToFour.Contains(address))
        {
            yield return new IPAddress(bytes.AsSpan(2, 4));
        }
        else if (Teredo.Contains(address))
        {
            // The client's address stands there with every bit turned over (RFC 4380 §4).
            yield return new IPAddress(bytes.AsSpan(4, 4));
            yield return new IPAddress([(byte)~bytes[12], (byte)~bytes[13], (byte)~bytes[14], (byte)~bytes[15]]);
        }
        else if (bytes.AsSpan(8, 4) is [0x00 or 0x02, 0x00, 0x5E, 0xFE])
        {
            // ISATAP (RFC 5214 §6.1): any prefix, the IPv4 address in the interface identifier.
            yield return new IPAddress(bytes.AsSpan(12, 4));
        }
    }

    /// <summary>A scope id is not part of the number, but would make it unlike any network.</summary>
    internal static IPAddress WithoutScope(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(address.GetAddressBytes()) : address;

    /// <summary>Whether it is in the network; never across families.</summary>
    internal static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    private static (IPNetwork Network, string Kind) Range(string network, string kind) => (IPNetwork.Parse(network), kind);
}
