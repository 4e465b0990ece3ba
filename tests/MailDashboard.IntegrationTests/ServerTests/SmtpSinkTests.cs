using MailDashboard.IntegrationTests.Servers.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailDashboard.IntegrationTests.ServerTests;

public sealed class SmtpSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sink_DropsBetweenDataAndItsAnswer_ClientFailsAndTheMessageIsThere()
    {
        await using var sink = SmtpSink.Start();
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.EndOfData ? SmtpMove.Drop : SmtpMove.Usual);

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(sink, SecureSocketOptions.None));

        Assert.Equal("one@sender.example", Assert.Single(sink.Received).MessageId);
    }

    [Fact]
    public async Task Sink_SaysOtherwise_ClientSeesTheReply()
    {
        await using var sink = SmtpSink.Start();
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.Recipient ? SmtpMove.Say("450 4.7.1 greylisted") : SmtpMove.Usual);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(sink, SecureSocketOptions.None));

        Assert.Equal(SmtpStatusCode.MailboxBusy, refused.StatusCode);
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task Sink_OverTls_TakesTheMessage()
    {
        using var certificates = new TestCertificates();
        await using var sink = SmtpSink.Start(certificates.Issue("sink.test"));

        await SendAsync(sink, SecureSocketOptions.StartTls, certificates);

        Assert.Equal(".dot", Assert.Single(sink.Received).TextBody?.TrimEnd());
    }

    private static async Task SendAsync(SmtpSink sink, SecureSocketOptions security, TestCertificates? certificates = null)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 leaf && certificates?.Issued(leaf) == true;
        await client.ConnectAsync("127.0.0.1", sink.EndPoint.Port, security, Token);
        var message = new MimeMessage { MessageId = "one@sender.example", Body = new TextPart("plain") { Text = ".dot\r\n" } };
        message.From.Add(new MailboxAddress("", "dashboard@sender.example"));
        message.To.Add(new MailboxAddress("", "admin@other.example"));
        await client.SendAsync(message, Token);
        await client.DisconnectAsync(true, Token);
    }
}
