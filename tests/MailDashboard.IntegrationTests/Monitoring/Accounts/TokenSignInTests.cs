using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>Signing in with a token at a real Postfix.</summary>
public sealed class TokenSignInTests(SharedPostgres postgres) : AccountTest(postgres)
{
    [Theory]
    [InlineData("oauthbearer", "AUTH OAUTHBEARER")]
    [InlineData("xoauth2", "AUTH XOAUTH2")]
    public async Task Send_WithAToken_IsLetInAndDelivers(string mechanism, string said)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var servers = await TokenMail.StartAsync(tokens, mechanism, "127.0.7.31");
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
        await using var servers = await TokenMail.StartAsync(tokens, "xoauth2", "127.0.7.31");
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
}
