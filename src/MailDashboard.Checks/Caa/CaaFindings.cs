using System.Collections.Immutable;

namespace MailDashboard.Checks.Caa;

/// <summary>Everything the family can say.</summary>
public static class CaaFindings
{
    /// <summary>No records in force.</summary>
    public static readonly FindingDefinition None = new("CAA001", Severity.Info, "RFC 8659 §3");

    /// <summary>A critical record that no authority understands.</summary>
    public static readonly FindingDefinition CriticalUnknown = new("CAA002", Severity.Error, "RFC 8659 §4.1");

    /// <summary>Nobody may issue.</summary>
    public static readonly FindingDefinition Forbidden = new("CAA003", Severity.Notice, "RFC 8659 §4.2");

    /// <summary>A value that authorises nobody because it cannot be read.</summary>
    public static readonly FindingDefinition BrokenIssuer = new("CAA004", Severity.Warning, "RFC 8659 §4.2");

    /// <summary>Nobody is told of refused requests.</summary>
    public static readonly FindingDefinition BrokenContact = new("CAA005", Severity.Notice, "RFC 8659 §4.4");

    /// <summary>A tag that no standard knows.</summary>
    public static readonly FindingDefinition UnknownTag = new("CAA006", Severity.Notice, "RFC 8659 §4.1");

    /// <summary>Reserved bits in the flags.</summary>
    public static readonly FindingDefinition OddFlags = new("CAA007", Severity.Notice, "RFC 8659 §4.1");

    /// <summary>Records that restrict nobody.</summary>
    public static readonly FindingDefinition Unrestricted = new("CAA008", Severity.Info, "RFC 8659 §4.2");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
        [None, CriticalUnknown, Forbidden, BrokenIssuer, BrokenContact, UnknownTag, OddFlags, Unrestricted];
}
