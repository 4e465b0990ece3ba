using System.Collections.Immutable;

namespace MailDashboard.Checks.ReverseDns;

/// <summary>Everything the family can say.</summary>
public static class ReverseDnsFindings
{
    /// <summary>The address has no name. A warning where it only receives.</summary>
    public static readonly FindingDefinition Missing = new("PTR001", Severity.Error, "RFC 1912 §2.1");

    /// <summary>No name of the address leads back to it. A warning where it only receives.</summary>
    public static readonly FindingDefinition NotConfirmed = new("PTR002", Severity.Error, "RFC 8601 §2.7.3");

    /// <summary>The address has several names.</summary>
    public static readonly FindingDefinition Several = new("PTR003", Severity.Notice, "RFC 1912 §2.1");

    /// <summary>A sending address has a name like those of home connections.</summary>
    public static readonly FindingDefinition Generic = new("PTR004", Severity.Warning, "RFC 1912 §2.1");

    /// <summary>The name is none: an address, or characters that no host name has. A warning where it only receives.</summary>
    public static readonly FindingDefinition InvalidName = new("PTR005", Severity.Error, "RFC 1123 §2.1");

    /// <summary>More addresses than are looked at.</summary>
    public static readonly FindingDefinition TooMany = new("PTR006", Severity.Notice, "RFC 7208 §4.6.4");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } = [Missing, NotConfirmed, Several, Generic, InvalidName, TooMany];
}
