using System.Collections.Immutable;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>Everything the family can say.</summary>
public static class TlsRptFindings
{
    /// <summary>No record.</summary>
    public static readonly FindingDefinition NoRecord = new("TLSRPT001", Severity.Notice, "RFC 8460 §3");

    /// <summary>Several records count as none.</summary>
    public static readonly FindingDefinition SeveralRecords = new("TLSRPT002", Severity.Warning, "RFC 8460 §3");

    /// <summary>A text that was meant as a record and is none.</summary>
    public static readonly FindingDefinition NearMiss = new("TLSRPT003", Severity.Warning, "RFC 8460 §3");

    /// <summary>A record where nobody looks for it.</summary>
    public static readonly FindingDefinition Misplaced = new("TLSRPT004", Severity.Warning, "RFC 8460 §3");

    /// <summary>Nowhere to send reports to.</summary>
    public static readonly FindingDefinition NoDestination = new("TLSRPT005", Severity.Warning, "RFC 8460 §3");

    /// <summary>One destination cannot be used; others can.</summary>
    public static readonly FindingDefinition UnusableDestination = new("TLSRPT006", Severity.Warning, "RFC 8460 §3");

    /// <summary>A part that fits no grammar.</summary>
    public static readonly FindingDefinition BrokenPart = new("TLSRPT007", Severity.Warning, "RFC 8460 §3");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
        [NoRecord, SeveralRecords, NearMiss, Misplaced, NoDestination, UnusableDestination, BrokenPart];
}
