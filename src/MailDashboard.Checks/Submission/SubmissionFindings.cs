using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Submission;

/// <summary>Everything the family can say.</summary>
public static class SubmissionFindings
{
    /// <summary>A port in clear that does not offer to encrypt; a warning where nobody can log in there.</summary>
    public static readonly FindingDefinition NoEncryption = new("SUB001", Severity.Error, "RFC 8314 §4.1");

    /// <summary>Passwords or tokens are taken as they are before TLS.</summary>
    public static readonly FindingDefinition ClearLogIn = new("SUB002", Severity.Error, "RFC 4954 §4");

    /// <summary>A log-in that shows no password is offered before TLS; a warning under the strict profile.</summary>
    public static readonly FindingDefinition LogInBeforeTls = new("SUB003", Severity.Notice, "RFC 8314 §4.1");

    /// <summary>Encryption is offered, and refused when asked for.</summary>
    public static readonly FindingDefinition StartTlsRefused = new("SUB004", Severity.Error, "RFC 3207 §4");

    /// <summary>The TLS handshake fails.</summary>
    public static readonly FindingDefinition HandshakeFailed = new("SUB005", Severity.Error, "RFC 8314 §3.3");

    /// <summary>Clear text between the answer to the request for TLS and the handshake (CVE-2011-0411 and its kin).</summary>
    public static readonly FindingDefinition Injected = new("SUB006", Severity.Error, "RFC 3207 §4.2");

    /// <summary>Nobody can log in, not even after TLS; a warning at a host that was only guessed.</summary>
    public static readonly FindingDefinition NoLogIn = new("SUB007", Severity.Error, "RFC 6409 §4.3");

    /// <summary>What answers does not speak the protocol.</summary>
    public static readonly FindingDefinition Foreign = new("SUB008", Severity.Error, "RFC 5321 §4.2");

    /// <summary>A published port refuses the connection.</summary>
    public static readonly FindingDefinition Refused = new("SUB009", Severity.Error, "RFC 8314 §5.1");

    /// <summary>A published port does not answer, although the way to it is open.</summary>
    public static readonly FindingDefinition Silent = new("SUB010", Severity.Warning, "RFC 8314 §5.1");

    /// <summary>None of the stated hosts takes mail from mail programs.</summary>
    public static readonly FindingDefinition NothingThere = new("SUB011", Severity.Error, "RFC 8314 §3.3");

    /// <summary>Certificate expired.</summary>
    public static readonly FindingDefinition Expired = new("SUB012", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Certificate not valid yet.</summary>
    public static readonly FindingDefinition NotYetValid = new("SUB013", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Certificate signed by itself.</summary>
    public static readonly FindingDefinition SelfSigned = new("SUB014", Severity.Error, "RFC 8314 §4.4");

    /// <summary>Authority not trusted, or a fault in the chain.</summary>
    public static readonly FindingDefinition Untrusted = new("SUB015", Severity.Error, "RFC 8314 §4.4");

    /// <summary>The chain leads to no root.</summary>
    public static readonly FindingDefinition Incomplete = new("SUB016", Severity.Error, "RFC 8446 §4.4.2");

    /// <summary>The certificate is not for the host; a notice where the host was only guessed.</summary>
    public static readonly FindingDefinition NameMismatch = new("SUB017", Severity.Error, "RFC 7817 §3");

    /// <summary>The certificate is near its end; a notice up to nine tenths of its life.</summary>
    public static readonly FindingDefinition NearEnd = new("SUB018", Severity.Warning, "RFC 8314 §4.4");

    /// <summary>No certificate that can be read.</summary>
    public static readonly FindingDefinition NoCertificate = new("SUB019", Severity.Error, "RFC 8446 §4.4.2");

    /// <summary>Strict profile: neither OAuth 2 nor client certificates.</summary>
    public static readonly FindingDefinition OnlyPasswords = new("SUB020", Severity.Warning, "RFC 7628 §3");

    /// <summary>Strict profile: passwords alone beside something stronger.</summary>
    public static readonly FindingDefinition PasswordsToo = new("SUB021", Severity.Warning, "RFC 7628 §3");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        NoEncryption, ClearLogIn, LogInBeforeTls, StartTlsRefused, HandshakeFailed, Injected, NoLogIn,
        Foreign, Refused, Silent, NothingThere, Expired, NotYetValid, SelfSigned,
        Untrusted, Incomplete, NameMismatch, NearEnd, NoCertificate, OnlyPasswords, PasswordsToo,
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
