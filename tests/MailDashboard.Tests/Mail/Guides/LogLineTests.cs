using MailDashboard.Mail.Guides;

namespace MailDashboard.Tests.Mail.Guides;

public sealed class LogLineTests
{
    [Theory]
    [InlineData(
        "Nov 27 10:12:13 mx1 postfix/smtp[2211]: 4F1C2A0B3D: to=<jane@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=0.9, delays=0.1/0/0.4/0.4, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 9A8B)",
        MailServer.Postfix, LogFate.Delivered, "4F1C2A0B3D", "jane@example.net", "250 2.0.0 Ok: queued as 9A8B")]
    [InlineData(
        "2026-11-27T10:12:13.123456+01:00 mx1 postfix-out/smtp[2211]: 4b2XyZ1abcz9: to=<a@example.net>, orig_to=<b@example.org>, relay=none, delay=30, delays=0.1/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.net[192.0.2.7]:25: Connection timed out)",
        MailServer.Postfix, LogFate.Deferred, "4b2XyZ1abcz9", "a@example.net", "connect to mx.example.net[192.0.2.7]:25: Connection timed out")]
    [InlineData(
        "2026-11-27 10:12:13 1tGabc-0000000AbCd-1xYz => jane@example.net R=dnslookup T=remote_smtp H=mx.example.net [192.0.2.7] X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=yes C=\"250 2.0.0 Ok: queued as 9A8B\"",
        MailServer.Exim, LogFate.Delivered, "1tGabc-0000000AbCd-1xYz", "jane@example.net", "250 2.0.0 Ok: queued as 9A8B")]
    [InlineData(
        "2026-11-27 10:12:13 1tGabc-000123-Ab ** jane@example.net R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO: 550 5.1.1 no such user",
        MailServer.Exim, LogFate.Failed, "1tGabc-000123-Ab", "jane@example.net", "R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO: 550 5.1.1 no such user")]
    [InlineData(
        "2026-11-27T10:12:13.123Z,To the internet,08DC0F3A5B6C7D8E,27,10.0.0.5:40123,192.0.2.7:25,<,\"250 2.0.0 Ok: queued as 9A8B\",",
        MailServer.Exchange, LogFate.Delivered, "08DC0F3A5B6C7D8E", "", "250 2.0.0 Ok: queued as 9A8B")]
    public void Find_ALineOfADelivery_IsUnderstood(string line, MailServer server, LogFate fate, string id, string recipient, string reply)
    {
        var found = LogLine.Find($"something else\n{line}\nmore");

        Assert.NotNull(found);
        Assert.Equal((server, fate, id, recipient, reply), (found.Server, found.Fate, found.QueueId, found.Recipient, found.Reply));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nov 27 10:12:13 mx1 postfix/smtpd[2211]: connect from unknown[192.0.2.7]")]
    [InlineData("Nov 27 10:12:13 mx1 postfix/qmgr[2211]: 4F1C2A0B3D: from=<a@example.org>, size=455, nrcpt=1 (queue active)")]
    [InlineData("2026-11-27 10:12:13 1tGabc-000123-Ab <= jane@example.org H=mx [192.0.2.7] P=esmtps S=455")]
    [InlineData("status=sent")]
    public void Find_AnythingElse_IsNot(string text) => Assert.Null(LogLine.Find(text));

    [Fact]
    public void Find_HostileText_CostsBoundedTime()
    {
        var bound = TimeSpan.FromSeconds(5);

        Assert.InRange(Fastest.Of(bound, Find), TimeSpan.Zero, bound);

        static void Find()
        {
            Assert.Null(LogLine.Find("postfix/smtp[1]: ABCDEF: to=<" + new string('a', 3000) + ", status=sent " + new string('(', 900) + "\n" + new string('x', 5_000_000)));
            Assert.Null(LogLine.Find(string.Concat(Enumerable.Repeat("postfix/smtp[1]: ABCDEF: to=<a@b>, status=status=status=\n", 20_000))));
        }
    }
}
