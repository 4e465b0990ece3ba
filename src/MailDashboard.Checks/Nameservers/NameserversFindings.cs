using System.Collections.Immutable;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Everything the family can say.</summary>
public static class NameserversFindings
{
    /// <summary>One server only.</summary>
    public static readonly FindingDefinition Single = new("NS001", Severity.Notice, "RFC 2182 §5");

    /// <summary>Several names, one address.</summary>
    public static readonly FindingDefinition SameAddress = new("NS002", Severity.Notice, "RFC 2182 §3.1");

    /// <summary>A server's name has no address.</summary>
    public static readonly FindingDefinition NoAddress = new("NS003", Severity.Warning, "RFC 1912 §2.8");

    /// <summary>A server's name is an alias.</summary>
    public static readonly FindingDefinition Alias = new("NS004", Severity.Warning, "RFC 2181 §10.3");

    /// <summary>A server does not answer.</summary>
    public static readonly FindingDefinition Silent = new("NS005", Severity.Warning, "RFC 2182 §3.2");

    /// <summary>A server does not have the zone.</summary>
    public static readonly FindingDefinition Lame = new("NS006", Severity.Warning, "RFC 1912 §2.8");

    /// <summary>A server has an older copy.</summary>
    public static readonly FindingDefinition Behind = new("NS007", Severity.Notice, "RFC 1034 §4.3.5");

    /// <summary>A server has an address that nobody can reach.</summary>
    public static readonly FindingDefinition Unreachable = new("NS008", Severity.Warning, "RFC 6890 §2.2.2");

    /// <summary>A server has other records.</summary>
    public static readonly FindingDefinition Differs = new("NS009", Severity.Warning, "RFC 2182 §2");

    /// <summary>Every name exists.</summary>
    public static readonly FindingDefinition Wildcard = new("NS010", Severity.Notice, "RFC 4592 §2.1");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
        [Single, SameAddress, NoAddress, Alias, Silent, Lame, Behind, Unreachable, Differs, Wildcard];
}
