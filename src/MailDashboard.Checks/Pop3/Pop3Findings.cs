using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Pop3;

/// <summary>Everything the family can say.</summary>
public static class Pop3Findings
{
    /// <summary>A port in clear that does not offer to encrypt; a warning where nobody can log in there.</summary>
    public static readonly FindingDefinition NoEncryption = new("POP001", Severity.Error, "RFC 8314 §4.1");

    /// <summary>Passwords or tokens are taken as they are before TLS.</summary>
    public static readonly FindingDefinition ClearLogIn = new("POP002", Severity.Error, "RFC 2595 §2.3");

    /// <summary>A log-in that shows no password is offered before TLS; a warning under the strict profile.</summary>
    public static readonly FindingDefinition LogInBeforeTls = new("POP003", Severity.Notice, "RFC 8314 §4.1");

    /// <summary>Encryption is offered, and refused when asked for.</summary>
    public static readonly FindingDefinition StartTlsRefused = new("POP004", Severity.Error, "RFC 2595 §4");

    /// <summary>The TLS handshake fails.</summary>
    public static readonly FindingDefinition HandshakeFailed = new("POP005", Severity.Error, "RFC 8314 §3.1");

    /// <summary>Clear text between the answer to the request for TLS and the handshake (CVE-2011-0411 and its kin).</summary>
    public static readonly FindingDefinition Injected = new("POP006", Severity.Error, "RFC 2595 §4");

    /// <summary>Nobody can log in, not even after TLS; a warning at a host that was only guessed.</summary>
    public static readonly FindingDefinition NoLogIn = new("POP007", Severity.Error, "RFC 1939 §4");

    /// <summary>What answers does not speak the protocol.</summary>
    public static readonly FindingDefinition Foreign = new("POP008", Severity.Error, "RFC 1939 §3");

    /// <summary>A published port refuses the connection.</summary>
    public static readonly FindingDefinition Refused = new("POP009", Severity.Error, "RFC 8314 §5.1");

    /// <summary>A published port does not answer, although the way to it is open.</summary>
    public static readonly FindingDefinition Silent = new("POP010", Severity.Warning, "RFC 8314 §5.1");

    /// <summary>Certificate expired.</summary>
    public static readonly FindingDefinition Expired = new("POP012", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Certificate not valid yet.</summary>
    public static readonly FindingDefinition NotYetValid = new("POP013", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Certificate signed by itself.</summary>
    public static readonly FindingDefinition SelfSigned = new("POP014", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Authority not trusted, or a fault in the chain.</summary>
    public static readonly FindingDefinition Untrusted = new("POP015", Severity.Error, "RFC 8314 §4.4");

    /// <summary>The chain leads to no root.</summary>
    public static readonly FindingDefinition Incomplete = new("POP016", Severity.Error, "RFC 8446 §4.4.2");

    /// <summary>The certificate is not for the host; a notice where the host was only guessed.</summary>
    public static readonly FindingDefinition NameMismatch = new("POP017", Severity.Error, "RFC 7817 §3");

    /// <summary>The certificate is near its end; a notice up to nine tenths of its life.</summary>
    public static readonly FindingDefinition NearEnd = new("POP018", Severity.Warning, "RFC 8314 §4.4");

    /// <summary>No certificate that can be read.</summary>
    public static readonly FindingDefinition NoCertificate = new("POP019", Severity.Error, "RFC 8446 §4.4.2");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        NoEncryption, ClearLogIn, LogInBeforeTls, StartTlsRefused, HandshakeFailed, Injected, NoLogIn,
        Foreign, Refused, Silent, Expired, NotYetValid, SelfSigned, Untrusted,
        Incomplete, NameMismatch, NearEnd, NoCertificate,
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
