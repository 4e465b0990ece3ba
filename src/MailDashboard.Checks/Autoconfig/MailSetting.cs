using System.Globalization;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>How a setting encrypts.</summary>
public enum MailSecurity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>STARTTLS.</summary>
    StartTls,

    /// <summary>From the first octet (RFC 8314 §3).</summary>
    Implicit,
}

/// <summary>One setting of a mail program, as published.</summary>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Host">Lower case, no trailing dot.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Security">How it encrypts.</param>
public sealed record MailSetting(ClientProtocol Protocol, string Host, int Port, MailSecurity Security)
{
    /// <summary>For evidence: protocol, host, port, encryption.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Protocol.ToString().ToUpperInvariant()} {Host}:{Port} {Security switch { MailSecurity.Implicit => "TLS", MailSecurity.StartTls => "STARTTLS", _ => "-" }}");
}
