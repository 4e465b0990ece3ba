using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Secrets;

namespace MailDashboard.Monitoring.Profiles.Connecting;

/// <summary>
/// What is known of a person who is at the provider. It is kept by that person's browser, encrypted, and nowhere else: a restart of the
/// dashboard, or another instance of it, changes nothing.
/// </summary>
/// <param name="Account">Which.</param>
/// <param name="UserId">Who asked.</param>
/// <param name="Mark">Of the client as it was then.</param>
/// <param name="Request">What the provider was asked.</param>
/// <param name="ExpiresAt">Of no use from then on.</param>
internal sealed record PendingConnection(AccountReference Account, string UserId, string Mark, AuthorizationRequest Request, DateTimeOffset ExpiresAt)
{
    public string Write(SecretProtector secrets) => secrets.Protect(SecretProtector.PendingConnection, JsonSerializer.Serialize(this));

    public static PendingConnection? Read(SecretProtector secrets, string? text) =>
        secrets.TryUnprotect(SecretProtector.PendingConnection, text) is { } json ? JsonSerializer.Deserialize<PendingConnection>(json) : null;

    /// <summary>Whom a code is asked from, and for whom.</summary>
    public static string MarkOf(OAuthClient client) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{client.TokenEndpoint}\n{client.ClientId}\n{client.Scope}\n{client.User}")));
}

/// <summary>Lets one person leave for a provider, for one account: nobody can be sent there by a link that somebody else made.</summary>
/// <param name="Account">Which.</param>
/// <param name="UserId">Who asked.</param>
/// <param name="ExpiresAt">Of no use from then on.</param>
internal sealed record ConnectTicket(AccountReference Account, string UserId, DateTimeOffset ExpiresAt)
{
    public string Write(SecretProtector secrets) => secrets.Protect(SecretProtector.ConnectTicket, JsonSerializer.Serialize(this));

    public static ConnectTicket? Read(SecretProtector secrets, string? text) =>
        secrets.TryUnprotect(SecretProtector.ConnectTicket, text) is { } json ? JsonSerializer.Deserialize<ConnectTicket>(json) : null;
}
