using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Profiles that pages show; nobody sends by them.</summary>
internal static class Profiles
{
    /// <summary>An account that somebody has to connect, in the browser or with a code.</summary>
    public static ProfileDraft Connectable { get; } = new()
    {
        Name = "Office mail",
        Host = "smtp.example.net",
        SignInKind = SignInKind.OAuth,
        UserName = "dashboard@example.org",
        OAuthGrant = OAuthGrant.RefreshToken,
        TokenEndpoint = "https://login.example.net/token",
        AuthorizationEndpoint = "https://login.example.net/authorize",
        DeviceEndpoint = "https://login.example.net/device",
        ClientId = "7f6e",
        Scope = "mail.send offline_access",
        SenderAddress = "dashboard@example.org",
    };

    /// <summary>A server that knows us by our address.</summary>
    public static ProfileDraft Relay { get; } = new()
    {
        Name = "Relay in the cellar",
        Host = "relay.example.net",
        Port = 25,
        Security = ServerSecurity.None,
        SignInKind = SignInKind.Nobody,
        SenderAddress = "dashboard@example.org",
    };
}
