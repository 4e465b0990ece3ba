using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Mx;

/// <summary>From where an address can be reached, by its registry (RFC 6890).</summary>
internal enum AddressScope
{
    /// <summary>From everywhere, as far as the number tells; documentation networks are no exception made here.</summary>
    Public,

    /// <summary>From inside a network only: private, shared, link-local, loopback, unique local.</summary>
    Inside,

    /// <summary>From nowhere: unspecified, multicast, reserved.</summary>
    Nowhere,
}

/// <summary>Sorts addresses.</summary>
internal static class AddressScopes
{
    public static AddressScope Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork ? OfV4(plain.GetAddressBytes()) : OfV6(plain);
    }

    private static AddressScope OfV4(byte[] b) => b switch
    {
        [0, ..] or [>= 224, ..] => AddressScope.Nowhere,
        [10, ..] or [127, ..] or [192, 168, ..] or [169, 254, ..] => AddressScope.Inside,
        [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..] => AddressScope.Inside,
        _ => AddressScope.Public,
    };

    private static AddressScope OfV6(IPAddress address)
    {
        if (address.Equals(IPAddress.IPv6Any) || address.IsIPv6Multicast)
        {
            return AddressScope.Nowhere;
        }

        return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal
            ? AddressScope.Inside
            : AddressScope.Public;
    }
}
