using System.Collections.Immutable;

namespace MailDashboard.Checks.Dnssec;

/// <summary>Everything the family can say.</summary>
public static class DnssecFindings
{
    /// <summary>Validating resolvers refuse every answer about the domain.</summary>
    public static readonly FindingDefinition Bogus = new("DNSSEC001", Severity.Critical, "RFC 4035 §5.5");

    /// <summary>The parent names a key that the zone does not have.</summary>
    public static readonly FindingDefinition NoSuchKey = new("DNSSEC002", Severity.Critical, "RFC 4035 §5.2");

    /// <summary>Keys, and no DS at the parent.</summary>
    public static readonly FindingDefinition NoDelegation = new("DNSSEC003", Severity.Notice, "RFC 4035 §2.4");

    /// <summary>Not signed.</summary>
    public static readonly FindingDefinition Unsigned = new("DNSSEC004", Severity.Info, "RFC 4033 §5");

    /// <summary>Signed, and yet nobody who starts at the root gets there.</summary>
    public static readonly FindingDefinition Gap = new("DNSSEC005", Severity.Notice, "RFC 4035 §5.2");

    /// <summary>Validating senders cannot find a mail host.</summary>
    public static readonly FindingDefinition HostBogus = new("DNSSEC006", Severity.Error, "RFC 4035 §5.5");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } = [Bogus, NoSuchKey, NoDelegation, Unsigned, Gap, HostBogus];
}
