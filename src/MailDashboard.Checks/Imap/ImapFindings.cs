using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Imap;

/// <summary>Everything the family can say.</summary>
public static class ImapFindings
{
    /// <summary>A port in clear that does not offer to encrypt; a warning where nobody can log in there.</summary>
    public static readonly FindingDefinition NoEncryption = new("IMP001", Severity.Error, "RFC 8314 §4.1");

    /// <summary>Passwords or tokens are taken as they are before TLS.</summary>
    public static readonly FindingDefinition ClearLogIn = new("IMP002", Severity.Error, "RFC 9051 §6.2.3");

    /// <summary>A log-in that shows no password is offered before TLS; a warning under the strict profile.</summary>
    public static readonly FindingDefinition LogInBeforeTls = new("IMP003", Severity.Notice, "RFC 8314 §4.1");

    /// <summary>Encryption is offered, and refused when asked for.</summary>
    public static readonly FindingDefinition StartTlsRefused = new("IMP004", Severity.Error, "RFC 9051 §6.2.1");

    /// <summary>The TLS handshake fails.</summary>
    public static readonly FindingDefinition HandshakeFailed = new("IMP005", Severity.Error, "RFC 8314 §3.2");

    /// <summary>Clear text between the answer to the request for TLS and the handshake (CVE-2011-0411 and its kin).</summary>
    public static readonly FindingDefinition Injected = new("IMP006", Severity.Error, "RFC 9051 §6.2.1");

    /// <summary>Nobody can log in, not even after TLS; a warning at a host that was only guessed.</summary>
    public static readonly FindingDefinition NoLogIn = new("IMP007", Severity.Error, "RFC 9051 §6.2");

    /// <summary>What answers does not speak the protocol.</summary>
    public static readonly FindingDefinition Foreign = new("IMP008", Severity.Error, "RFC 9051 §7.1");

    /// <summary>A published port refuses the connection.</summary>
    public static readonly FindingDefinition Refused = new("IMP009", Severity.Error, "RFC 8314 §5.1");

    /// <summary>A published port does not answer, although the way to it is open.</summary>
    public static readonly FindingDefinition Silent = new("IMP010", Severity.Warning, "RFC 8314 §5.1");

    /// <summary>None of the stated hosts lets mail programs read.</summary>
    public static readonly FindingDefinition NothingThere = new("IMP011", Severity.Error, "RFC 8314 §3.2");

    /// <summary>Certificate expired.</summary>
    public static readonly FindingDefinition Expired = new("IMP012", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Certificate not valid yet.</summary>
    public static readonly FindingDefinition NotYetValid = new("IMP013", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Certificate signed by itself.</summary>
    public static readonly FindingDefinition SelfSigned = new("IMP014", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Authority not trusted, or a fault in the chain.</summary>
    public static readonly FindingDefinition Untrusted = new("IMP015", Severity.Error, "RFC 8314 §4.4");

    /// <summary>The chain leads to no root.</summary>
    public static readonly FindingDefinition Incomplete = new("IMP016", Severity.Error, "RFC 8446 §4.4.2");

    /// <summary>The certificate is not for the host; a notice where the host was only guessed.</summary>
    public static readonly FindingDefinition NameMismatch = new("IMP017", Severity.Error, "RFC 7817 §3");

    /// <summary>The certificate is near its end; a notice up to nine tenths of its life.</summary>
    public static readonly FindingDefinition NearEnd = new("IMP018", Severity.Warning, "RFC 8314 §4.4");

    /// <summary>No certificate that can be read.</summary>
    public static readonly FindingDefinition NoCertificate = new("IMP019", Severity.Error, "RFC 8446 §4.4.2");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        NoEncryption, ClearLogIn, LogInBeforeTls, StartTlsRefused, HandshakeFailed, Injected, NoLogIn,
        Foreign, Refused, Silent, NothingThere, Expired, NotYetValid, SelfSigned,
        Untrusted, Incomplete, NameMismatch, NearEnd, NoCertificate,
    ];

    /// <summary>What the three families of mail programs' ports say in common.</summary>
    internal static ServiceFindingSet Shared { get; } = new()
    {
        NoEncryption = NoEncryption,
        ClearLogIn = ClearLogIn,
        LogInBeforeTls = LogInBeforeTls,
        StartTlsRefused = StartTlsRefused,
        HandshakeFailed = HandshakeFailed,
        Injected = Injected,
        NoLogIn = NoLogIn,
        Foreign = Foreign,
        Refused = Refused,
        Silent = Silent,
        NothingThere = NothingThere,
        Expired = Expired,
        NotYetValid = NotYetValid,
        SelfSigned = SelfSigned,
        Untrusted = Untrusted,
        Incomplete = Incomplete,
        NameMismatch = NameMismatch,
        NearEnd = NearEnd,
        NoCertificate = NoCertificate,
    };
}
