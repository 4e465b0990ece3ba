using MailDashboard.Mail.Guides;

namespace MailDashboard.Tests.Mail.Guides;

public sealed class GuideTests
{
    public static TheoryData<CertificateClient, MailServer> Pairs =>
        new(from server in Enum.GetValues<MailServer>() from client in CertificateGuide.ClientsFor(server) select (client, server));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Certificate_EveryPair_NamesTheHostAndNothingElseOfTheReader(CertificateClient client, MailServer server)
    {
        var guide = CertificateGuide.For(client, server, "MX1.Example.org.");

        Assert.NotEmpty(guide.Steps);
        Assert.Contains(guide.Steps, s => s.Text.Contains("mx1.example.org", StringComparison.Ordinal));
        Assert.All(guide.Steps, s => Assert.Matches(@"^[A-Z]\w+(\.\w+)+$", s.Key));
    }

    [Theory]
    [InlineData("mx.example.org; rm -rf /")]
    [InlineData("$(id).example.org")]
    [InlineData("-d.example.org")]
    [InlineData("example")]
    [InlineData("")]
    public void Certificate_WhatAShellWouldRead_IsRefused(string host) =>
        Assert.Throws<ArgumentException>(() => CertificateGuide.For(CertificateClient.Certbot, MailServer.Postfix, host));

    [Fact]
    public void WarmUp_GrowsSteadilyToTheGoal()
    {
        var days = WarmUpPlan.For(10_000, new DateOnly(2026, 12, 30));

        Assert.Equal([50, 100, 200, 400, 800, 1600, 2400, 3600, 5400, 8100, 10_000], days.Select(d => d.Most));
        Assert.Equal(new DateOnly(2027, 1, 9), days[^1].Date);
        Assert.Equal(20, Assert.Single(WarmUpPlan.For(20, default)).Most);
        Assert.Equal(1, Assert.Single(WarmUpPlan.For(-5, default)).Most);
        Assert.True(WarmUpPlan.For(int.MaxValue, default).Length <= WarmUpPlan.Longest);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(100, 1)]
    [InlineData(7, 9)]
    [InlineData(1, 60)]
    public void Limits_Postfix_PauseIsThatOfTheMinuteAndNeverShorterThanAllowed(int perMinute, int seconds)
    {
        // A day has no pause: two hundred a day would be one message in seven minutes.
        var guide = LimitGuide.For(MailServer.Postfix, perMinute, 200);

        Assert.Contains($"smtp_transport_rate_delay = {seconds}s", guide.Steps[0].Text, StringComparison.Ordinal);
        Assert.Contains($"smtpd_client_message_rate_limit={perMinute}'", guide.Steps[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("200", string.Concat(guide.Steps.Select(s => s.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_EximAndExchange_CountWhatTheyCanOfADay()
    {
        Assert.Contains("200 / 1d / leaky / per_rcpt / out-day", LimitGuide.For(MailServer.Exim, 10, 200).Steps[0].Text, StringComparison.Ordinal);
        Assert.Contains("-MessageRateLimit 10 -RecipientRateLimit 200", LimitGuide.For(MailServer.Exchange, 10, 200).Steps[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailServer.Postfix)]
    [InlineData(MailServer.Exim)]
    [InlineData(MailServer.Exchange)]
    public void Logging_WhatSends_HasAGuide(MailServer server)
    {
        Assert.All(LoggingGuide.For(server).Steps, s => Assert.NotEmpty(s.Text));
        Assert.NotEmpty(LimitGuide.For(server, 60, 1000).Steps);
    }

    [Fact]
    public void Guides_WhatDoesNotSend_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => LoggingGuide.For(MailServer.Dovecot));
        Assert.Throws<ArgumentException>(() => LimitGuide.For(MailServer.Dovecot, 1, 1));
    }
}
