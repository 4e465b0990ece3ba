using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailDashboard.Mail.SigningIn.OAuth;

/// <summary>The key file of a Google service account, as its console hands it out.</summary>
public sealed class ServiceAccountKey
{
    /// <summary>Longest file that is read, in characters.</summary>
    public const int Longest = 16_384;

    /// <summary>How long an assertion may be used: an hour at most.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly string _privateKeyPem;
    private readonly string? _keyId;

    private ServiceAccountKey(string clientEmail, string privateKeyPem, string? keyId, Uri? tokenEndpoint) =>
        (ClientEmail, _privateKeyPem, _keyId, TokenEndpoint) = (clientEmail, privateKeyPem, keyId, tokenEndpoint);

    /// <summary>The account's address.</summary>
    public string ClientEmail { get; }

    /// <summary>What the file names; null where it names none.</summary>
    public Uri? TokenEndpoint { get; }

    /// <summary>Reads a key file.</summary>
    /// <returns>Null where it is none, or its key is not RSA of at least 2048 bits.</returns>
    public static ServiceAccountKey? TryRead(string json)
    {
        if (json.Length > Longest)
        {
            return null;
        }

        try
        {
            var file = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 4 }) as JsonObject;
            if (Text(file, "client_email") is not { } email || Text(file, "private_key") is not { } pem)
            {
                return null;
            }

            using var key = RSA.Create();
            key.ImportFromPem(pem);
            var endpoint = Uri.TryCreate(Text(file, "token_uri"), UriKind.Absolute, out var uri) ? uri : null;
            return key.KeySize >= 2048 ? new ServiceAccountKey(email, pem, Text(file, "private_key_id"), endpoint) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The account's address only.</summary>
    public override string ToString() => ClientEmail;

    /// <summary>A signed assertion (RFC 7523 §3, RS256).</summary>
    internal string Assert(Uri audience, string? scope, string? user, DateTimeOffset now)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (_keyId is not null)
        {
            header["kid"] = _keyId;
        }

        var claims = new JsonObject
        {
            ["iss"] = ClientEmail,
            ["aud"] = audience.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        if (scope is not null)
        {
            claims["scope"] = scope;
        }

        if (user is not null)
        {
            claims["sub"] = user;
        }

        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        using var key = RSA.Create();
        key.ImportFromPem(_privateKeyPem);
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string? Text(JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;
}
