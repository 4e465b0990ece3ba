using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.SigningIn;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>How tokens are asked for, against a server that is real and near.</summary>
public sealed class TokenTests(SharedPostgres postgres) : AccountTest(postgres)
{
    [Fact]
    public async Task Token_OfAClient_IsAskedForWithItsSecretAndKeptUntilShortlyBeforeItsEnd()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartLoopbackAsync("sqlite");
        var profile = await StoredAsync(dashboard, await SaveAsync(dashboard, Draft(tokens)));
        var signIns = dashboard.Get<AccountSignIn>();

        var first = Assert.IsType<SignIn.WithToken>((await signIns.GetAsync(profile, Token)).SignIn);
        dashboard.Time.Advance(TimeSpan.FromMinutes(57));
        var second = Assert.IsType<SignIn.WithToken>((await signIns.GetAsync(profile, Token)).SignIn);
        dashboard.Time.Advance(TimeSpan.FromMinutes(2));
        var third = Assert.IsType<SignIn.WithToken>((await signIns.GetAsync(profile, Token)).SignIn);

        Assert.Equal(first.AccessToken, second.AccessToken);
        Assert.NotEqual(first.AccessToken, third.AccessToken);
        var asked = tokens.Asked.First();
        Assert.Equal(("client_credentials", "client-1", ClientSecret, TokenServer.Scope), (asked["grant_type"], asked["client_id"], asked["client_secret"], asked["scope"]));
        Assert.Equal(2, tokens.Asked.Count);
    }

    [Fact]
    public async Task Token_OfAServiceAccount_IsAskedForWithASignatureOfItsKey()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartLoopbackAsync("sqlite");
        using var key = RSA.Create(2048);
        var id = await SaveAsync(dashboard, Draft(tokens, OAuthGrant.ServiceAccount) with { ClientSecret = null, ServiceKey = KeyFile(key) });

        Assert.NotNull((await FetchAsync(dashboard, id)).Token);

        var asked = Assert.Single(tokens.Asked);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", asked["grant_type"]);
        var parts = asked["assertion"].Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal(
            ("robot@project.example", "anna", tokens.TokenEndpoint, TokenServer.Scope),
            ((string?)claims["iss"], (string?)claims["sub"], (string?)claims["aud"], (string?)claims["scope"]));
        Assert.Equal(dashboard.Time.GetUtcNow().ToUnixTimeSeconds(), (long?)claims["iat"]);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Token_OfAConnectedAccount_TurnsTheRefreshTokenOver(string database)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartLoopbackAsync(database);
        var id = await SaveAsync(dashboard, Draft(tokens, OAuthGrant.RefreshToken));
        var signIns = dashboard.Get<AccountSignIn>();
        tokens.Refresh = "rt-first";
        await signIns.ConnectAsync<MailDashboard.Monitoring.Persistence.Entities.SmtpProfile>(id, "rt-first", Token);

        for (var hour = 0; hour < 3; hour++)
        {
            Assert.NotNull((await signIns.GetAsync(await StoredAsync(dashboard, id), Token)).SignIn);
            dashboard.Time.Advance(TimeSpan.FromHours(1));
        }

        var used = tokens.Asked.Select(a => a["refresh_token"]).ToList();
        Assert.Equal(3, used.Distinct().Count());
        Assert.Equal("rt-first", used[0]);
        Assert.Equal(tokens.Refresh, signIns.ClientOf(await StoredAsync(dashboard, id))!.RefreshToken);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Look_OfAFormThatKeepsTheToken_KeepsTheOneThatReplacesIt(string database)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartLoopbackAsync(database);
        var draft = Draft(tokens, OAuthGrant.RefreshToken);
        var id = await SaveAsync(dashboard, draft);
        tokens.Refresh = "rt-first";
        await dashboard.Get<AccountSignIn>().ConnectAsync<MailDashboard.Monitoring.Persistence.Entities.SmtpProfile>(id, "rt-first", Token);

        await dashboard.Get<ProfileTester>().LookAsync(id, draft with { ClientSecret = null }, Token);

        Assert.NotEqual("rt-first", tokens.Refresh);
        Assert.Equal(tokens.Refresh, dashboard.Get<AccountSignIn>().ClientOf(await StoredAsync(dashboard, id))!.RefreshToken);
        Assert.NotNull((await dashboard.Get<AccountSignIn>().GetAsync(await StoredAsync(dashboard, id), Token)).SignIn);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret"}""", TokenFault.Client, "invalid_client: AADSTS7000215: Invalid client secret")]
    [InlineData(400, """{"error":"invalid_grant"}""", TokenFault.Grant, "invalid_grant")]
    [InlineData(400, """{"error":"invalid_scope"}""", TokenFault.NotAllowed, "invalid_scope")]
    [InlineData(400, """{"error":"teapot","error_description":"line\r\nbreak"}""", TokenFault.Refused, "teapot: line break")]
    [InlineData(200, "<html>", TokenFault.NotAnAnswer, "HTTP 200")]
    [InlineData(200, "{}", TokenFault.NotAnAnswer, "access_token is missing")]
    [InlineData(503, "", TokenFault.Unreachable, "HTTP 503")]
    public async Task Token_Refused_SaysWhy(int status, string body, TokenFault fault, string detail)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartLoopbackAsync("sqlite");
        tokens.Next.Enqueue((status, body));

        var (look, problems) = await dashboard.Get<ProfileTester>().LookAsync(null, Draft(tokens), Token);

        Assert.Empty(problems);
        Assert.Equal((fault, detail, false), (look!.Result.Token, string.Join(' ', look.Result.Detail.Split(' ', StringSplitOptions.RemoveEmptyEntries)), look.Result.IsAccepted));
        Assert.DoesNotContain(look.Result.Conversation, l => l.Contains(ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_OfAServerInAPrivateNetworkThatNobodyAllowed_IsNotAskedFor()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync("sqlite");

        var (look, _) = await dashboard.Get<ProfileTester>().LookAsync(null, Draft(tokens), Token);

        Assert.Equal(TokenFault.Unreachable, look!.Result.Token);
        Assert.Empty(tokens.Asked);
    }

    internal static string KeyFile(RSA key) =>
        JsonSerializer.Serialize(new { type = "service_account", client_email = "robot@project.example", private_key_id = "k1", private_key = key.ExportPkcs8PrivateKeyPem() });
}
