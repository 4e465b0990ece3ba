using System.Net;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>How a Dovecot behaves.</summary>
public sealed record DovecotSettings
{
    /// <summary>The loopback address whose ports 143, 993, 110 and 995 it takes.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>With one it encrypts.</summary>
    public TestCertificate? Certificate { get; init; }

    /// <summary>Its setting <c>ssl</c> where it has a certificate: <c>yes</c> leaves the choice to the client, <c>required</c> does not.</summary>
    public string Ssl { get; init; } = "required";

    /// <summary>Its setting <c>disable_plaintext_auth</c>: whether mechanisms that show the password wait for TLS.</summary>
    public bool DisablePlaintextAuth { get; init; } = true;

    /// <summary>Its setting <c>auth_mechanisms</c>.</summary>
    public string Mechanisms { get; init; } = "plain login";

    /// <summary>Where it asks whether a token is good; the token is appended. Without one it knows a password only.</summary>
    public string? Introspection { get; init; }

    /// <summary>Where Postfix may ask it whom to let in.</summary>
    public IPEndPoint? Authority { get; init; }

    /// <summary>Its setting <c>protocols</c>.</summary>
    public string Protocols { get; init; } = "imap pop3";
}
