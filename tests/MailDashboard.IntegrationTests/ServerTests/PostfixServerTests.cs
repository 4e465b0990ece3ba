using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailDashboard.IntegrationTests.ServerTests;

public sealed class PostfixServerTests : IDisposable
{
    private readonly TestCertificates certificates = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => certificates.Dispose();

    [Fact]
    public async Task Exchanger_MessageOverStartTls_LiesInTheMailbox()
    {
        await using var postfix = await PostfixServer.StartAsync(
            new() { EndPoint = Servers.LoopbackPorts.Free(IPAddress.Parse("127.0.1.10")), HostName = "mx.good.example", Certificate = certificates.Issue("mx.good.example") },
            Token);

        var presented = await SendAsync(postfix, SecureSocketOptions.StartTls, null);

        Assert.Contains("mx.good.example", presented, StringComparison.Ordinal);
        var message = Assert.Single(await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
        Assert.Equal("Größe", message.Subject);
    }

    [Fact]
    public async Task Recipient_LoginDemanded_TakesMailWithTheRightPasswordOnly()
    {
        await using var postfix = await PostfixServer.StartAsync(
            new() { Certificate = certificates.Issue("smtp.test"), Login = new NetworkCredential("dashboard", "s3cret é") }, Token);

        await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(postfix, SecureSocketOptions.StartTls, null));
        await Assert.ThrowsAsync<AuthenticationException>(
            () => SendAsync(postfix, SecureSocketOptions.StartTls, new NetworkCredential("dashboard", "wrong")));
        await SendAsync(postfix, SecureSocketOptions.StartTls, new NetworkCredential("dashboard", "s3cret é"));

        Assert.Single(await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
    }

    [Fact]
    public async Task Recipient_ImplicitTls_TakesMail()
    {
        await using var postfix = await PostfixServer.StartAsync(new() { Certificate = certificates.Issue("smtp.test"), ImplicitTls = true }, Token);

        await SendAsync(postfix, SecureSocketOptions.SslOnConnect, null);

        Assert.Single(await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
    }

    [Fact]
    public async Task Exchanger_OtherDomain_IsRefused()
    {
        await using var postfix = await PostfixServer.StartAsync(
            new() { Domains = ["good.example"] }, Token);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(postfix, SecureSocketOptions.None, null));

        Assert.Equal(SmtpErrorCode.RecipientNotAccepted, refused.ErrorCode);
    }

    private async Task<string> SendAsync(PostfixServer postfix, SecureSocketOptions security, NetworkCredential? login)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        var presented = "";
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
        {
            presented = certificate?.Subject ?? "";
            return certificate is X509Certificate2 leaf && certificates.Issued(leaf);
        };
        await client.ConnectAsync(postfix.EndPoint.Address.ToString(), postfix.EndPoint.Port, security, Token);
        if (login is not null)
        {
            await client.AuthenticateAsync(login, Token);
        }

        var message = new MimeMessage { Subject = "Größe", Body = new TextPart("plain") { Text = "Bonjour" } };
        message.From.Add(new MailboxAddress("", "dashboard@sender.example"));
        message.To.Add(new MailboxAddress("", "admin@other.example"));
        await client.SendAsync(message, Token);
        await client.DisconnectAsync(true, Token);
        return presented;
    }
}
