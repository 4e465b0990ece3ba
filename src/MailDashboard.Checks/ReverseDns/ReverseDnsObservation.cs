using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.ReverseDns;

/// <summary>Why an address is looked at; an address can have several reasons.</summary>
[Flags]
public enum AddressUse
{
    /// <summary>An MX host has it.</summary>
    Receives = 1,

    /// <summary>The owner stated that it sends.</summary>
    StatedToSend = 2,

    /// <summary>The domain's own SPF record names it.</summary>
    NamedInSpf = 4,

    /// <summary>Mail leaves from it.</summary>
    Sends = StatedToSend | NamedInSpf,
}

/// <summary>A name that an address has, and the answer for its way back.</summary>
/// <param name="Name">From the PTR record.</param>
/// <param name="Forward">A or AAAA of that name, by the kind of the address.</param>
public sealed record ReverseName(string Name, DnsAnswer Forward);

/// <summary>One address with its names.</summary>
/// <param name="Address">The address.</param>
/// <param name="Use">What it is used for.</param>
/// <param name="Ptr">The answer for PTR.</param>
/// <param name="Names">Its names, at most <see cref="NameLimit"/>.</param>
public sealed record ReversedAddress(IPAddress Address, AddressUse Use, DnsAnswer Ptr, ImmutableArray<ReverseName> Names)
{
    /// <summary>More names of one address are not followed.</summary>
    public const int NameLimit = 10;

    /// <summary>Mail leaves from it.</summary>
    public bool Sends => (Use & AddressUse.Sends) != 0;

    /// <summary>Some name of it leads back to it (RFC 8601 §2.7.3).</summary>
    public bool IsConfirmed => Names.Any(n => n.Forward.Addresses.Contains(Address));
}

/// <summary>What was seen of a domain's reverse names.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="IsParked">It neither sends nor receives.</param>
/// <param name="Targets">Where its mail goes.</param>
/// <param name="Spf">The answer for TXT, from which the SPF record was read.</param>
/// <param name="Addresses">Every address looked at.</param>
public sealed record ReverseDnsObservation(
    string Domain,
    bool IsParked,
    MxTargets Targets,
    DnsAnswer Spf,
    ImmutableArray<ReversedAddress> Addresses)
{
    /// <summary>More addresses of one domain are not looked at.</summary>
    public const int AddressLimit = 64;

    /// <summary>Addresses beyond <see cref="AddressLimit"/>.</summary>
    public int Omitted { get; init; }
}
