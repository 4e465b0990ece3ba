using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>How we say who we are.</summary>
public enum SignInKind
{
    Nobody,

    Password,

    OAuth,

    Certificate,
}

/// <summary>A server that we sign in to: what a sending profile and a mailbox have in common. Everything secret is encrypted with Data Protection and never shown again.</summary>
public abstract class ServerAccount
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Host { get; set; }

    public int Port { get; set; }

    public ServerSecurity Security { get; set; }

    public SignInKind SignInKind { get; set; }

    public string? UserName { get; set; }

    public string? ProtectedPassword { get; set; }

    public OAuthGrant? OAuthGrant { get; set; }

    public string? TokenEndpoint { get; set; }

    /// <summary>Where a person connects an account in the browser; null where that is not used.</summary>
    public string? AuthorizationEndpoint { get; set; }

    /// <summary>Where a code for the person is asked for; null where that is not used.</summary>
    public string? DeviceEndpoint { get; set; }

    public string? ClientId { get; set; }

    public string? Scope { get; set; }

    public string? ProtectedClientSecret { get; set; }

    public string? ProtectedRefreshToken { get; set; }

    /// <summary>Key file of a service account.</summary>
    public string? ProtectedServiceKey { get; set; }

    /// <summary>PKCS #12 in base 64, with its private key.</summary>
    public string? ProtectedCertificate { get; set; }

    public string? CertificateName { get; set; }

    public DateTimeOffset? CertificateEndsAt { get; set; }

    /// <summary>We signed in, or could not, then.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>We signed in last then.</summary>
    public DateTimeOffset? WorkedAt { get; set; }

    /// <summary>The first look of those that failed without one that did not; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? NextCheckAt { get; set; }

    public int? LatencyMilliseconds { get; set; }

    public DateTimeOffset? ServerCertificateEndsAt { get; set; }

    /// <summary>Where the last look ended, and what was said; null where it ended well.</summary>
    public string? Problem { get; set; }
}
