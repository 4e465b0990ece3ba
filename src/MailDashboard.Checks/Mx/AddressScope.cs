using System.Net;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Mx;

/// <summary>From where an address can be reached, by its registry (RFC 6890).</summary>
internal enum AddressScope
{
    /// <summary>From everywhere, as far as the number tells; documentation networks included.</summary>
    Public,

    /// <summary>From inside a network only: private, shared, link-local, loopback, unique local.</summary>
    Inside,

    /// <summary>From nowhere: unspecified, multicast, reserved.</summary>
    Nowhere,
}

/// <summary>Sorts addresses.</summary>
internal static class AddressScopes
{
    public static AddressScope Of(IPAddress address) => SpecialAddresses.KindOf(address) switch
    {
        "private" or "shared address space" or "loopback" or "link-local" or "unique local" or "site-local" => AddressScope.Inside,
        "this network" or "unspecified" or "multicast" or "reserved" or "discard" => AddressScope.Nowhere,
        _ => AddressScope.Public,
    };
}
