using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>Who we are somewhere, as pages see it: which secrets there are, and none of them.</summary>
public sealed record SignInView(
    SignInKind Kind,
    string? UserName,
    bool HasPassword,
    OAuthGrant? Grant,
    string? TokenEndpoint,
    string? AuthorizationEndpoint,
    string? DeviceEndpoint,
    string? ClientId,
    string? Scope,
    bool HasClientSecret,
    bool IsConnected,
    bool HasServiceKey,
    string? CertificateName,
    DateTimeOffset? CertificateEndsAt)
{
    internal static SignInView Of(ServerAccount a) => new(
        a.SignInKind, a.UserName, a.ProtectedPassword is not null, a.OAuthGrant, a.TokenEndpoint, a.AuthorizationEndpoint, a.DeviceEndpoint, a.ClientId, a.Scope,
        a.ProtectedClientSecret is not null, a.ProtectedRefreshToken is not null, a.ProtectedServiceKey is not null, a.CertificateName, a.CertificateEndsAt);
}

/// <summary>How the last looks at a server went.</summary>
public sealed record AccountHealthView(
    DateTimeOffset? CheckedAt, DateTimeOffset? WorkedAt, DateTimeOffset? FailingSince, int? LatencyMilliseconds, DateTimeOffset? ServerCertificateEndsAt, string? Problem)
{
    /// <summary>A second look has failed as well.</summary>
    public bool IsConfirmed => FailingSince < CheckedAt;

    internal static AccountHealthView Of(ServerAccount a) =>
        new(a.CheckedAt, a.WorkedAt, a.FailingSince, a.LatencyMilliseconds, a.ServerCertificateEndsAt, a.Problem);
}

/// <summary>A profile as pages see it.</summary>
public sealed record ProfileView(
    int Id,
    string Name,
    string? Preset,
    string Host,
    int Port,
    ServerSecurity Security,
    SignInView SignIn,
    string SenderAddress,
    string? SenderName,
    bool SendsNotices,
    SendingLimits Limits,
    IReadOnlyList<int> DomainIds,
    AccountHealthView Health,
    DateTimeOffset? LastTestOkAt,
    DateTimeOffset? LastTestAt,
    string? LastTestConversation)
{
    internal static ProfileView Of(SmtpProfile p, bool sendsNotices) => new(
        p.Id, p.Name, p.Preset, p.Host, p.Port, p.Security, SignInView.Of(p), p.SenderAddress, p.SenderName, sendsNotices, p.Limits(),
        [.. p.Domains.Select(d => d.DomainId)], AccountHealthView.Of(p), p.LastTestOkAt, p.LastTestAt, p.LastTestConversation);
}
