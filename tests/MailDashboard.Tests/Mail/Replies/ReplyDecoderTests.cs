using MailDashboard.Mail.Replies;

namespace MailDashboard.Tests.Mail.Replies;

public class ReplyDecoderTests
{
    [Theory]
    [InlineData("550 5.7.1 Message refused", 550, "5.7.1")]
    [InlineData("550-5.7.26 This mail is unauthenticated\r\n550-5.7.26 and more\r\n550 5.7.26 bye - gsmtp", 550, "5.7.26")]
    [InlineData("421 Too busy", 421, null)]
    [InlineData("250 2.1.5 OK", 250, "2.1.5")]
    [InlineData("<-- 450 4.2.1 slow down", 450, "4.2.1")]
    [InlineData("421, \"4.7.0\", Try again later, closing connection.", 421, "4.7.0")]
    [InlineData("Nov 24 10:11:12 mx postfix/smtp[250]: 4F1A: to=<a@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=450, delays=0.1/0/2/0.3, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.1] said: 550 5.1.1 <a@example.org>: Recipient address rejected (in reply to RCPT TO command))", 550, "5.1.1")]
    [InlineData("2026-11-24 10:11:12 1abc ** a@example.org R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO:<a@example.org>: 550 relay not permitted", 550, null)]
    [InlineData("Remote Server returned '550 5.7.515 Access denied, sending domain EXAMPLE.ORG does not meet the required authentication level'", 550, "5.7.515")]
    [InlineData("Remote Server returned '<mx.example.org #5.1.1 smtp; 550 5.1.1 user unknown>'", 550, "5.1.1")]
    [InlineData("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.2.2\nRemote-MTA: dns; mx.example.org\nDiagnostic-Code: smtp; 552 Mailbox\n    full", 552, "5.2.2")]
    [InlineData("Status: 4.4.7", null, "4.4.7")]
    [InlineData("#5.7.1", null, "5.7.1")]
    [InlineData("5.7.26 unauthenticated", null, "5.7.26")]
    public void Explain_Text_FindsTheReply(string text, int? code, string? enhanced)
    {
        var reply = Explained(text).Reply;

        Assert.Equal((code, enhanced), (reply.Code, reply.Enhanced?.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("It took 450 ms to answer")]
    [InlineData("mx.example.org [192.0.2.250] port 587")]
    [InlineData("delay=450, size=552")]
    [InlineData("600 5 people")]
    [InlineData("560 nothing of RFC 5321")]
    [InlineData("2026-11-24")]
    [InlineData("v=spf1 ip4:192.0.2.250 -all")]
    [InlineData("5.7.1.2 is no code")]
    public void Explain_NoReply_IsNull(string text) => Assert.Null(ReplyDecoder.Explain(text, "en"));

    [Theory]
    [InlineData("550-5.7.27 Your email has been blocked because the sender is unauthenticated - gsmtp", "Gmail", "SPF", "spf")]
    [InlineData("421-4.7.30 rate limited because DKIM does not pass - gsmtp", "Gmail", "DKIM", "dkim")]
    [InlineData("550 5.7.29 not encrypted - gsmtp", "Gmail", "TLS", "starttls")]
    [InlineData("550 5.7.40 no DMARC - gsmtp", "Gmail", "DMARC record", "dmarc")]
    [InlineData("550 5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy - gsmtp", "Gmail", "DMARC policy", "dmarc")]
    [InlineData("550-5.7.1 [192.0.2.1] The IP you're using does not have a PTR 550 5.7.25 x - gsmtp", "Gmail", "refuses", "blocklists")]
    [InlineData("550 5.7.515 Access denied [AM0.eurprd05.prod.outlook.com]", "Microsoft", "SPF, DKIM and DMARC", "dmarc")]
    [InlineData("550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3140). [x.protection.outlook.com]", "Microsoft", "blocked your address", "blocklists")]
    [InlineData("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred - see https://senders.yahooinc.com/smtp-error-codes", "Yahoo", "defers", "blocklists")]
    [InlineData("553 5.7.2 [TSS09] All messages from 192.0.2.1 will be permanently deferred", "Yahoo", "for good", "blocklists")]
    [InlineData("421 mwinf5c77 ME Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR_999 [999]", "Orange", "two hours", "blocklists")]
    [InlineData("421 mwinf5c79 ME Trop de connexions. OFR005_104 [104]", "Orange", "connections", "reverse-dns")]
    [InlineData("450 4.1.8 Emetteur invalide. Invalid Sender. LPN007_405", "La Poste", "cannot receive", "mx")]
    [InlineData("571 5.7.1 Message refused, DMARC verification Failed. LPN007_517", "La Poste", "DMARC", "dmarc")]
    [InlineData("450 4.7.1 Service refused SFR_IN_103", "SFR", "protocol errors", null)]
    [InlineData("554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137", "Apple", "local policy", "blocklists")]
    public void Explain_Provider_IsAskedFirst(string text, string provider, string meaning, string? check)
    {
        var explanation = Explained(text);

        Assert.Equal(provider, explanation.Provider);
        Assert.Contains(meaning, explanation.Meaning, StringComparison.Ordinal);
        Assert.True(explanation.IsProvidersOwn);
        Assert.All(check is null ? [] : new[] { check }, c => Assert.Contains(c, explanation.Checks));
    }

    [Fact]
    public void Explain_SameCodeElsewhere_MeansWhatTheRegistrySays()
    {
        var registry = Explained("550 5.7.27 refused");

        Assert.Null(registry.Provider);
        Assert.Contains("null MX", registry.Meaning, StringComparison.Ordinal);
        Assert.Equal("RFC 7505 §4.2", registry.Source);
    }

    [Fact]
    public void Explain_ProviderInTheHostNamesOfTheLog_IsRecognised()
    {
        var explanation = Explained("relay=gmail-smtp-in.l.google.com[192.0.2.1]:25, status=bounced (host gmail-smtp-in.l.google.com said: 550-5.7.27 blocked (in reply to end of DATA command))");

        Assert.Equal("Gmail", explanation.Provider);
        Assert.Contains("SPF", explanation.Meaning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "blocklists")]
    [InlineData("450 4.7.1 Client host rejected: cannot find your reverse hostname", "reverse-dns")]
    [InlineData("554 5.7.1 <a@example.org>: Relay access denied", "mx")]
    public void Explain_WordsOfManyServers_AreUnderstood(string text, string check) => Assert.Contains(check, Explained(text).Checks);

    [Theory]
    [InlineData("550 5.1.1 x", ReplyClass.Permanent)]
    [InlineData("450 4.1.1 x", ReplyClass.Temporary)]
    [InlineData("250 OK", ReplyClass.Accepted)]
    [InlineData("550 4.7.1 x", ReplyClass.Permanent)]
    [InlineData("4.7.1", ReplyClass.Temporary)]
    public void Explain_Class_IsTheReplyCodes(string text, ReplyClass expected) => Assert.Equal(expected, Explained(text).Class);

    [Fact]
    public void Explain_ContradictingCodes_AreSaid() => Assert.True(Explained("550 4.7.1 x").Reply.IsContradictory);

    [Fact]
    public void Explain_JoinedLines_AreReadOnce()
    {
        var text = Explained("said: 550-5.7.26 one 550-5.7.26 two 550 5.7.26 three").Reply.Text;

        Assert.Equal("one two three", text);
    }

    [Fact]
    public void Explain_French_IsFrench()
    {
        var explanation = ReplyDecoder.Explain("550 5.1.1 user unknown", "fr")!;

        Assert.Contains("n’existe pas", explanation.Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_ControlCharacters_AreGone() => Assert.DoesNotContain(Explained("550 5.7.1 a\u001b[31m\u202Eb\0").Reply.Text, char.IsControl);

    private static ReplyExplanation Explained(string text) => ReplyDecoder.Explain(text, "en") ?? throw new Xunit.Sdk.XunitException("No reply found.");
}
