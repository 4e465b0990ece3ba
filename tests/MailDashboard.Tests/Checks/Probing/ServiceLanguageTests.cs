using System.Collections.Immutable;
using System.Text;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Checks.Probing;

public class ServiceLanguageTests
{
    [Theory]
    [InlineData(ClientProtocol.Submission, "250-mail.example\n250-STARTTLS\n250-AUTH PLAIN LOGIN\n250 AUTH=PLAIN LOGIN", "AUTH PLAIN, AUTH LOGIN", true)]
    [InlineData(ClientProtocol.Submission, "250-AUTH PLAIN\n250 SIZE 1000", "", false)]
    [InlineData(ClientProtocol.Submission, "250-mail.example\n250-starttls\n250 auth plain xoauth2", "AUTH PLAIN, AUTH XOAUTH2", true)]
    [InlineData(ClientProtocol.Submission, "250 mail.example", "", false)]
    [InlineData(ClientProtocol.Imap, "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\na1 OK done", "", true)]
    [InlineData(ClientProtocol.Imap, "* CAPABILITY IMAP4rev1 STARTTLS\na1 OK done", "LOGIN", true)]
    [InlineData(ClientProtocol.Imap, "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=SCRAM-SHA-256 LOGINDISABLED\na1 OK done", "AUTH=PLAIN, AUTH=SCRAM-SHA-256", false)]
    [InlineData(ClientProtocol.Imap, "* 3 EXISTS\n* capability imap4rev1 auth=plain\na1 ok", "AUTH=PLAIN, LOGIN", false)]
    [InlineData(ClientProtocol.Pop3, "+OK\nTOP\nSTLS\nSASL PLAIN LOGIN\nUSER\n.", "SASL PLAIN, SASL LOGIN, USER", true)]
    [InlineData(ClientProtocol.Pop3, "+OK\nSTLS\nSASL\n.", "", true)]
    [InlineData(ClientProtocol.Pop3, "+OK\n.", "", false)]
    public void Offer_OfWhatServersSay_IsRead(ClientProtocol protocol, string reply, string logIns, bool startTls)
    {
        var offer = ServiceLanguage.Of(protocol).Offer([], [.. reply.Split('\n')], isEncrypted: false)!;

        Assert.Equal(logIns, string.Join(", ", offer.LogIns(protocol)));
        Assert.Equal((true, startTls, logIns.Length > 0), (offer.IsTold, offer.HasStartTls, offer.HasLogIn));
    }

    [Theory]
    [InlineData("+OK <1896.697170952@dbc.mtview.ca.us>", true)]
    [InlineData("+OK ready <here>", false)]
    [InlineData("+OK @ready <>", false)]
    public void Offer_TimestampInTheGreeting_IsApop(string greeting, bool apop) =>
        Assert.Equal(apop, ServiceLanguage.Of(ClientProtocol.Pop3).Offer([greeting], ["+OK", "."], isEncrypted: false)!.HasApop);

    [Fact]
    public void Offer_UserBesideAnEmptyListOfMechanisms_IsNoneUntilTls()
    {
        var language = ServiceLanguage.Of(ClientProtocol.Pop3);

        Assert.False(language.Offer(["+OK <1.2@x>"], ["+OK", "STLS", "USER", "SASL", "."], isEncrypted: false)!.HasLogIn);
        Assert.True(language.Offer(["+OK <1.2@x>"], ["+OK", "USER", "SASL", "."], isEncrypted: true)!.HasPasswordCommand);
    }

    [Fact]
    public void Offer_WithoutCapa_TellsNothing()
    {
        var offer = ServiceLanguage.Of(ClientProtocol.Pop3).Offer(["+OK"], ["-ERR what?"], isEncrypted: false)!;

        Assert.Equal((false, false, false), (offer.IsTold, offer.HasLogIn, offer.HasStartTls));
    }

    [Theory]
    [InlineData(ClientProtocol.Submission, "502 no")]
    [InlineData(ClientProtocol.Imap, "a1 BAD what")]
    [InlineData(ClientProtocol.Imap, "a1")]
    public void Offer_Refused_IsNone(ClientProtocol protocol, string reply) => Assert.Null(ServiceLanguage.Of(protocol).Offer([], [reply], isEncrypted: false));

    [Theory]
    [InlineData(ClientProtocol.Submission, "220 hi", true, false)]
    [InlineData(ClientProtocol.Submission, "SSH-2.0-x", false, true)]
    [InlineData(ClientProtocol.Imap, "* OK hi", true, false)]
    [InlineData(ClientProtocol.Imap, "* BYE too many", true, false)]
    [InlineData(ClientProtocol.Imap, "+OK hi", false, true)]
    [InlineData(ClientProtocol.Pop3, "+OK hi", true, false)]
    [InlineData(ClientProtocol.Pop3, "-ERR no", true, false)]
    [InlineData(ClientProtocol.Pop3, "220 hi", false, true)]
    public void GreetingKind_KnowsItsOwn(ClientProtocol protocol, string line, bool last, bool foreign) =>
        Assert.Equal(last ? LineKind.Last : foreign ? LineKind.Foreign : LineKind.More, ServiceLanguage.Of(protocol).GreetingKind(0, line));

    [Theory]
    [InlineData(ClientProtocol.Submission, "220 hi", ReplyTone.Yes)]
    [InlineData(ClientProtocol.Submission, "250 hi", ReplyTone.No)]
    [InlineData(ClientProtocol.Submission, "421 later", ReplyTone.NotNow)]
    [InlineData(ClientProtocol.Submission, "554 never", ReplyTone.No)]
    [InlineData(ClientProtocol.Imap, "* PREAUTH you are in", ReplyTone.NotNow)]
    [InlineData(ClientProtocol.Imap, "* BYE", ReplyTone.NotNow)]
    [InlineData(ClientProtocol.Pop3, "-ERR", ReplyTone.NotNow)]
    internal void GreetingTone_SaysWhetherWeAreWelcome(ClientProtocol protocol, string line, ReplyTone tone) =>
        Assert.Equal(tone, ServiceLanguage.Of(protocol).GreetingTone([line]));

    [Theory]
    [InlineData("PLAIN", true, true, false)]
    [InlineData("LOGIN", true, true, false)]
    [InlineData("XOAUTH2", true, false, true)]
    [InlineData("OAUTHBEARER", true, false, true)]
    [InlineData("CRAM-MD5", false, true, false)]
    [InlineData("SCRAM-SHA-256-PLUS", false, true, false)]
    [InlineData("GSSAPI", false, false, false)]
    [InlineData("EXTERNAL", false, false, false)]
    public void Mechanisms_AreKnown(string name, bool secret, bool password, bool token) =>
        Assert.Equal((secret, password, token), (SaslMechanisms.SendsSecret(name), SaslMechanisms.IsPassword(name), SaslMechanisms.IsToken(name)));

    [Fact]
    public void MutatedReplies_OfEveryLanguage_AreReadBoundedAndWithoutAnException()
    {
        string[] seeds =
        [
            "250-mail.example\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250 AUTH=PLAIN", "* CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED STARTTLS\r\na1 OK done",
            "+OK <1.2@x>\r\nSTLS\r\nSASL PLAIN CRAM-MD5\r\nUSER\r\n.", "* OK [CAPABILITY IMAP4rev1] hi", "220 hi", "-ERR [SYS/TEMP] no",
        ];
        var random = new Random(20260601);
        foreach (var protocol in Enum.GetValues<ClientProtocol>())
        {
            var language = ServiceLanguage.Of(protocol);
            for (var i = 0; i < 4000; i++)
            {
                var lines = Mutate(seeds[random.Next(seeds.Length)], random).Split("\r\n").Select(ConversationLog.Clean).ToImmutableArray();
                for (var n = 0; n < lines.Length; n++)
                {
                    _ = language.GreetingKind(n, lines[n]);
                    _ = language.ReplyKind(language.AskCapabilities("x"), n, lines[n]);
                }

                _ = language.GreetingTone(lines);
                _ = language.Tone(lines);
                if (language.Offer(lines, lines, random.Next(2) == 0) is { } offer)
                {
                    Assert.InRange(offer.Mechanisms.Length, 0, SaslMechanisms.Limit);
                    Assert.All(offer.Mechanisms, m => Assert.Matches("^[A-Z0-9_-]{1,32}$", m));
                }
            }
        }
    }

    private static string Mutate(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0 when at < text.Length:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, (char)random.Next(256));
                    break;
                case 2:
                    text.Insert(at, seed[random.Next(seed.Length)..]);
                    break;
                default:
                    text.Insert(at, new string((char)random.Next(32, 127), random.Next(2000)));
                    break;
            }
        }

        return text.ToString();
    }
}
