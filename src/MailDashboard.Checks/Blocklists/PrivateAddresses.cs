using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Blocklists;

/// <summary>
/// Addresses that no public list can say anything about: private, loopback, link-local, shared (100.64/10), this network,
/// multicast, reserved. The test entries of RFC 5782 are askable, and so are the documentation networks.
/// </summary>
internal static class PrivateAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
            "224.0.0.0/4", "240.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPAddress Listed = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Unlisted = IPAddress.Parse("127.0.0.1");

    /// <summary>Whether an address is one of them.</summary>
    public static bool Contains(IPAddress address) =>
        Networks.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));

    /// <summary>A self-test entry, which a person may ask for by hand.</summary>
    public static bool IsTestEntry(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && (address.Equals(Listed) || address.Equals(Unlisted));
}
