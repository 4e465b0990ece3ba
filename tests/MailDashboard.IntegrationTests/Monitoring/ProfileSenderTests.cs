using System.Globalization;
using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.IntegrationTests.Monitoring;

public sealed class ProfileSenderTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Password = "hunter2-Zq8";

    [Fact]
    public async Task Test_ServerWithAnUnknownAuthority_FailsAtEncryptingAndShowsTheConversation()
    {
        using var authority = new TestCertificates();
        await using var postfix = await PostfixServer.StartAsync(
            new PostfixSettings { Certificate = authority.Issue("localhost"), Login = new NetworkCredential("user", Password) }, Token);
        await using var dashboard = await StartAsync("sqlite");
        var draft = new ProfileDraft { Host = "localhost", Port = postfix.EndPoint.Port, Security = ServerSecurity.StartTls, UserName = "user", Password = Password, SenderAddress = "a@example.test" };
        Assert.Empty(await dashboard.Get<ProfileStore>().SaveForNoticesAsync(draft, Token));

        var result = await dashboard.Get<ProfileTester>().SendTestAsync("ops@example.test", CultureInfo.GetCultureInfo("fr"), Token);

        Assert.Equal((false, SendStage.Encrypting), (result.IsAccepted, result.Stage));
        Assert.Contains(result.Conversation, l => l.StartsWith("> STARTTLS", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Conversation, l => l.Contains(Password, StringComparison.Ordinal));
        Assert.NotNull((await dashboard.Get<ProfileStore>().GetForNoticesAsync(Token))!.LastTestConversation);
        Assert.False((await dashboard.Get<OutboxStatus>().GetAsync(Token)).HasDeliveredTest);
    }

    [Fact]
    public async Task Test_WrongPassword_FailsAtSigningInAndHidesIt()
    {
        await using var sink = SmtpSink.Start();
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.Hello ? SmtpMove.Say("250-sink.test\r\n250 AUTH PLAIN LOGIN") : SmtpMove.Usual);
        await using var dashboard = await StartAsync("sqlite");
        var draft = new ProfileDraft { Host = "127.0.0.1", Port = sink.EndPoint.Port, Security = ServerSecurity.None, UserName = "user", Password = Password, SenderAddress = "a@example.test" };

        var (look, _) = await dashboard.Get<ProfileTester>().LookAsync(null, draft, Token);

        Assert.Equal(SendStage.SigningIn, look!.Result.Stage);
        var conversation = string.Join('\n', look.Result.Conversation);
        Assert.Contains("> AUTH", conversation, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, conversation, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0user\0{Password}")), conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Delivered_IsARealMessageAndClearsTheBanner()
    {
        await using var postfix = await PostfixServer.StartAsync(new PostfixSettings(), Token);
        await using var dashboard = await StartAsync("sqlite");
        await dashboard.TellAsync(postfix.EndPoint.Port);

        var result = await dashboard.Get<ProfileTester>().SendTestAsync("ops@example.test", CultureInfo.GetCultureInfo("fr"), Token);

        Assert.True(result.IsAccepted, string.Join('\n', result.Conversation));
        var message = Assert.Single(await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
        Assert.Equal("Message de test de Mail Dashboard", message.Subject);
        Assert.False((await dashboard.Get<OutboxStatus>().GetAsync(Token)).NeedsAttention);
    }
}
