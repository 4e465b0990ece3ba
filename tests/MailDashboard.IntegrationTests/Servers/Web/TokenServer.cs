using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailDashboard.IntegrationTests.Servers.Web;

/// <summary>
/// An authorisation server on loopback (RFC 6749, 7523, 7636, 8628) that also answers whether a token is good (RFC 7662): Dovecot asks
/// that. It gives a token to whoever asks well; a test may put other answers first.
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    public const string Scope = "mail.send offline_access";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, string> live = new();
    private readonly ConcurrentDictionary<string, string> codes = new();

    private TokenServer(WebApplication app) => this.app = app;

    /// <summary>Every request for a token, as a form.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = new();

    /// <summary>Answers that come before the usual one: status and body.</summary>
    public ConcurrentQueue<(int Status, string Body)> Next { get; } = new();

    /// <summary>Whom the tokens are for.</summary>
    public string User { get; init; } = "anna";

    /// <summary>How long the tokens that it gives are said to live, in seconds.</summary>
    public int Lifetime { get; set; } = 3600;

    /// <summary>Whether a token comes with one that lasts.</summary>
    public bool GivesRefreshTokens { get; set; } = true;

    /// <summary>The refresh token that is good: the last one given.</summary>
    public string? Refresh { get; set; }

    /// <summary>What a code has to be redeemed with; set by whoever looked at the address that the browser opened.</summary>
    public string? Challenge { get; set; }

    /// <summary>Whether a code that the page gave has run out by the time it is redeemed.</summary>
    public bool CodesHaveEnded { get; set; }

    /// <summary>Whether the person with the code has not answered yet.</summary>
    public bool IsUndecided { get; set; }

    /// <summary>How often a code for a person may be asked about, and how long it is good, in seconds.</summary>
    public (int Interval, int Life) DevicePace { get; set; } = (7, 60);

    public Uri Root { get; private set; } = null!;

    public string TokenEndpoint => new Uri(Root, "token").AbsoluteUri;

    public string AuthorizationEndpoint => new Uri(Root, "authorize?audience=mail").AbsoluteUri;

    public string DeviceEndpoint => new Uri(Root, "device").AbsoluteUri;

    public string Introspection => new Uri(Root, "introspect?token=").AbsoluteUri;

    /// <summary>Tokens that are good, in the order in which they were given.</summary>
    public IEnumerable<string> Tokens => live.Keys;

    public static async Task<TokenServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new TokenServer(builder.Build());
        server.app.MapPost("/token", server.TokenAsync);
        server.app.MapGet("/authorize", Authorize);
        server.app.MapGet("/answer", server.Answer);
        server.app.MapPost("/device", server.Device);
        server.app.MapGet("/introspect", server.Introspect);
        await server.app.StartAsync(cancellationToken);
        server.Root = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>No token that was given is good any more.</summary>
    public void Revoke() => live.Clear();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
        Asked.Enqueue(form);
        if (Next.TryDequeue(out var said))
        {
            return Results.Text(said.Body, "application/json", statusCode: said.Status);
        }

        if (IsUndecided && form["grant_type"].EndsWith("device_code", StringComparison.Ordinal))
        {
            return Results.Json(new { error = "authorization_pending" }, statusCode: 400);
        }

        var isGood = form["grant_type"] switch
        {
            "refresh_token" => form["refresh_token"] == Refresh,
            "authorization_code" => !CodesHaveEnded && (codes.TryRemove(form["code"], out var challenge) ? challenge : Challenge) == Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"]))).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            _ => true,
        };
        return isGood ? Results.Json(Grant()) : Results.Json(new { error = "invalid_grant", error_description = "that was yesterday" }, statusCode: 400);
    }

    /// <summary>What a person sees at the provider (RFC 6749 §4.1.1).</summary>
    private static IResult Authorize(HttpRequest request) => Results.Content(
        $"""
        <!doctype html><html lang="en"><title>A provider</title><h1>May Mail Dashboard send in your name?</h1>
        <p><a href="/answer{WebUtility.HtmlEncode(request.QueryString.Value)}&amp;yes=true">Continue</a> <a href="/answer{WebUtility.HtmlEncode(request.QueryString.Value)}">Refuse</a></p></html>
        """,
        "text/html");

    private IResult Answer(string redirect_uri, string state, string code_challenge, string? yes)
    {
        var code = $"co-{Guid.NewGuid():n}";
        codes[code] = code_challenge;
        return Results.Redirect($"{redirect_uri}?state={Uri.EscapeDataString(state)}&{(yes is null ? "error=access_denied" : $"code={code}")}");
    }

    private object Grant()
    {
        var token = $"at-{Guid.NewGuid():n}";
        live[token] = User;
        if (!GivesRefreshTokens)
        {
            return new { access_token = token, token_type = "Bearer", expires_in = Lifetime };
        }

        Refresh = $"rt-{Guid.NewGuid():n}";
        return new { access_token = token, token_type = "Bearer", expires_in = Lifetime.ToString(System.Globalization.CultureInfo.InvariantCulture), refresh_token = Refresh };
    }

    private IResult Device() => Results.Json(new { device_code = "dc-secret", user_code = "WDJB-MJHT", verification_uri = new Uri(Root, "device-page"), interval = DevicePace.Interval, expires_in = DevicePace.Life });

    private IResult Introspect(string token) =>
        live.TryGetValue(token, out var user) ? Results.Json(new { active = true, username = user, scope = Scope }) : Results.Json(new { active = false });
}
