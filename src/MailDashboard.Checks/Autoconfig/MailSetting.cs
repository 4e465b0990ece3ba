using System.Globalization;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;

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

    /// <summary>Reads what <see cref="ToString"/> wrote; null where that is something else.</summary>
    public static MailSetting? Parse(string text)
    {
        var parts = text.Split(' ');
        var colon = parts.Length == 3 ? parts[1].LastIndexOf(':') : -1;
        MailSecurity? security = parts[^1] switch { "TLS" => MailSecurity.Implicit, "STARTTLS" => MailSecurity.StartTls, "-" => MailSecurity.None, _ => null };
        return colon > 0 && security is { } known && Enum.TryParse<ClientProtocol>(parts[0], ignoreCase: true, out var protocol) && Enum.IsDefined(protocol) && IsHost(parts[1][..colon])
            && ushort.TryParse(parts[1].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new MailSetting(protocol, parts[1][..colon], port, known)
            : null;
    }

    /// <summary>A name of letters, digits, hyphens, dots and underscores that DNS can be asked for: what may stand in a file.</summary>
    public static bool IsHost(string name) =>
        name.Length > 0 && DnsNames.CanBeAsked(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
