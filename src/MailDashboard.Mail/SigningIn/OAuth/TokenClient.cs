using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Mail.Sending;

namespace MailDashboard.Mail.SigningIn.OAuth;

/// <summary>Makes one request, past whatever guard the caller keeps.</summary>
public delegate Task<HttpObservation> HttpFetch(HttpRequest request, CancellationToken cancellationToken);

/// <summary>Asks a token endpoint (RFC 6749 §3.2). A failure is data.</summary>
public sealed class TokenClient(HttpFetch fetch, TimeProvider time)
{
    private const int AnswerLimit = 64 * 1024;
    private const int LongestDetail = 500;

    /// <summary>Fields of a request whose values are shown to nobody, should the server repeat them.</summary>
    private static readonly string[] Secret = ["client_secret", "refresh_token", "assertion", "code", "code_verifier", "device_code"];

    /// <summary>Where the answer does not say how long a token lives (RFC 6749 §5.1 recommends that it does).</summary>
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(5);

    /// <summary>A token by the client's own grant.</summary>
    public Task<TokenAnswer> FetchAsync(OAuthClient client, CancellationToken cancellationToken)
    {
        switch (client.Grant)
        {
            case OAuthGrant.ClientCredentials:
                return AskAsync(client, [("grant_type", "client_credentials"), ("scope", client.Scope)], cancellationToken);
            case OAuthGrant.RefreshToken:
                return AskAsync(client, [("grant_type", "refresh_token"), ("refresh_token", client.RefreshToken), ("scope", client.Scope)], cancellationToken);
            default:
                if (client.Key is not { } key)
                {
                    return Task.FromResult(TokenAnswer.Failed(TokenFault.Key, ""));
                }

                var assertion = key.Assert(client.TokenEndpoint, client.Scope, client.User, time.GetUtcNow());
                return AskAsync(client, [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)], cancellationToken, namesClient: false);
        }
    }

    /// <summary>The token for a code that came back to us (RFC 6749 §4.1.3) with its verifier (RFC 7636 §4.5).</summary>
    public Task<TokenAnswer> ExchangeAsync(OAuthClient client, string code, AuthorizationRequest asked, CancellationToken cancellationToken) =>
        AskAsync(
            client,
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", asked.RedirectUri.AbsoluteUri), ("code_verifier", asked.Verifier)],
            cancellationToken);

    /// <summary>A code for the person (RFC 8628 §3.1).</summary>
    public async Task<(DeviceCode? Code, TokenAnswer? Failure)> StartDeviceAsync(OAuthClient client, Uri deviceEndpoint, CancellationToken cancellationToken)
    {
        var (json, failure) = await PostAsync(deviceEndpoint, [("client_id", client.ClientId), ("scope", client.Scope)], cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return (null, failure);
        }

        var page = Text(json, "verification_uri") ?? Text(json, "verification_url");
        if (Text(json, "device_code") is not { } device || Text(json, "user_code") is not { } user || !IsWebAddress(page))
        {
            return (null, TokenAnswer.Failed(TokenFault.NotAnAnswer, "device_code, user_code or verification_uri is missing"));
        }

        var interval = TimeSpan.FromSeconds(Math.Clamp(Number(json, "interval") ?? 5, 1, 60));
        var life = TimeSpan.FromSeconds(Math.Clamp(Number(json, "expires_in") ?? 300, 1, 3600));
        return (new DeviceCode(device, OutgoingMime.OneLine(Cut(user, 64)), new Uri(page!), interval, time.GetUtcNow() + life), null);
    }

    /// <summary>Asks whether the person has answered (RFC 8628 §3.4). Not more often than <see cref="DeviceCode.Interval"/>.</summary>
    public Task<TokenAnswer> PollDeviceAsync(OAuthClient client, DeviceCode code, CancellationToken cancellationToken) =>
        AskAsync(client, [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code.Secret)], cancellationToken);

    private async Task<TokenAnswer> AskAsync(OAuthClient client, IEnumerable<(string Name, string? Value)> form, CancellationToken cancellationToken, bool namesClient = true)
    {
        var whole = namesClient ? form.Concat([("client_id", client.ClientId), ("client_secret", client.ClientSecret)]) : form;
        var (json, failure) = await PostAsync(client.TokenEndpoint, whole, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return failure;
        }

        if (Text(json, "access_token") is not { } token)
        {
            return TokenAnswer.Failed(TokenFault.NotAnAnswer, "access_token is missing");
        }

        var life = Number(json, "expires_in") is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : UsualLife;
        return new TokenAnswer(new AccessToken(token, time.GetUtcNow() + life, Text(json, "refresh_token")), null, "");
    }

    private async Task<(JsonObject? Json, TokenAnswer? Failure)> PostAsync(Uri endpoint, IEnumerable<(string Name, string? Value)> form, CancellationToken cancellationToken)
    {
        var given = form.Where(f => !string.IsNullOrEmpty(f.Value)).ToList();
        var fields = given.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value!)}");
        var seen = await fetch(
            new HttpRequest(endpoint)
            {
                Method = "POST",
                Body = string.Join('&', fields),
                BodyType = "application/x-www-form-urlencoded",
                BodyLimit = AnswerLimit,
                Timeout = TimeSpan.FromSeconds(20),
                Headers = [("Accept", "application/json")],
            },
            cancellationToken).ConfigureAwait(false);
        if (seen.End != HttpEnd.Answered)
        {
            return (null, TokenAnswer.Failed(seen.End == HttpEnd.DnsFailed ? TokenFault.Unresolved : TokenFault.Unreachable, $"{endpoint.Host}: {seen.End}"));
        }

        var json = Parse(seen.Body.Span);
        if (Text(json, "error") is { } error)
        {
            return (null, TokenAnswer.Failed(FaultOf(error), Detail(error, Text(json, "error_description"), new HiddenSecrets(given.Where(f => Secret.Contains(f.Name)).Select(f => f.Value)))));
        }

        return seen.Status == 200 && json is not null
            ? (json, null)
            : (null, TokenAnswer.Failed(seen.Status >= 500 ? TokenFault.Unreachable : TokenFault.NotAnAnswer, string.Create(CultureInfo.InvariantCulture, $"HTTP {seen.Status}")));
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 16 }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TokenFault FaultOf(string error) => error switch
    {
        "invalid_client" => TokenFault.Client,
        "invalid_grant" => TokenFault.Grant,
        "invalid_scope" or "unauthorized_client" or "access_denied" or "authorization_declined" => TokenFault.NotAllowed,
        "authorization_pending" => TokenFault.Pending,
        "slow_down" => TokenFault.SlowDown,
        "expired_token" => TokenFault.CodeExpired,
        _ => TokenFault.Refused,
    };

    private static string Detail(string error, string? description, HiddenSecrets secrets) =>
        OutgoingMime.OneLine(Cut(secrets.Hide(description is null ? error : $"{error}: {description}"), LongestDetail));

    private static string Cut(string text, int length) => text.Length > length ? text[..length] + "…" : text;

    private static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    private static string? Text(JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>Some servers write numbers as strings.</summary>
    private static long? Number(JsonObject? json, string name) =>
        json?[name] is not JsonValue value ? null
        : value.TryGetValue<long>(out var number) ? number
        : value.TryGetValue<string>(out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : null;
}
