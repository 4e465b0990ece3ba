using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Guides;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailDashboard.IntegrationTests.Mail.Guides;

/// <summary>What the guide says is typed on real servers, and does what its sentence promises.</summary>
public sealed class LimitGuideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postfix_TheClientsLimit_PutsOffTheMessageAfterTheLast()
    {
        await using var postfix = await PostfixServer.StartAsync(new(), Token);
        await TypeAsync(postfix, LimitGuide.For(MailServer.Postfix, perMinute: 3, perDay: 200), $"{postfix.EndPoint}/inet");
        using var client = await ConnectAsync(postfix.EndPoint.Port);

        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync(Message($"a{i}.example"), Token);
        }

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Message("b.example"), Token));
        Assert.Equal(450, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Postfix_ThePause_HoldsForAllDestinationsTogether()
    {
        await using var sink = SmtpSink.Start();
        var arrivals = new List<DateTimeOffset>();
        sink.Behaviour = (stage, _) =>
        {
            if (stage == SmtpStage.EndOfData)
            {
                arrivals.Add(TimeProvider.System.GetUtcNow());
            }

            return Task.FromResult(SmtpMove.Usual);
        };
        await using var postfix = await PostfixServer.StartAsync(
            new()
            {
                Domains = [],
                Parameters = new Dictionary<string, string> { ["default_transport"] = $"smtp:[127.0.0.1]:{sink.EndPoint.Port}", ["smtpd_relay_restrictions"] = "permit_mynetworks, reject" },
            },
            Token);
        await TypeAsync(postfix, LimitGuide.For(MailServer.Postfix, perMinute: 30, perDay: 200), $"{postfix.EndPoint}/inet");
        using var client = await ConnectAsync(postfix.EndPoint.Port);
        foreach (var domain in new[] { "a.example", "b.example", "c.example" })
        {
            await client.SendAsync(Message(domain), Token);
        }

        await Eventually.TrueAsync("all three have left", () => arrivals.Count == 3, cancellationToken: Token);
        Assert.All(arrivals.Skip(1).Zip(arrivals), pair => Assert.True(pair.First - pair.Second > TimeSpan.FromSeconds(1.5), $"{pair}"));
    }

    [Fact]
    public async Task Exim_TheLimit_CountsAllRecipientsAndLetsOwnMailPast()
    {
        var rules = LimitGuide.For(MailServer.Exim, perMinute: 3, perDay: 200).Steps[0].Text;
        await using var exim = await EximServer.StartAsync(new() { Main = "domainlist local_domains = own.example\ndomainlist relay_to_domains =", RecipientRules = rules }, Token);

        // As many as are allowed at once pass; the next is put off, whoever it is for, and what comes in is not.
        using var client = await ConnectAsync(exim.EndPoint.Port);
        var said = new List<string>();
        foreach (var recipient in new[] { "a.example", "b.example", "c.example", "d.example", "own.example", "own.example" })
        {
            said.Add(await RecipientAsync(client, recipient));
        }

        Assert.Equal(["250", "250", "250", "451", "250", "250"], said);
    }

    /// <summary>The lines of a guide, on a server whose folder is not the usual one; then it is reloaded, as they say.</summary>
    private static async Task TypeAsync(PostfixServer postfix, Guide guide, string service)
    {
        var typed = string.Join('\n', guide.Steps.Select(s => s.Text))
            .Replace("/etc/postfix", postfix.Configuration, StringComparison.Ordinal)
            .Replace("postconf -", $"postconf -c {postfix.Configuration} -", StringComparison.Ordinal)
            .Replace("postmap ", $"postmap -c {postfix.Configuration} ", StringComparison.Ordinal)
            .Replace("systemctl reload postfix", "true", StringComparison.Ordinal)
            .Replace("submission/inet", service, StringComparison.Ordinal);
        await Shell.RunAsync(["bash", "-euc", typed], Token);

        // A name that nothing reads is warned of.
        var all = await Shell.TryRunAsync(["postconf", "-c", postfix.Configuration, "-n"], cancellationToken: Token);
        Assert.DoesNotContain("unused parameter", all.All, StringComparison.Ordinal);
        await Shell.RunAsync(["postfix", "-c", postfix.Configuration, "reload"], Token);
        await Eventually.TrueAsync("it was reloaded", () => postfix.Output.Contains("reload -- version", StringComparison.Ordinal), cancellationToken: Token);
    }

    private static async Task<SmtpClient> ConnectAsync(int port)
    {
        var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None, Token);
        return client;
    }

    private static async Task<string> RecipientAsync(SmtpClient client, string domain)
    {
        try
        {
            await client.SendAsync(MimeKit.FormatOptions.Default, Message(domain), MailboxAddress.Parse("shop@own.example"), [MailboxAddress.Parse($"x@{domain}")], Token);
            return "250";
        }
        catch (SmtpCommandException e)
        {
            return ((int)e.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static MimeMessage Message(string domain) => new()
    {
        From = { MailboxAddress.Parse("shop@own.example") },
        To = { MailboxAddress.Parse($"x@{domain}") },
        Subject = "Hello",
        Body = new TextPart("plain") { Text = "Hello" },
    };
}
