using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>A name server as the resolver knows it.</summary>
/// <param name="Name">Lower case, no trailing dot.</param>
/// <param name="A">Answer for IPv4.</param>
/// <param name="Aaaa">Answer for IPv6.</param>
public sealed record NameServer(string Name, DnsAnswer A, DnsAnswer Aaaa)
{
    /// <summary>More addresses of one server are not looked at.</summary>
    public const int AddressLimit = 4;

    /// <summary>Every address, IPv4 first; at most <see cref="AddressLimit"/>.</summary>
    public ImmutableArray<IPAddress> Addresses { get; } = [.. A.Addresses.Concat(Aaaa.Addresses).Distinct().Take(AddressLimit)];

    /// <summary>What the name is an alias for; empty where it is none.</summary>
    public ImmutableArray<string> Aliases => A.Aliases.IsEmpty ? Aaaa.Aliases : A.Aliases;

    /// <summary>An answer that left open whether there are addresses; null where both are definite.</summary>
    public DnsAnswer? Unanswered => !A.IsDefinite ? A : !Aaaa.IsDefinite ? Aaaa : null;
}

/// <summary>What one address of a name server said when asked itself.</summary>
/// <param name="Address">The address.</param>
/// <param name="Names">The servers that have it.</param>
/// <param name="Soa">SOA of the zone.</param>
public sealed record AuthorityLook(IPAddress Address, ImmutableArray<string> Names, AuthorityAnswer Soa)
{
    /// <summary>NS of the zone, MX and TXT of the domain; empty where it does not speak for the zone.</summary>
    public ImmutableArray<AuthorityAnswer> Records { get; init; } = [];

    /// <summary>It speaks for the zone and has its SOA.</summary>
    public bool IsAuthoritative => Soa is { End: AuthorityEnd.Answered, IsAuthoritative: true, Status: DnsStatus.Answered };

    /// <summary>Of the zone as it has it; null where it does not.</summary>
    public uint? Serial => IsAuthoritative ? Soa.Records.OfType<SoaRecord>().FirstOrDefault()?.Serial : null;
}

/// <summary>What was seen of a domain's name servers.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Lookup">The zone and its NS records.</param>
public sealed record NameserversObservation(string Domain, ZoneLookup Lookup)
{
    /// <summary>More servers are not looked at; as many as the root has.</summary>
    public const int ServerLimit = 13;

    /// <summary>Its name servers.</summary>
    public ImmutableArray<NameServer> Servers { get; init; } = [];

    /// <summary>What each address said; empty under <see cref="DnsOnly"/>.</summary>
    public ImmutableArray<AuthorityLook> Looks { get; init; } = [];

    /// <summary>Answers about names that nobody has made up.</summary>
    public ImmutableArray<DnsAnswer> Improbable { get; init; } = [];

    /// <summary>No connection was wanted.</summary>
    public bool DnsOnly { get; init; }

    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsSaidMissing { get; init; }
}
