namespace MailDashboard.Mail.SigningIn.OAuth;

/// <summary>What a token is asked for with.</summary>
public enum OAuthGrant
{
    /// <summary>The application itself (RFC 6749 §4.4): Microsoft 365 with an application permission.</summary>
    ClientCredentials,

    /// <summary>A signed assertion (RFC 7523): a Google service account that acts for a user of the organisation.</summary>
    ServiceAccount,

    /// <summary>A refresh token that a person gave once by "connect account" (RFC 6749 §6).</summary>
    RefreshToken,
}

/// <summary>A client of an authorisation server. No secret is in <see cref="ToString"/>.</summary>
/// <param name="TokenEndpoint">Where tokens are asked for (RFC 6749 §3.2).</param>
/// <param name="Grant">With what.</param>
/// <param name="ClientId">As registered there.</param>
/// <param name="ClientSecret">Null for a public client, and for a service account.</param>
/// <param name="Scope">Separated by spaces; null leaves it to the server.</param>
/// <param name="RefreshToken">For <see cref="OAuthGrant.RefreshToken"/>.</param>
/// <param name="Key">For <see cref="OAuthGrant.ServiceAccount"/>.</param>
/// <param name="User">Whom a service account acts for.</param>
public sealed record OAuthClient(
    Uri TokenEndpoint,
    OAuthGrant Grant,
    string ClientId,
    string? ClientSecret = null,
    string? Scope = null,
    string? RefreshToken = null,
    ServiceAccountKey? Key = null,
    string? User = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Grant} of {ClientId} at {TokenEndpoint}";
}

/// <summary>A token to sign in with.</summary>
/// <param name="Value">Never in any output.</param>
/// <param name="ExpiresAt">It is of no use after that.</param>
/// <param name="RefreshToken">A new one to keep in place of the old one; null where the old one stays good.</param>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt, string? RefreshToken)
{
    /// <inheritdoc/>
    public override string ToString() => $"a token until {ExpiresAt:O}";
}

/// <summary>Why there is no token.</summary>
public enum TokenFault
{
    /// <summary>The server could not be reached, or not trusted; later may do better.</summary>
    Unreachable,

    /// <summary>DNS could not say where the server is: nothing is known of it.</summary>
    Unresolved,

    /// <summary>What came is no answer of a token endpoint (RFC 6749 §5): the address may be wrong.</summary>
    NotAnAnswer,

    /// <summary><c>invalid_client</c>: the client id or its secret is wrong or has expired.</summary>
    Client,

    /// <summary><c>invalid_grant</c>: what was given once is over (expired, revoked, the password changed): connect the account again.</summary>
    Grant,

    /// <summary><c>invalid_scope</c>, <c>unauthorized_client</c>, <c>access_denied</c>: the client may not have what it asks for.</summary>
    NotAllowed,

    /// <summary>The key of the service account cannot be read.</summary>
    Key,

    /// <summary>The person has not answered yet (RFC 8628 §3.5).</summary>
    Pending,

    /// <summary>Asked too often: ask more slowly (RFC 8628 §3.5).</summary>
    SlowDown,

    /// <summary>The code for the person has run out.</summary>
    CodeExpired,

    /// <summary>Anything else that the server says.</summary>
    Refused,
}

/// <summary>A token, or why there is none.</summary>
/// <param name="Token">Null where there is a fault.</param>
/// <param name="Fault">Null where there is a token.</param>
/// <param name="Detail">What the server said; one line, capped, hostile text.</param>
public sealed record TokenAnswer(AccessToken? Token, TokenFault? Fault, string Detail)
{
    internal static TokenAnswer Failed(TokenFault fault, string detail) => new(null, fault, detail);
}
