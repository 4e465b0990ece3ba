using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>
/// The outbox against a Postfix whose authority the process trusts through <c>SSL_CERT_FILE</c>. That is read once in the life of a
/// process: hence one of its own.
/// </summary>
public sealed class SubmissionTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Password = "hunter2-Zq8";

    [Theory]
    [InlineData(false, ServerSecurity.StartTls)]
    [InlineData(true, ServerSecurity.ImplicitTls)]
    public async Task Outbox_TrustedCertificateAndLogin_DeliversEncrypted(bool isImplicit, ServerSecurity security)
    {
        using var authority = new TestCertificates();
        await using var postfix = await PostfixAsync(authority.Issue("localhost"), isImplicit);
        using var folder = new ServerFolder("submission");
        await using var dashboard = await TestDashboard.StartAsync(null, folder, TimeProvider.System);
        await SaveAsync(dashboard, postfix, security, Password);
        await EnqueueAsync(dashboard);

        await using var child = Start(folder, authority);
        var message = Assert.Single(await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));

        Assert.Equal("Grüße aus Köln", message.Subject);
        Assert.Contains("ESMTPSA", message.Headers["Received"], StringComparison.Ordinal);
        await WaitAsync(dashboard, m => m.SentAt is not null);
    }

    [Fact]
    public async Task Outbox_WrongPasswordThenMended_WaitsAndIsDelivered()
    {
        using var authority = new TestCertificates();
        await using var postfix = await PostfixAsync(authority.Issue("localhost"), isImplicit: false);
        using var folder = new ServerFolder("submission");
        await using var dashboard = await TestDashboard.StartAsync(null, folder, TimeProvider.System);
        await SaveAsync(dashboard, postfix, ServerSecurity.StartTls, "not-" + Password);
        await EnqueueAsync(dashboard);

        await using var child = Start(folder, authority);
        await WaitAsync(dashboard, m => m.Attempts == 1);
        var failed = await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token));
        Assert.StartsWith("SigningIn: ", failed.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, failed.LastError, StringComparison.Ordinal);
        Assert.Null(failed.AbandonedAt);

        await SaveAsync(dashboard, postfix, ServerSecurity.StartTls, Password);
        await using (var db = await dashboard.OpenAsync())
        {
            await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.NextAttemptAt, m => m.CreatedAt), Token);
        }

        Assert.Single(await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
    }

    [Fact]
    public async Task Outbox_CertificateForAnotherName_SendsNothing()
    {
        using var authority = new TestCertificates();
        await using var postfix = await PostfixAsync(authority.Issue("mail.example.test"), isImplicit: false);
        using var folder = new ServerFolder("submission");
        await using var dashboard = await TestDashboard.StartAsync(null, folder, TimeProvider.System);
        await SaveAsync(dashboard, postfix, ServerSecurity.StartTls, Password);
        await EnqueueAsync(dashboard);

        await using var child = Start(folder, authority);
        await WaitAsync(dashboard, m => m.Attempts == 1);

        Assert.StartsWith("Encrypting: ", (await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token))).LastError, StringComparison.Ordinal);
        Assert.Equal(0, postfix.Mailbox.Count);
    }

    [Fact]
    public async Task Send_ServerWithoutStartTls_NeverSpeaksInClear()
    {
        await using var sink = SmtpSink.Start();
        await using var dashboard = await StartAsync("sqlite");
        var sender = dashboard.Get<ProfileSender>();
        var settings = new SubmissionSettings("127.0.0.1", sink.EndPoint.Port, ServerSecurity.StartTls, SignIn.Of("user", Password), "a@example.test", null);

        var result = await sender.SendAsync(settings, new OutgoingMail("ops@example.test", "s", "t", "<p>t</p>", "1@example.test"), Token);

        Assert.Equal(SendStage.Encrypting, result.Stage);
        Assert.DoesNotContain(result.Conversation, l => l.StartsWith("> AUTH", StringComparison.Ordinal) || l.StartsWith("> MAIL", StringComparison.Ordinal));
        Assert.Empty(sink.Received);
    }

    private static ChildDashboard Start(ServerFolder folder, TestCertificates authority)
    {
        var file = folder["authority.pem"];
        File.WriteAllText(file, authority.AuthorityPem);
        return ChildDashboard.Start(folder, null, LoopbackPorts.Free().ToString(), file);
    }

    private static Task<PostfixServer> PostfixAsync(TestCertificate certificate, bool isImplicit) => PostfixServer.StartAsync(
        new PostfixSettings { Certificate = certificate, ImplicitTls = isImplicit, Login = new NetworkCredential("user", Password) }, Token);

    private static async Task SaveAsync(TestDashboard dashboard, PostfixServer postfix, ServerSecurity security, string password) =>
        Assert.Empty(await dashboard.Get<ProfileStore>().SaveForNoticesAsync(
            new ProfileDraft { Host = "localhost", Port = postfix.EndPoint.Port, Security = security, UserName = "user", Password = password, SenderAddress = "dashboard@example.test" }, Token));

    private static Task EnqueueAsync(TestDashboard dashboard)
    {
        var now = TimeProvider.System.GetUtcNow();
        return dashboard.Get<OutboxQueue>().AddAsync(
            new OutboxMessage
            {
                Kind = "listed", Recipient = "ops@example.test", Subject = "Grüße aus Köln", TextBody = "x", HtmlBody = "<p>x</p>",
                MessageId = OutgoingMime.NewMessageId("dash.example"), CreatedAt = now, NextAttemptAt = now,
            },
            Token);
    }

    private static Task WaitAsync(TestDashboard dashboard, Func<OutboxMessage, bool> condition) => Eventually.TrueAsync(
        "the outbox shows it",
        async _ => condition(await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token))),
        cancellationToken: Token);
}
