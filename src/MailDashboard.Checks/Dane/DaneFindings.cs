using System.Collections.Immutable;

namespace MailDashboard.Checks.Dane;

/// <summary>Everything the family can say. Critical ones are Errors where senders that validate have another way to deliver.</summary>
public static class DaneFindings
{
    /// <summary>Signed, and no TLSA record anywhere.</summary>
    public static readonly FindingDefinition Absent = new("DAN001", Severity.Info, "RFC 7672 §2.2");

    /// <summary>No TLSA record here, and another host has one.</summary>
    public static readonly FindingDefinition AbsentHere = new("DAN002", Severity.Notice, "RFC 7672 §2.2");

    /// <summary>TLSA records in an unsigned zone.</summary>
    public static readonly FindingDefinition WithoutEffect = new("DAN003", Severity.Warning, "RFC 7672 §2.2");

    /// <summary>The MX records are not signed: senders may leave DANE alone.</summary>
    public static readonly FindingDefinition MxUnsigned = new("DAN004", Severity.Notice, "RFC 7672 §2.2.1");

    /// <summary>The question for TLSA fails in a signed zone.</summary>
    public static readonly FindingDefinition LookupFails = new("DAN005", Severity.Critical, "RFC 7672 §2.1.2");

    /// <summary>No record fits the certificate.</summary>
    public static readonly FindingDefinition Mismatch = new("DAN006", Severity.Critical, "RFC 7672 §2.2");

    /// <summary>Encryption is obligatory, and not to be had.</summary>
    public static readonly FindingDefinition NoEncryption = new("DAN007", Severity.Critical, "RFC 7672 §2.2");

    /// <summary>No record is usable.</summary>
    public static readonly FindingDefinition AllUnusable = new("DAN008", Severity.Warning, "RFC 7672 §2.2");

    /// <summary>An unusable record beside usable ones.</summary>
    public static readonly FindingDefinition SomeUnusable = new("DAN009", Severity.Notice, "RFC 7672 §3.1");

    /// <summary>A record that fits nothing presented, beside one that fits.</summary>
    public static readonly FindingDefinition Spare = new("DAN010", Severity.Info, "RFC 7671 §8.1");

    /// <summary>What fits changes with each renewal.</summary>
    public static readonly FindingDefinition WholeCertificate = new("DAN011", Severity.Notice, "RFC 7671 §5.1");

    /// <summary>The authority that the record names is not sent.</summary>
    public static readonly FindingDefinition AnchorNotSent = new("DAN012", Severity.Critical, "RFC 7672 §3.1.2");

    /// <summary>The authority fits, and what leads to it does not hold.</summary>
    public static readonly FindingDefinition ChainFaulty = new("DAN013", Severity.Critical, "RFC 7672 §3.2.2");

    /// <summary>The stronger digest does not fit.</summary>
    public static readonly FindingDefinition StaleDigest = new("DAN014", Severity.Critical, "RFC 7671 §9");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        Absent, AbsentHere, WithoutEffect, MxUnsigned, LookupFails, Mismatch, NoEncryption, AllUnusable, SomeUnusable, Spare, WholeCertificate,
        AnchorNotSent, ChainFaulty, StaleDigest,
    ];
}
