using System.Collections.Immutable;

namespace MailDashboard.Checks.MtaSts;

/// <summary>Everything the family can say.</summary>
public static class MtaStsFindings
{
    /// <summary>Neither record nor policy.</summary>
    public static readonly FindingDefinition Missing = new("STS001", Severity.Notice, "RFC 8461 §1");

    /// <summary>Several records count as none.</summary>
    public static readonly FindingDefinition SeveralRecords = new("STS002", Severity.Error, "RFC 8461 §3.1");

    /// <summary>A text that was meant as the record.</summary>
    public static readonly FindingDefinition NearMiss = new("STS003", Severity.Error, "RFC 8461 §3.1");

    /// <summary>The record's id is missing or invalid.</summary>
    public static readonly FindingDefinition BadId = new("STS004", Severity.Error, "RFC 8461 §3.1");

    /// <summary>The policy host has no address.</summary>
    public static readonly FindingDefinition NoHost = new("STS005", Severity.Error, "RFC 8461 §3.3");

    /// <summary>The policy host refuses connections.</summary>
    public static readonly FindingDefinition HostRefuses = new("STS006", Severity.Error, "RFC 8461 §3.3");

    /// <summary>Its certificate is out of time.</summary>
    public static readonly FindingDefinition CertificateExpired = new("STS007", Severity.Error, "RFC 8461 §3.3");

    /// <summary>Its certificate is for other names.</summary>
    public static readonly FindingDefinition CertificateName = new("STS008", Severity.Error, "RFC 8461 §3.3");

    /// <summary>Its certificate is not trusted.</summary>
    public static readonly FindingDefinition CertificateUntrusted = new("STS009", Severity.Error, "RFC 8461 §3.3");

    /// <summary>The handshake fails.</summary>
    public static readonly FindingDefinition HandshakeFails = new("STS010", Severity.Error, "RFC 8461 §3.3");

    /// <summary>A redirect.</summary>
    public static readonly FindingDefinition Redirected = new("STS011", Severity.Error, "RFC 8461 §3.3");

    /// <summary>A status other than 200.</summary>
    public static readonly FindingDefinition BadStatus = new("STS012", Severity.Error, "RFC 8461 §3.3");

    /// <summary>Not text/plain.</summary>
    public static readonly FindingDefinition BadType = new("STS013", Severity.Notice, "RFC 8461 §3.2");

    /// <summary>Over 64 kB.</summary>
    public static readonly FindingDefinition TooLarge = new("STS014", Severity.Error, "RFC 8461 §3.2");

    /// <summary>The policy is invalid.</summary>
    public static readonly FindingDefinition InvalidPolicy = new("STS015", Severity.Error, "RFC 8461 §3.2");

    /// <summary>A mail server that the policy does not name.</summary>
    public static readonly FindingDefinition MxNotNamed = new("STS016", Severity.Critical, "RFC 8461 §4.1");

    /// <summary>Remembered for less than a day.</summary>
    public static readonly FindingDefinition ShortAge = new("STS017", Severity.Notice, "RFC 8461 §3.2");

    /// <summary>A policy that nobody looks for.</summary>
    public static readonly FindingDefinition NoRecord = new("STS018", Severity.Warning, "RFC 8461 §3.1");

    /// <summary>Mode testing.</summary>
    public static readonly FindingDefinition Testing = new("STS019", Severity.Notice, "RFC 8461 §5");

    /// <summary>Mode none.</summary>
    public static readonly FindingDefinition SwitchedOff = new("STS020", Severity.Notice, "RFC 8461 §8.3");

    /// <summary>Keys that are there twice.</summary>
    public static readonly FindingDefinition Duplicates = new("STS021", Severity.Notice, "RFC 8461 §3.2");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        Missing, SeveralRecords, NearMiss, BadId, NoHost, HostRefuses, CertificateExpired, CertificateName, CertificateUntrusted,
        HandshakeFails, Redirected, BadStatus, BadType, TooLarge, InvalidPolicy, MxNotNamed, ShortAge, NoRecord, Testing, SwitchedOff,
        Duplicates,
    ];
}
