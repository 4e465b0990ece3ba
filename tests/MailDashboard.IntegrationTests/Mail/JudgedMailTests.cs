using System.Text;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Filters;
using MimeKit;
using MimeKit.Cryptography;

namespace MailDashboard.IntegrationTests.Mail;

/// <summary>Real mail: each fault costs alone and is named alone.</summary>
public sealed class JudgedMailTests(JudgedMail mail) : IClassFixture<JudgedMail>
{
    private static readonly string[] Signed = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedByOpenDkimAndRelayedByPostfix_IsTenOfTen()
    {
        var verdict = await mail.JudgeAsync(await mail.RelayAsync(Message(), Token), Token);

        Assert.Equal("", string.Join(", ", verdict.Marks.Select(m => $"{m.Code} {string.Join('|', m.Evidence.Select(e => e.Value))}")));
        Assert.Equal(10m, verdict.Score);
        Assert.Empty(verdict.Undetermined);
        Assert.Superset(new HashSet<string> { "spf", "dkim", "dmarc", "helo", "ptr", "tls", "notListed", "form", "text" }, verdict.Fine.Select(f => f.Key).ToHashSet());
    }

    [Fact]
    public async Task SpfFails_CostsAlone()
    {
        await mail.SetGoodAsync("v=spf1 ip4:192.0.2.1 -all");
        try
        {
            Assert.Equal("MSG010:2", await CostsAsync(await mail.RelayAsync(Message(), Token)));
        }
        finally
        {
            await mail.SetGoodAsync();
        }
    }

    [Fact]
    public async Task NoReverseName_CostsAlone()
    {
        await mail.SetReverseAsync(hasSender: false);
        try
        {
            Assert.Equal("MSG062:1.5", await CostsAsync(await mail.RelayAsync(Message(), Token)));
        }
        finally
        {
            await mail.SetReverseAsync(hasSender: true);
        }
    }

    [Fact]
    public async Task Listed_CostsAlone()
    {
        await mail.Lists.ListAsync(JudgedMail.Zen, JudgedMail.SenderAddress, "127.0.0.4", cancellationToken: Token);
        try
        {
            Assert.Equal("MSG070:3", await CostsAsync(await mail.RelayAsync(Message(), Token)));
        }
        finally
        {
            await mail.Lists.DelistAsync(JudgedMail.Zen, JudgedMail.SenderAddress, Token);
        }
    }

    [Theory]
    [InlineData("on Monday.", "on Friday.", "MSG021:2")]
    [InlineData("Subject: Minutes", "Subject: Notes", "MSG022:2")]
    public async Task ChangedAfterSigning_CostsDkimAlone(string before, string after, string costs)
    {
        var arrived = Encoding.UTF8.GetString(await mail.RelayAsync(Message(), Token));

        Assert.Equal(costs, await CostsAsync(Encoding.UTF8.GetBytes(arrived.Replace(before, after, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task FromOfAnotherDomain_CostsDmarcAlone()
    {
        var message = Message("anna@other.example");
        message.Prepare(EncodingConstraint.SevenBit);
        new DkimSigner(mail.Key, "good.example", "s1", DkimSignatureAlgorithm.RsaSha256) { HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed, BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed }.Sign(message, Signed);

        Assert.Equal("MSG040:3", await CostsAsync(await mail.DeliverAsync(message, JudgedMail.SenderAddress, "mx.good.example", Token)));
    }

    [Fact]
    public async Task BulkWithoutOneClick_CostsAlone()
    {
        var message = Message();
        message.Headers.Add("Precedence", "bulk");
        message.Headers.Add("List-Unsubscribe", "<https://www.good.example/u>");

        Assert.Equal("MSG081:1", await CostsAsync(await mail.RelayAsync(message, Token)));
    }

    [Fact]
    public async Task ForwardedWithArc_IsExplainedAndCostsNothing()
    {
        var original = await mail.RelayAsync(Message(), Token);
        using var stream = new MemoryStream(original);
        var forwarded = await MimeMessage.LoadAsync(stream, Token);
        forwarded.Headers.RemoveAll("Return-Path");
        forwarded.BodyParts.OfType<TextPart>().First().Text += "\n-- \nA footer of the list\n";
        await new Sealer(mail.ForwarderKey).SignAsync(forwarded, Signed, Token);

        var verdict = await mail.JudgeAsync(await mail.DeliverAsync(forwarded, JudgedMail.ForwarderAddress, "out.forward.example", Token), Token);

        Assert.Equal("", Costs(verdict));
        Assert.Equal(["MSG051", "MSG051", "MSG051"], verdict.Marks.Select(m => m.Code));
        Assert.Contains(verdict.Fine, f => f is { Key: "arc", Value: "forward.example" });
    }

    [Fact]
    public async Task Filters_SayTheirRules_AndGtubeCosts()
    {
        await using var spamd = await SpamdServer.StartAsync(Token);
        await using var rspamd = await RspamdServer.StartAsync(mail.DnsServer, cancellationToken: Token);
        var connector = new TcpConnector(AddressGuard.AllowAll, TcpConnector.DefaultTimeout, TimeProvider.System);
        var dns = new WireResolver([mail.DnsServer], new DnsWireOptions(), TimeProvider.System);
        IMessageFilter[] filters =
        [
            new SpamdFilter(spamd.EndPoint.Address.ToString(), spamd.EndPoint.Port, dns, connector, TimeProvider.System),
            new RspamdFilter(rspamd.Address, null, dns, new HttpProbe(connector, new CertificateInspector(TimeProvider.System), TimeProvider.System)),
        ];

        var ham = await mail.JudgeAsync(await mail.RelayAsync(Message(), Token), Token, filters);
        var spam = await mail.JudgeAsync(await mail.RelayAsync(Message(text: "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"), Token), Token, filters);

        Assert.Equal("", Costs(ham));
        Assert.All(ham.Filters, f => Assert.True(f.WhyNot is null && !f.Rules.IsEmpty, f.WhyNot?.ToString()));
        Assert.Equal("MSG150:3", Costs(spam));
        Assert.Contains(spam.Filters[0].Rules, r => r is { Name: "GTUBE", Points: 1000m });
    }

    [Fact]
    public async Task Filters_Closed_CostNothing()
    {
        var connector = new TcpConnector(AddressGuard.PublicOnly, TcpConnector.DefaultTimeout, TimeProvider.System);
        var dns = new WireResolver([mail.DnsServer], new DnsWireOptions(), TimeProvider.System);

        var verdict = await mail.JudgeAsync(await mail.RelayAsync(Message(), Token), Token, new SpamdFilter("127.0.0.1", 783, dns, connector, TimeProvider.System));

        Assert.Equal(10m, verdict.Score);
        Assert.Contains(verdict.Undetermined, u => u.Reason.Key == "FilterUnreachable");
    }

    private async Task<string> CostsAsync(byte[] message) => Costs(await mail.JudgeAsync(message, Token));

    private static string Costs(MessageVerdict verdict) => string.Join(' ', verdict.Marks.Where(m => m.Costs).Select(m => FormattableString.Invariant($"{m.Code}:{m.Points}")));

    private static MimeMessage Message(string from = "anna@good.example", string text = "")
    {
        var message = new MimeMessage { Subject = "Minutes of the meeting", MessageId = $"{Guid.NewGuid():N}@good.example", Date = TimeProvider.System.GetUtcNow() };
        message.From.Add(new MailboxAddress("Anna", from));
        message.To.Add(new MailboxAddress("", "test@mailbox.example"));
        message.Body = new MultipartAlternative
        {
            new TextPart("plain") { Text = $"Dear colleagues, here are the minutes of our meeting on Monday.\n{text}\n" },
            new TextPart("html") { Text = $"<p>Dear colleagues, here are the <a href=\"https://www.good.example/m\">minutes</a> of our meeting on Monday.</p>\n{text}\n" },
        };
        return message;
    }

    private sealed class Sealer(Org.BouncyCastle.Crypto.AsymmetricKeyParameter key) : ArcSigner(key, "forward.example", "arc", DkimSignatureAlgorithm.RsaSha256)
    {
        protected override AuthenticationResults GenerateArcAuthenticationResults(FormatOptions options, MimeMessage message, CancellationToken cancellationToken)
        {
            var results = new AuthenticationResults("forward.example");
            foreach (var method in new[] { "spf", "dkim", "dmarc" })
            {
                results.Results.Add(new AuthenticationMethodResult(method, "pass"));
            }

            return results;
        }

        protected override Task<AuthenticationResults> GenerateArcAuthenticationResultsAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(GenerateArcAuthenticationResults(options, message, cancellationToken));
    }
}
