using System.Collections.Immutable;

namespace MailDashboard.Checks.StartTls;

/// <summary>Everything the family can say.</summary>
public static class StartTlsFindings
{
    /// <summary>What listens on port 25 does not speak SMTP.</summary>
    public static readonly FindingDefinition NotSmtp = new("STL001", Severity.Error, "RFC 5321 §4.2");

    /// <summary>It refuses us for good in its greeting.</summary>
    public static readonly FindingDefinition Rejected = new("STL002", Severity.Warning, "RFC 5321 §3.1");

    /// <summary>It takes its time to greet.</summary>
    public static readonly FindingDefinition SlowGreeting = new("STL003", Severity.Notice, "RFC 5321 §4.5.3.2.1");

    /// <summary>It refuses EHLO, and with it every extension.</summary>
    public static readonly FindingDefinition NoEhlo = new("STL004", Severity.Error, "RFC 5321 §4.1.1.1");

    /// <summary>STARTTLS is not offered.</summary>
    public static readonly FindingDefinition NotOffered = new("STL005", Severity.Error, "RFC 3207 §4");

    /// <summary>STARTTLS is offered, and refused when asked for.</summary>
    public static readonly FindingDefinition Refused = new("STL006", Severity.Error, "RFC 3207 §4");

    /// <summary>The handshake fails.</summary>
    public static readonly FindingDefinition HandshakeFailed = new("STL007", Severity.Error, "RFC 3207 §4.1");

    /// <summary>Clear text after the answer to STARTTLS.</summary>
    public static readonly FindingDefinition Injected = new("STL008", Severity.Error, "RFC 3207 §4.2");

    /// <summary>Nothing newer than TLS 1.1 is to be had.</summary>
    public static readonly FindingDefinition OnlyOldTls = new("STL009", Severity.Warning, "RFC 8996 §4");

    /// <summary>
    /// TLS 1.1 or 1.0 is still accepted beside newer versions. A notice: nobody with anything newer uses it, and Postfix keeps
    /// it by default, since old encryption beats none between servers (RFC 7435 §3).
    /// </summary>
    public static readonly FindingDefinition OldTlsToo = new("STL010", Severity.Notice, "RFC 8996 §4");

    /// <summary>The certificate has expired.</summary>
    public static readonly FindingDefinition Expired = new("STL011", Severity.Error, "RFC 5280 §4.1.2.5");

    /// <summary>The certificate is not valid yet.</summary>
    public static readonly FindingDefinition NotYetValid = new("STL012", Severity.Error, "RFC 5280 §4.1.2.5");

    /// <summary>The certificate is signed by itself.</summary>
    public static readonly FindingDefinition SelfSigned = new("STL013", Severity.Warning, "RFC 7435 §3");

    /// <summary>The chain leads to an authority that is not trusted, or is faulty.</summary>
    public static readonly FindingDefinition Untrusted = new("STL014", Severity.Warning, "RFC 5280 §6.1");

    /// <summary>The chain does not lead to any root: an intermediate is missing.</summary>
    public static readonly FindingDefinition Incomplete = new("STL015", Severity.Warning, "RFC 8446 §4.4.2");

    /// <summary>The certificate is for other names.</summary>
    public static readonly FindingDefinition NameMismatch = new("STL016", Severity.Warning, "RFC 6125 §6.4");

    /// <summary>Most of the certificate's life is over: a notice, a warning near the end.</summary>
    public static readonly FindingDefinition NearEnd = new("STL017", Severity.Warning, "RFC 5280 §4.1.2.5");

    /// <summary>The key is too short.</summary>
    public static readonly FindingDefinition WeakKey = new("STL018", Severity.Warning, "RFC 9325 §4.5");

    /// <summary>The certificate is signed with MD5 or SHA-1.</summary>
    public static readonly FindingDefinition WeakSignature = new("STL019", Severity.Warning, "RFC 9155 §2");

    /// <summary>No certificate, or one that cannot be read.</summary>
    public static readonly FindingDefinition NoCertificate = new("STL020", Severity.Warning, "RFC 8446 §4.4.2");

    /// <summary>TLS 1.3 is not offered.</summary>
    public static readonly FindingDefinition NoTls13 = new("STL021", Severity.Info, "RFC 9325 §3.1.1");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        NotSmtp, Rejected, SlowGreeting, NoEhlo, NotOffered, Refused, HandshakeFailed, Injected, OnlyOldTls, OldTlsToo, Expired,
        NotYetValid, SelfSigned, Untrusted, Incomplete, NameMismatch, NearEnd, WeakKey, WeakSignature, NoCertificate, NoTls13,
    ];
}
