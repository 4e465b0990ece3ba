using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>A profile as typed. An empty password keeps the stored one, unless the server changed.</summary>
public sealed record ProfileDraft
{
    public string Name { get; init; } = "";

    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string SenderAddress { get; init; } = "";

    public string? SenderName { get; init; }
}

/// <summary>A profile as pages see it: without its password.</summary>
public sealed record ProfileView(
    int Id,
    string Name,
    string Host,
    int Port,
    SmtpSecurity Security,
    string? UserName,
    bool HasPassword,
    string SenderAddress,
    string? SenderName,
    DateTimeOffset? LastTestOkAt,
    DateTimeOffset? LastTestAt,
    string? LastTestConversation);

/// <summary>What is wrong with a field of a profile.</summary>
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

    /// <summary>The server, its port, its encryption or the user changed: the stored password is not sent there without being typed again.</summary>
    PasswordNeeded,

    /// <summary>Longer than is stored.</summary>
    TooLong,
}

/// <param name="Field">Property of <see cref="ProfileDraft"/>.</param>
/// <param name="Fault">What is wrong.</param>
public sealed record ProfileProblem(string Field, ProfileFault Fault);
