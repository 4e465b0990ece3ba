using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>A Postfix that asks a Dovecot whom to let in, which asks the token server whether the token is good.</summary>
public sealed class TokenSignInTests(SharedPostgres postgres) : AccountTest(postgres)
{
    [Theory]
    [InlineData("oauthbearer", "AUTH OAUTHBEARER")]
    [InlineData("xoauth2", "AUTH XOAUTH2")]
    public async Task Send_WithAToken_IsLetInAndDelivers(string mechanism, string said)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var servers = await ServersAsync(tokens, mechanism);
        await using var dashboard = await StartLoopbackAsync("sqlite");
        var id = await SaveAsync(dashboard, Draft(tokens) with { Port = servers.Postfix.EndPoint.Port });

        var result = await dashboard.Get<ProfileTester>().SendTestAsync(id, "ops@example.test", System.Globalization.CultureInfo.InvariantCulture, Token);

        Assert.True(result.IsAccepted, string.Join('\n', result.Conversation));
        Assert.Contains(result.Conversation, l => l.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Conversation, l => tokens.Tokens.Any(t => l.Contains(t, StringComparison.Ordinal)));
        Assert.Single(await servers.Postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
    }

    [Fact]
    public async Task Look_WithATokenThatHasEndedOrWasRevoked_TakesANewOne()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var servers = await ServersAsync(tokens, "xoauth2");
        await using var dashboard = await StartLoopbackAsync("sqlite");
        var id = await SaveAsync(dashboard, Draft(tokens) with { Port = servers.Postfix.EndPoint.Port });
        var mailer = dashboard.Get<ProfileMailer>();

        Assert.True((await mailer.LookAsync(await StoredAsync(dashboard, id), Token)).Result.IsAccepted);
        tokens.Revoke();
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await mailer.LookAsync(await StoredAsync(dashboard, id), Token)).Result.IsAccepted);
        Assert.Equal(2, tokens.Asked.Count);

        // Revoked before its time: refused once, and another is asked for.
        tokens.Revoke();
        Assert.Equal(SendStage.SigningIn, (await mailer.LookAsync(await StoredAsync(dashboard, id), Token)).Result.Stage);
        Assert.True((await mailer.LookAsync(await StoredAsync(dashboard, id), Token)).Result.IsAccepted);
        Assert.Equal(3, tokens.Asked.Count);
    }

    private static async Task<Servers> ServersAsync(TokenServer tokens, string mechanism)
    {
        var authority = LoopbackPorts.Free();
        var dovecot = await DovecotServer.StartAsync(
            new DovecotSettings { Address = IPAddress.Parse("127.0.7.31"), Protocols = "imap", Mechanisms = mechanism, DisablePlaintextAuth = false, Introspection = tokens.Introspection, Authority = authority },
            Token);
        return new Servers(dovecot, await PostfixServer.StartAsync(
            new PostfixSettings
            {
                Parameters = new Dictionary<string, string>
                {
                    ["smtpd_sasl_auth_enable"] = "yes",
                    ["smtpd_sasl_type"] = "dovecot",
                    ["smtpd_sasl_path"] = $"inet:{authority}",
                    ["smtpd_recipient_restrictions"] = "permit_sasl_authenticated, reject",
                    ["smtpd_relay_restrictions"] = "permit_sasl_authenticated, reject",
                },
            },
            Token));
    }

    private sealed record Servers(DovecotServer Dovecot, PostfixServer Postfix) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Postfix.DisposeAsync();
            await Dovecot.DisposeAsync();
        }
    }
}
