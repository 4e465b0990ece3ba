using System.Collections.Immutable;

namespace MailDashboard.Checks.Mx;

/// <summary>Everything the family can say.</summary>
public static class MxFindings
{
    /// <summary>The domain does not exist.</summary>
    public static readonly FindingDefinition DomainMissing = new("MX001", Severity.Critical, "RFC 5321 §5.1");

    /// <summary>No MX: mail goes to the domain's own address.</summary>
    public static readonly FindingDefinition ImplicitMx = new("MX002", Severity.Warning, "RFC 5321 §5.1");

    /// <summary>Neither MX nor address: mail cannot be delivered.</summary>
    public static readonly FindingDefinition NoDestination = new("MX003", Severity.Error, "RFC 5321 §5.1");

    /// <summary>The null MX stands beside others.</summary>
    public static readonly FindingDefinition NullMxWithOthers = new("MX004", Severity.Error, "RFC 7505 §3");

    /// <summary>The null MX on a domain that is said to receive.</summary>
    public static readonly FindingDefinition NullMxButReceives = new("MX005", Severity.Error, "RFC 7505 §4.1");

    /// <summary>An MX host is an alias.</summary>
    public static readonly FindingDefinition HostIsAlias = new("MX006", Severity.Warning, "RFC 2181 §10.3");

    /// <summary>An MX is an address, not a name.</summary>
    public static readonly FindingDefinition HostIsLiteral = new("MX007", Severity.Error, "RFC 1035 §3.3.9");

    /// <summary>An MX host does not exist or has no address.</summary>
    public static readonly FindingDefinition HostDangling = new("MX008", Severity.Error, "RFC 5321 §5.1");

    /// <summary>An MX host is "localhost".</summary>
    public static readonly FindingDefinition HostIsLocalhost = new("MX009", Severity.Error, "RFC 7505 §1");

    /// <summary>An MX host has an address that cannot be reached from the internet.</summary>
    public static readonly FindingDefinition AddressUnusable = new("MX010", Severity.Error, "RFC 6890 §2.2.2");

    /// <summary>Every address is an inside one: our resolver very likely shows an inside view.</summary>
    public static readonly FindingDefinition InsideView = new("MX011", Severity.Notice, "RFC 6950 §4");

    /// <summary>The same host is listed more than once.</summary>
    public static readonly FindingDefinition Duplicate = new("MX012", Severity.Notice, "RFC 5321 §5.1");

    /// <summary>There is one host with one address of each kind: no second way in.</summary>
    public static readonly FindingDefinition SingleHost = new("MX013", Severity.Info, "RFC 5321 §5.1");

    /// <summary>No MX host has an IPv6 address.</summary>
    public static readonly FindingDefinition NoIpv6 = new("MX014", Severity.Info, "RFC 3974 §3");

    /// <summary>An address refuses connections to port 25.</summary>
    public static readonly FindingDefinition Refused = new("MX015", Severity.Error, "RFC 5321 §4.5.4.1");

    /// <summary>An address does not answer on port 25, while others do.</summary>
    public static readonly FindingDefinition Silent = new("MX016", Severity.Error, "RFC 5321 §4.5.4.1");

    /// <summary>A domain that receives nothing does not say so with a null MX.</summary>
    public static readonly FindingDefinition NoNullMx = new("MX017", Severity.Notice, "RFC 7505 §3");

    /// <summary>A domain that is said not to receive has MX hosts.</summary>
    public static readonly FindingDefinition ReceivesAfterAll = new("MX018", Severity.Notice, "RFC 7505 §3");

    /// <summary>An MX is no host name.</summary>
    public static readonly FindingDefinition HostInvalid = new("MX019", Severity.Error, "RFC 5321 §2.3.5");

    /// <summary>More MX hosts than are looked at.</summary>
    public static readonly FindingDefinition TooManyHosts = new("MX020", Severity.Notice, "RFC 5321 §5.1");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        DomainMissing, ImplicitMx, NoDestination, NullMxWithOthers, NullMxButReceives, HostIsAlias, HostIsLiteral, HostDangling,
        HostIsLocalhost, AddressUnusable, InsideView, Duplicate, SingleHost, NoIpv6, Refused, Silent, NoNullMx, ReceivesAfterAll,
        HostInvalid, TooManyHosts,
    ];
}
