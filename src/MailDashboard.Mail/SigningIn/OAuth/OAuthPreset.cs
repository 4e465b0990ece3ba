using System.Globalization;

namespace MailDashboard.Mail.SigningIn.OAuth;

/// <summary>What a token is for.</summary>
public enum TokenPurpose
{
    /// <summary>Handing messages in by SMTP.</summary>
    Send,

    /// <summary>Reading by IMAP.</summary>
    Imap,

    /// <summary>Reading by POP3.</summary>
    Pop3,
}

/// <summary>Where a well-known provider gives tokens, and which scope it wants. A hint: everything can be typed by hand.</summary>
/// <param name="TokenEndpoint">RFC 6749 §3.2.</param>
/// <param name="AuthorizationEndpoint">RFC 6749 §3.1.</param>
/// <param name="DeviceEndpoint">RFC 8628 §3.1; empty where the provider gives no tokens for mail that way.</param>
/// <param name="Scope">For the grant and the purpose.</param>
public sealed record OAuthPreset(string TokenEndpoint, string AuthorizationEndpoint, string DeviceEndpoint, string Scope)
{
    /// <summary>Microsoft 365 (Entra ID).</summary>
    /// <param name="tenant">Id or domain of the organisation there.</param>
    /// <param name="grant">An application asks for all that it may; a person is asked for the one thing, and that it lasts.</param>
    /// <param name="purpose">What the token is for.</param>
    /// <returns>Null where the tenant is neither.</returns>
    public static OAuthPreset? Microsoft(string tenant, OAuthGrant grant, TokenPurpose purpose)
    {
        var name = tenant.Trim();
        if (name.Length is 0 or > 253 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') || name.Contains("..", StringComparison.Ordinal) || name is ".")
        {
            return null;
        }

        var root = string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/{name}/oauth2/v2.0");
        var permission = purpose switch
        {
            TokenPurpose.Send => "SMTP.Send",
            TokenPurpose.Imap => "IMAP.AccessAsUser.All",
            _ => "POP.AccessAsUser.All",
        };
        var scope = grant == OAuthGrant.RefreshToken ? $"https://outlook.office.com/{permission} offline_access" : "https://outlook.office365.com/.default";
        return new OAuthPreset($"{root}/token", $"{root}/authorize", $"{root}/devicecode", scope);
    }

    /// <summary>Google: one scope for everything, and no code on another device for it.</summary>
    public static OAuthPreset Google { get; } = new("https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/v2/auth", "", "https://mail.google.com/");
}
