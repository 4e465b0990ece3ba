using System.Collections.Immutable;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Everything that the DMARC family can say.</summary>
public static class DmarcFindings
{
    /// <summary>No record at the domain or above it.</summary>
    public static FindingDefinition NoRecord { get; } = new("DMARC001", Severity.Error, "RFC 9989 §4.10.1");

    /// <summary>More than one record at one name: all are discarded.</summary>
    public static FindingDefinition SeveralRecords { get; } = new("DMARC002", Severity.Error, "RFC 9989 §4.10");

    /// <summary>A text that was meant as a record and is none.</summary>
    public static FindingDefinition NearMiss { get; } = new("DMARC003", Severity.Error, "RFC 9989 §4.7");

    /// <summary>A record where nobody looks for it.</summary>
    public static FindingDefinition Misplaced { get; } = new("DMARC004", Severity.Error, "RFC 9989 §4.5");

    /// <summary>No <c>p</c>. An error where no reports are requested either: then nothing of the record is applied.</summary>
    public static FindingDefinition NoPolicy { get; } = new("DMARC005", Severity.Warning, "RFC 9989 §4.10.1");

    /// <summary><c>p</c>, <c>sp</c> or <c>np</c> with another value than the three.</summary>
    public static FindingDefinition InvalidPolicy { get; } = new("DMARC006", Severity.Error, "RFC 9989 §4.10.1");

    /// <summary><c>p=none</c> with reports: the first stage.</summary>
    public static FindingDefinition MonitoringOnly { get; } = new("DMARC007", Severity.Notice, "RFC 9989 §4.7");

    /// <summary><c>p=none</c> without reports: of no use to anybody.</summary>
    public static FindingDefinition NoneBlind { get; } = new("DMARC008", Severity.Warning, "RFC 9989 §4.7");

    /// <summary><c>p=quarantine</c>.</summary>
    public static FindingDefinition Quarantine { get; } = new("DMARC009", Severity.Info, "RFC 9989 §4.7");

    /// <summary><c>t=y</c>.</summary>
    public static FindingDefinition Testing { get; } = new("DMARC010", Severity.Notice, "RFC 9989 §4.7");

    /// <summary><c>pct</c> below 100.</summary>
    public static FindingDefinition Percent { get; } = new("DMARC011", Severity.Warning, "RFC 9989 §A.6");

    /// <summary><c>pct</c>, <c>rf</c>, <c>ri</c>: abolished.</summary>
    public static FindingDefinition RemovedTags { get; } = new("DMARC012", Severity.Notice, "RFC 9989 §C.8");

    /// <summary><c>sp</c> weaker than <c>p</c>.</summary>
    public static FindingDefinition WeakSubdomains { get; } = new("DMARC013", Severity.Warning, "RFC 9989 §4.7");

    /// <summary><c>np</c> weaker than what existing subdomains have.</summary>
    public static FindingDefinition WeakNonexistent { get; } = new("DMARC014", Severity.Warning, "RFC 9989 §4.7");

    /// <summary><c>np=reject</c> could be set without any risk.</summary>
    public static FindingDefinition NoNonexistentPolicy { get; } = new("DMARC015", Severity.Info, "RFC 9989 §4.7");

    /// <summary>No <c>rua</c>.</summary>
    public static FindingDefinition NoReports { get; } = new("DMARC016", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>An external destination did not agree to receive the reports.</summary>
    public static FindingDefinition NotAuthorized { get; } = new("DMARC017", Severity.Warning, "RFC 9990 §4");

    /// <summary>A destination cannot receive mail.</summary>
    public static FindingDefinition CannotReceive { get; } = new("DMARC018", Severity.Warning, "RFC 9990 §3");

    /// <summary>A destination that is no usable URI.</summary>
    public static FindingDefinition InvalidUri { get; } = new("DMARC019", Severity.Warning, "RFC 9989 §4.6");

    /// <summary><c>psd=y</c> on a domain that sends or receives mail.</summary>
    public static FindingDefinition PublicSuffix { get; } = new("DMARC020", Severity.Warning, "RFC 9989 §4.7");

    /// <summary><c>ruf</c>: copies of messages may leave.</summary>
    public static FindingDefinition FailureReports { get; } = new("DMARC021", Severity.Info, "RFC 9991 §7");

    /// <summary>Parts of the record that receivers skip.</summary>
    public static FindingDefinition BrokenPart { get; } = new("DMARC022", Severity.Warning, "RFC 9989 §4.8");

    /// <summary>The policy comes from a parent.</summary>
    public static FindingDefinition Inherited { get; } = new("DMARC023", Severity.Info, "RFC 9989 §4.10.1");

    /// <summary>A domain that sends no mail, with less than <c>p=reject</c>.</summary>
    public static FindingDefinition NotRejecting { get; } = new("DMARC024", Severity.Warning, "RFC 9989 §5.1");

    /// <summary><c>!size</c>.</summary>
    public static FindingDefinition SizeLimit { get; } = new("DMARC025", Severity.Info, "RFC 9989 §C.8");

    /// <summary>Tags that nobody knows.</summary>
    public static FindingDefinition UnknownTags { get; } = new("DMARC026", Severity.Info, "RFC 9989 §4.7");

    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        NoRecord, SeveralRecords, NearMiss, Misplaced, NoPolicy, InvalidPolicy, MonitoringOnly, NoneBlind, Quarantine,
        Testing, Percent, RemovedTags, WeakSubdomains, WeakNonexistent, NoNonexistentPolicy, NoReports, NotAuthorized,
        CannotReceive, InvalidUri, PublicSuffix, FailureReports, BrokenPart, Inherited, NotRejecting, SizeLimit, UnknownTags,
    ];
}
