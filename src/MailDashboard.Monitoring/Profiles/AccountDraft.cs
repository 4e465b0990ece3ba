using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>A server and who we are there, as typed. An empty secret keeps the stored one, unless it would go somewhere else.</summary>
public abstract record AccountDraft
{
    public string Name { get; init; } = "";

    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public ServerSecurity Security { get; init; } = ServerSecurity.StartTls;

    /// <summary>Null: with a password where there is a user, nobody otherwise.</summary>
    public SignInKind? SignInKind { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public OAuthGrant OAuthGrant { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? AuthorizationEndpoint { get; init; }

    public string? DeviceEndpoint { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? Scope { get; init; }

    /// <summary>The key file of a service account.</summary>
    public string? ServiceKey { get; init; }

    /// <summary>PKCS #12, or PEM with certificate and key.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    public string? CertificatePassword { get; init; }

    internal SignInKind Kind => SignInKind ?? (string.IsNullOrWhiteSpace(UserName) ? Persistence.Entities.SignInKind.Nobody : Persistence.Entities.SignInKind.Password);
}

/// <summary>A way to send, as typed.</summary>
public sealed record ProfileDraft : AccountDraft
{
    public string? Preset { get; init; }

    public string SenderAddress { get; init; } = "";

    public string? SenderName { get; init; }

    public SendingLimits Limits { get; init; } = new();

    /// <summary>Ids of the domains whose mail goes by it.</summary>
    public IReadOnlyList<int> DomainIds { get; init; } = [];
}

/// <summary>What is wrong with a field of a profile or a mailbox.</summary>
public enum ProfileFault
{
    /// <summary>Empty.</summary>
    Missing,

    /// <summary>Not a host name or address.</summary>
    NotAHost,

    /// <summary>Not 1 to 65535.</summary>
    NotAPort,

    /// <summary>Not an e-mail address.</summary>
    NotAnAddress,

    /// <summary>Not a web address that begins with https.</summary>
    NotAWebAddress,

    /// <summary>The server, its port, its encryption or the user changed: the stored password is not sent there without being typed again.</summary>
    PasswordNeeded,

    /// <summary>The same for the secrets of OAuth.</summary>
    SecretNeeded,

    /// <summary>Not the key file of a service account.</summary>
    NotAKey,

    /// <summary>Not a certificate with its private key, or the password of the file is wrong.</summary>
    NotACertificate,

    /// <summary>A limit is less than one.</summary>
    NotALimit,

    /// <summary>Longer than is stored.</summary>
    TooLong,

    /// <summary>A mailbox that would be used for nothing.</summary>
    NoUse,
}

/// <param name="Field">Property of the draft.</param>
/// <param name="Fault">What is wrong.</param>
public sealed record ProfileProblem(string Field, ProfileFault Fault);
