using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Everything that can be said about a change. Each is about a record set, and stands until somebody confirms it.</summary>
public static class ChangeFindings
{
    /// <summary>The DMARC record is gone.</summary>
    public static readonly FindingDefinition DmarcRemoved = new("CHG001", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The DMARC policy asks for less.</summary>
    public static readonly FindingDefinition DmarcWeakened = new("CHG002", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The DMARC policy asks for less for subdomains.</summary>
    public static readonly FindingDefinition SubdomainsWeakened = new("CHG003", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>The SPF record is gone.</summary>
    public static readonly FindingDefinition SpfRemoved = new("CHG004", Severity.Error, "RFC 7208 §3");

    /// <summary>The SPF record no longer speaks against everybody else.</summary>
    public static readonly FindingDefinition SpfWidened = new("CHG005", Severity.Error, "RFC 7208 §5.1");

    /// <summary>A DKIM key is gone, or revoked.</summary>
    public static readonly FindingDefinition KeyRemoved = new("CHG006", Severity.Warning, "RFC 6376 §3.6.1");

    /// <summary>A DKIM key was exchanged under the same selector.</summary>
    public static readonly FindingDefinition KeyReplaced = new("CHG007", Severity.Warning, "RFC 6376 §3.1");

    /// <summary>A mail server was added.</summary>
    public static readonly FindingDefinition ExchangerAdded = new("CHG008", Severity.Warning, "RFC 5321 §5.1");

    /// <summary>A mail server was removed.</summary>
    public static readonly FindingDefinition ExchangerRemoved = new("CHG009", Severity.Warning, "RFC 5321 §5.1");

    /// <summary>Mail servers were exchanged.</summary>
    public static readonly FindingDefinition ExchangersReplaced = new("CHG010", Severity.Error, "RFC 5321 §5.1");

    /// <summary>The MTA-STS record is gone.</summary>
    public static readonly FindingDefinition MtaStsRemoved = new("CHG011", Severity.Warning, "RFC 8461 §3.1");

    /// <summary>Other name servers.</summary>
    public static readonly FindingDefinition NameServersChanged = new("CHG012", Severity.Warning, "RFC 1034 §4.2");

    /// <summary>A certificate signed by itself took the place of another.</summary>
    public static readonly FindingDefinition CertificateSelfSigned = new("CHG013", Severity.Warning, "RFC 5280 §6.1");

    /// <summary>A certificate that is not trusted took the place of one that was.</summary>
    public static readonly FindingDefinition CertificateUntrusted = new("CHG014", Severity.Warning, "RFC 5280 §6.1");

    /// <summary>The TLSA records are gone.</summary>
    public static readonly FindingDefinition TlsaRemoved = new("CHG015", Severity.Warning, "RFC 7672 §2.2");

    /// <summary>The MTA-STS policy asks for less.</summary>
    public static readonly FindingDefinition PolicyWeakened = new("CHG016", Severity.Warning, "RFC 8461 §5");

    /// <summary>The MTA-STS policy changed, and the <c>id</c> that tells senders so did not.</summary>
    public static readonly FindingDefinition PolicyUnannounced = new("CHG017", Severity.Warning, "RFC 8461 §3.1");

    /// <summary>The DS records, which make the zone's signatures count, are gone.</summary>
    public static readonly FindingDefinition ChainRemoved = new("CHG018", Severity.Warning, "RFC 4035 §5.2");

    /// <summary>Shown and stored as a family of its own, which nobody runs: it follows from what the others saw.</summary>
    public static FamilyDescriptor Descriptor { get; } = new(
        "changes",
        "CHG",
        FamilyKind.Dns,
        ImmutableArray.Create(
            DmarcRemoved, DmarcWeakened, SubdomainsWeakened, SpfRemoved, SpfWidened, KeyRemoved, KeyReplaced, ExchangerAdded, ExchangerRemoved,
            ExchangersReplaced, MtaStsRemoved, NameServersChanged, CertificateSelfSigned, CertificateUntrusted, TlsaRemoved, PolicyWeakened,
            PolicyUnannounced, ChainRemoved),
        new("MailDashboard.Monitoring.Watching.ChangeTexts", typeof(ChangeFindings).Assembly));
}
