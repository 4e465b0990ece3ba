using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>Whether we stand where a server may take us for one of its own.</summary>
internal static class Vicinity
{
    /// <summary>The same address, the same /24 or /64, or a server on a private network. Loopback counts as any other network.</summary>
    public static bool IsNear(IPAddress? local, IPAddress server)
    {
        var (ours, theirs) = (Plain(local), Plain(server));
        if (!IPAddress.IsLoopback(theirs) && SpecialAddresses.KindOf(theirs) is "private" or "shared address space" or "link-local" or "unique local" or "site-local")
        {
            return true;
        }

        var octets = theirs.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        return ours is not null
            && ours.AddressFamily == theirs.AddressFamily
            && ours.GetAddressBytes().AsSpan(0, octets).SequenceEqual(theirs.GetAddressBytes().AsSpan(0, octets));
    }

    private static IPAddress Plain(IPAddress? address) =>
        address is null ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
