using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MailDashboard.Monitoring.Persistence.Secrets;

/// <summary>Encrypts what must not be readable in the database: passwords and list keys.</summary>
public sealed class SecretProtector(IDataProtectionProvider protection)
{
    /// <summary>Purpose of the secret of an OAuth client, of its refresh token, and of the key of a service account.</summary>
    public const string OAuthSecret = "oauth-secret";

    /// <summary>Purpose of a client certificate with its key.</summary>
    public const string ClientCertificate = "client-certificate";

    /// <summary>Purpose of what a set-up keeps until the person has saved it.</summary>
    public const string WizardSecret = "wizard-secret";

    /// <summary>Purpose of the password of a profile or a mailbox.</summary>
    public const string ProfilePassword = "profile-password";

    /// <summary>Purpose of a blocklist's key.</summary>
    public const string ListKey = "list-key";

    /// <summary>Purpose of a channel's address.</summary>
    public const string ChannelUrl = "channel-url";

    /// <summary>Purpose of a channel's key or token.</summary>
    public const string ChannelSecret = "channel-secret";

    /// <summary>Purpose of what lets a person leave for a provider.</summary>
    public const string ConnectTicket = "connect-ticket";

    /// <summary>Purpose of what a browser keeps while its person is at a provider.</summary>
    public const string PendingConnection = "pending-connection";

    /// <summary>Encrypts; a text protected for one purpose opens for no other.</summary>
    public string Protect(string purpose, string secret) => For(purpose).Protect(secret);

    /// <summary>Decrypts; null where the text was not written by this ring for this purpose.</summary>
    public string? TryUnprotect(string purpose, string? protectedText)
    {
        if (string.IsNullOrEmpty(protectedText))
        {
            return null;
        }

        try
        {
            return For(purpose).Unprotect(protectedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(string purpose) => protection.CreateProtector("MailDashboard.Secrets", purpose);
}
