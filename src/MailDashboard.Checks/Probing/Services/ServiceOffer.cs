using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>What a server offers in one phase of a conversation, before TLS or after it.</summary>
/// <param name="Capabilities">As told, one each; hostile text, cleaned.</param>
public sealed record ServiceOffer(ImmutableArray<string> Capabilities)
{
    /// <summary>It told its capabilities; a POP3 server may know no <c>CAPA</c> (RFC 2449 §5).</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>SASL mechanisms (RFC 4422 §3.1), upper case; names that are none are left out.</summary>
    public ImmutableArray<string> Mechanisms { get; init; } = [];

    /// <summary>
    /// It takes a name and a password by a command of the protocol itself: IMAP's <c>LOGIN</c>, allowed unless <c>LOGINDISABLED</c> is
    /// said (RFC 9051 §6.2.3), and POP3's <c>USER</c> (RFC 2449 §6.2).
    /// </summary>
    public bool HasPasswordCommand { get; init; }

    /// <summary>POP3's <c>APOP</c>, offered by a timestamp in the greeting (RFC 1939 §7).</summary>
    public bool HasApop { get; init; }

    /// <summary>It offers to encrypt.</summary>
    public bool HasStartTls { get; init; }

    /// <summary>Something sends the password, or a token that is as good, as it is.</summary>
    public bool TakesClearSecrets => HasPasswordCommand || Mechanisms.Any(SaslMechanisms.SendsSecret);

    /// <summary>There is any way to log in.</summary>
    public bool HasLogIn => HasPasswordCommand || HasApop || !Mechanisms.IsEmpty;

    /// <summary>The ways to log in as the protocol writes them: <c>AUTH=PLAIN</c>, <c>LOGIN</c>, <c>USER</c>, <c>APOP</c>.</summary>
    public ImmutableArray<string> LogIns(ClientProtocol protocol) =>
    [
        .. Mechanisms.Select(m => (protocol switch { ClientProtocol.Imap => "AUTH=", ClientProtocol.Pop3 => "SASL ", _ => "AUTH " }) + m),
        .. HasPasswordCommand ? [protocol == ClientProtocol.Imap ? "LOGIN" : "USER"] : Array.Empty<string>(),
        .. HasApop ? ["APOP"] : Array.Empty<string>(),
    ];
}

/// <summary>What is known of SASL mechanisms.</summary>
public static class SaslMechanisms
{
    /// <summary>Longer names are none; RFC 4422 §3.1 allows 20 characters.</summary>
    public const int LongestName = 32;

    /// <summary>More mechanisms are left out.</summary>
    public const int Limit = 40;

    /// <summary>The name in upper case; null where it is none.</summary>
    public static string? Name(string word)
    {
        var name = word.ToUpperInvariant();
        return name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_') ? name : null;
    }

    /// <summary>
    /// Sends the password as it is (RFC 4616), or a token that logs whoever reads it in as well (RFC 7628 §5).
    /// </summary>
    public static bool SendsSecret(string mechanism) => mechanism is "PLAIN" or "LOGIN" || IsToken(mechanism);

    /// <summary>OAuth 2: no password is known to the mail program.</summary>
    public static bool IsToken(string mechanism) => mechanism is "OAUTHBEARER" or "XOAUTH2";

    /// <summary>The certificate shown in the TLS handshake (RFC 4422 appendix A).</summary>
    public static bool IsClientCertificate(string mechanism) => mechanism == "EXTERNAL";

    /// <summary>Whoever knows the password is let in, however it is sent.</summary>
    public static bool IsPassword(string mechanism) =>
        mechanism is "PLAIN" or "LOGIN" or "CRAM-MD5" or "DIGEST-MD5" or "NTLM" or "RPA" or "SKEY" or "OTP"
        || mechanism.StartsWith("SCRAM-", StringComparison.Ordinal)
        || mechanism.StartsWith("SRP", StringComparison.Ordinal);
}
