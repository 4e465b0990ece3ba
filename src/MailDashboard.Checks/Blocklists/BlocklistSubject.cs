using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>What lists are asked about: an address or a domain.</summary>
/// <param name="Kind">Which lists can be asked.</param>
/// <param name="Name">Canonical address, or A-labels in lower case.</param>
/// <param name="Address">Set for addresses.</param>
public sealed record BlocklistSubject(ListKind Kind, string Name, IPAddress? Address = null)
{
    /// <summary>An address; an IPv4 address mapped into IPv6 is asked as what it is.</summary>
    public static BlocklistSubject Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && plain.ScopeId != 0)
        {
            plain = new IPAddress(plain.GetAddressBytes());
        }

        return new BlocklistSubject(plain.AddressFamily == AddressFamily.InterNetwork ? ListKind.IPv4 : ListKind.IPv6, plain.ToString(), plain);
    }

    /// <summary>A domain, as A-labels.</summary>
    public static BlocklistSubject Domain(string name) => new(ListKind.Domain, DnsNames.Normalize(name));

    /// <summary>Reads the name of a <see cref="SubjectKind.Listing"/> back.</summary>
    public static BlocklistSubject Of(Subject listing) =>
        IPAddress.TryParse(listing.Name, out var address) ? Of(address) : Domain(listing.Name);

    /// <summary>What stands before the zone in the question.</summary>
    public string Labels => Address is null ? Name : DnsNames.ReversedLabels(Address);

    /// <summary>Public lists know nothing of addresses that are nobody's on the Internet; asking only feeds their statistics.</summary>
    public bool IsAskable => Address is null || !PrivateAddresses.Contains(Address);
}
