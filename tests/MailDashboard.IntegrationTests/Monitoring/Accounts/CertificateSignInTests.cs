using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>A Postfix that knows us by a certificate (<c>permit_tls_clientcerts</c>), and the program as a process of its own, which trusts its authority.</summary>
public sealed class CertificateSignInTests(SharedPostgres postgres) : AccountTest(postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outbox_WithTheCertificateThatTheServerKnows_Delivers(bool isKnown)
    {
        using var authority = new TestCertificates();
        using var folder = new ServerFolder("certificate");
        var (ours, print) = Ours();
        await using var postfix = await PostfixServer.StartAsync(
            new PostfixSettings
            {
                Certificate = authority.Issue("localhost"),
                Parameters = new Dictionary<string, string>
                {
                    ["smtpd_tls_ask_ccert"] = "yes",
                    ["smtpd_tls_fingerprint_digest"] = "sha256",
                    ["relay_clientcerts"] = $"inline:{{ {(isKnown ? print : "00:11")}=ours }}",
                    ["smtpd_recipient_restrictions"] = "permit_tls_clientcerts, reject",
                    ["smtpd_relay_restrictions"] = "permit_tls_clientcerts, reject",
                },
            },
            Token);
        await using var dashboard = await TestDashboard.StartAsync(null, folder, TimeProvider.System);
        var id = await SaveAsync(dashboard, new ProfileDraft
        {
            Host = "localhost", Port = postfix.EndPoint.Port, SignInKind = SignInKind.Certificate, Certificate = ours, CertificatePassword = "of the file", SenderAddress = "a@example.test",
        });
        Assert.Equal("dashboard.example.test", (await dashboard.Get<ProfileStore>().FindAsync(id, Token))!.SignIn.CertificateName);
        await QueueAsync(dashboard);

        File.WriteAllText(folder["authority.pem"], authority.AuthorityPem);
        await using var child = ChildDashboard.Start(folder, null, LoopbackPorts.Free().ToString(), folder["authority.pem"]);

        await Eventually.TrueAsync("the message was tried", async ct => await dashboard.ReadAsync(db => db.Outbox.AnyAsync(m => m.Attempts > 0, ct)), cancellationToken: Token);
        var message = await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token));
        Assert.Equal(isKnown, message.SentAt is not null);
        if (isKnown)
        {
            // Postfix accepts before it delivers: what was sent may be in the mailbox a moment later.
            Assert.Contains("ESMTPS", (await postfix.Mailbox.WaitForAsync(1, cancellationToken: Token))[0].Headers["Received"], StringComparison.Ordinal);
            await Eventually.TrueAsync("a look has worked", async ct => await dashboard.ReadAsync(db => db.SmtpProfiles.AnyAsync(p => p.WorkedAt != null && p.ServerCertificateEndsAt != null, ct)), cancellationToken: Token);
        }
        else
        {
            Assert.Equal(0, postfix.Mailbox.Count);
            Assert.StartsWith("Recipient: 554", message.LastError, StringComparison.Ordinal);
        }
    }

    /// <summary>For a client, in a file with a password.</summary>
    private static (byte[] File, string Print) Ours()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dashboard.example.test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(200));
        return (certificate.Export(X509ContentType.Pkcs12, "of the file"), string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static async Task QueueAsync(TestDashboard dashboard)
    {
        var (now, channel) = (TimeProvider.System.GetUtcNow(), await dashboard.ReadAsync(db => db.NotificationChannels.Select(c => c.Id).FirstAsync(Token)));
        await dashboard.Get<OutboxQueue>().AddAsync(
            new OutboxMessage
            {
                Kind = "opened", ChannelId = channel, Recipient = "ops@example.test", Subject = "s", TextBody = "t", HtmlBody = "<p>t</p>",
                MessageId = MailDashboard.Mail.Sending.OutgoingMime.NewMessageId("dash.example"), CreatedAt = now, NextAttemptAt = now,
            },
            Token);
    }
}
