using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MailDashboard.Mail.SigningIn.OAuth;

/// <summary>One "connect account": sent to the authorisation server in the person's browser, and come back with a code (RFC 6749 §4.1, RFC 7636).</summary>
/// <param name="RedirectUri">Where the browser comes back to; registered there.</param>
/// <param name="State">Ties what comes back to who asked (RFC 6749 §10.12).</param>
/// <param name="Verifier">Proves that who redeems the code is who asked. A secret.</param>
public sealed record AuthorizationRequest(Uri RedirectUri, string State, string Verifier)
{
    /// <summary>A new one.</summary>
    public static AuthorizationRequest New(Uri redirectUri) => new(redirectUri, Random(), Random());

    /// <summary>The address to open.</summary>
    /// <param name="authorizationEndpoint">Of the authorisation server; its own query is kept.</param>
    /// <param name="client">Who asks, and for what.</param>
    public Uri Address(Uri authorizationEndpoint, OAuthClient client)
    {
        var query = new StringBuilder(authorizationEndpoint.Query.TrimStart('?'));
        Add(query, "response_type", "code");
        Add(query, "client_id", client.ClientId);
        Add(query, "redirect_uri", RedirectUri.AbsoluteUri);
        Add(query, "scope", client.Scope);
        Add(query, "state", State);
        Add(query, "code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))));
        Add(query, "code_challenge_method", "S256");

        // Google gives a refresh token only where it is asked like this; others do not mind.
        Add(query, "access_type", "offline");
        Add(query, "prompt", "consent");
        Add(query, "login_hint", client.User);
        return new UriBuilder(authorizationEndpoint) { Query = query.ToString() }.Uri;
    }

    /// <summary>Without the verifier.</summary>
    public override string ToString() => RedirectUri.AbsoluteUri;

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static void Add(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}

/// <summary>What a person types on another page to connect an account, where nothing can come back to us (RFC 8628).</summary>
/// <param name="Secret">Ours: never shown.</param>
/// <param name="UserCode">Theirs.</param>
/// <param name="Page">Where they type it.</param>
/// <param name="Interval">Not asked more often.</param>
/// <param name="ExpiresAt">Of no use after that.</param>
public sealed record DeviceCode(string Secret, string UserCode, Uri Page, TimeSpan Interval, DateTimeOffset ExpiresAt)
{
    /// <summary>Without what is secret.</summary>
    public override string ToString() => UserCode;
}
