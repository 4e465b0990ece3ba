using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Autoconfig;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class AutoconfigCheckTests
{
    private const string ConfigAt = "https://autoconfig.example.test/mail/config-v1.1.xml?emailaddress=postmaster%40example.test";
    private const string WellKnownAt = "https://example.test/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=postmaster%40example.test";
    private const string DiscoverAt = "https://autodiscover.example.test/autodiscover/autodiscover.xml";
    private static readonly AutoconfigCheck Check = new();

    [Fact]
    public async Task Run_AllAgree_SaysNothing()
    {
        var run = Run(Http());

        var outcome = await run.OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Equal("full", FamilyRun.Level(outcome, "autodiscovery"));
        Assert.Equal("POST", Assert.Single(run.Http.Asked, r => r.Uri.ToString() == DiscoverAt).Method);
    }

    [Fact]
    public async Task Run_NothingPublished_IsAnInfoWithTheFiles()
    {
        var run = new FamilyRun(new FakeDns().Mx("example.test", (10, "mail.example.test")).A("mail.example.test", "192.0.2.1"));

        var finding = Assert.Single((await run.OfAsync(Check)).Findings);

        Assert.Equal(("ACF001", Severity.Info), (finding.Code, finding.Severity));
        Assert.Contains("_imaps._tcp.example.test. SRV 0 1 993 mail.example.test.", finding.Evidence[0].Value);
        Assert.Equal(["srv", "configFile", "autodiscoverFile"], finding.Evidence.Select(e => e.Label));
    }

    [Fact]
    public async Task Run_NothingPublishedAndNoHostKnown_DoesNotApply()
    {
        var outcome = await new FamilyRun(new FakeDns().Mx("example.test", (10, "mx.provider.test")).A("mx.provider.test", "192.0.2.1")).OfAsync(Check);

        Assert.Equal("NoClientServices", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "autodiscovery"));
    }

    [Fact]
    public async Task Run_NothingPublishedAndAGuessThatAnswersNowhere_DoesNotApply()
    {
        var run = new FamilyRun(new FakeDns().Mx("example.test", (10, "mail.example.test")).A("mail.example.test", "192.0.2.1")) { Services = new FakeServices() };

        var outcome = await run.OfAsync(Check);

        Assert.Equal("NoClientServices", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "autodiscovery"));
    }

    [Theory]
    [InlineData(ConfigAt)]
    [InlineData(DiscoverAt)]
    public async Task Run_PlaceThatDiffers_IsADisagreement(string address)
    {
        var other = Right("old.example.test");
        var http = Http().Page(address, address == ConfigAt ? AutoconfigFiles.ConfigXml("example.test", other) : AutoconfigFiles.AutodiscoverXml(other), "text/xml");

        var outcome = await Run(http).OfAsync(Check);

        Assert.Equal(["ACF002"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal((Severity.Warning, "none"), (outcome.Findings[0].Severity, FamilyRun.Level(outcome, "autodiscovery")));
    }

    [Fact]
    public async Task Run_StatedHostsDiffer_IsADisagreement()
    {
        var run = Run(Http()) with { Target = new AuditTarget("example.test") { ClientHosts = ["old.example.test"] } };

        Assert.Equal(["ACF002"], FamilyRun.Codes(await run.OfAsync(Check), Severity.Info));
    }

    [Fact]
    public async Task Run_HostWithoutAddress_IsNamedAlone()
    {
        var run = Run(Http());
        run.Dns.Remove("mail.example.test");

        var outcome = await run.OfAsync(Check);

        Assert.Equal(["ACF003"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal("mail.example.test", outcome.Findings[0].Subject.Name);
    }

    [Theory]
    [InlineData(HttpEnd.Tls, 0)]
    [InlineData(HttpEnd.TooManyRedirects, 302)]
    [InlineData(HttpEnd.TooLarge, 200)]
    [InlineData(HttpEnd.Answered, 200)]
    public async Task Run_UnusablePlace_IsANoticeAndTheWayMissing(HttpEnd end, int status)
    {
        var outcome = await Run(Http().At(ConfigAt, o => o with { End = end, Status = status })).OfAsync(Check);

        Assert.Equal(["ACF004", "ACF006"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal("full", FamilyRun.Level(outcome, "autodiscovery"));
    }

    [Fact]
    public async Task Run_WebSiteAnswersEverything_IsNoPlace() =>
        Assert.Empty((await Run(Http().Page(WellKnownAt, "<html>welcome</html>", "text/html")).OfAsync(Check)).Findings);

    [Fact]
    public async Task Run_SettingsInClear_AreNamedAlone()
    {
        var clear = Right("mail.example.test").SetItem(0, new MailSetting(ClientProtocol.Imap, "mail.example.test", 993, MailSecurity.None));

        Assert.Equal(["ACF005"], FamilyRun.Codes(await Run(Http().Page(ConfigAt, AutoconfigFiles.ConfigXml("example.test", clear), "text/xml")).OfAsync(Check), Severity.Info));
    }

    [Fact]
    public async Task Run_SrvAlone_IsAnInfo()
    {
        var outcome = await Run(new FakeHttp()).OfAsync(Check);

        Assert.Equal("autoconfig, Autodiscover", outcome.Finding("ACF006").Evidence[0].Value);
        Assert.Equal("full", FamilyRun.Level(outcome, "autodiscovery"));
    }

    [Fact]
    public async Task Run_AutodiscoverWantsALogin_IsPublishedAndNotCompared() =>
        Assert.Empty((await Run(Http().At(DiscoverAt, o => o with { Status = 401 })).OfAsync(Check)).Findings);

    [Fact]
    public async Task Run_AutodiscoverSrv_IsAskedThere()
    {
        var run = Run(Http().Page("https://mail.example.test/autodiscover/autodiscover.xml", AutoconfigFiles.AutodiscoverXml(Right("mail.example.test")), "text/xml"));
        run.Dns.Srv("_autodiscover._tcp.example.test", 443, "mail.example.test");

        Assert.Empty((await run.OfAsync(Check)).Findings);
        Assert.Contains("_autodiscover._tcp.example.test", run.Dns.Asked.Select(q => q.Name));
    }

    [Theory]
    [InlineData(HttpEnd.TimedOut, "NotFetched")]
    [InlineData(HttpEnd.Guarded, "AddressGuarded")]
    public async Task Run_PassingTrouble_IsUndetermined(HttpEnd end, string reason)
    {
        var outcome = await Run(Http().At(ConfigAt, o => o with { End = end })).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Null(FamilyRun.Level(outcome, "autodiscovery"));
    }

    [Fact]
    public async Task Run_SrvNotAnswered_IsUndetermined()
    {
        var run = Run(Http());
        run.Dns.Fail("_pop3._tcp.example.test", DnsRecordType.SRV, DnsStatus.ServFail);

        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(await run.OfAsync(Check)).Reason.Key);
    }

    [Fact]
    public async Task Run_ParkedDomain_IsNotAsked()
    {
        var run = Run(Http()) with { Target = new AuditTarget("example.test") { Roles = MailRoles.Parked } };

        Assert.IsType<CheckOutcome.NotApplicable>(await run.OfAsync(Check));
        Assert.Empty(run.Http.Asked);
    }

    [Theory]
    [InlineData(HttpEnd.Tls, 0)]
    [InlineData(HttpEnd.TooManyRedirects, 302)]
    [InlineData(HttpEnd.Answered, 200)]
    public async Task Run_AutodiscoverUnusable_IsLeftToMapi(HttpEnd end, int status) =>
        Assert.Equal(["ACF006"], FamilyRun.Codes(await Run(Http().At(DiscoverAt, o => o with { End = end, Status = status })).OfAsync(Check), Severity.Info));

    [Fact]
    public async Task Run_Settings_AreProposedForDownload()
    {
        var published = await Run(Http()).OfAsync(Check);
        var guessed = await new FamilyRun(new FakeDns().Mx("example.test", (10, "mail.example.test")).A("mail.example.test", "192.0.2.1")).OfAsync(Check);
        var nothing = await new FamilyRun(new FakeDns().Mx("example.test", (10, "mx.provider.test")).A("mx.provider.test", "192.0.2.1")).OfAsync(Check);

        Assert.Equal("SUBMISSION mail.example.test:465 TLS\nIMAP mail.example.test:993 TLS", Proposal(published));
        Assert.Equal(Proposal(published), Proposal(guessed));
        Assert.Null(Proposal(nothing));
    }

    [Fact]
    public async Task Run_PublishedInClearOrNowhere_IsNotProposed()
    {
        var clear = Right("mail.example.test").SetItem(0, new MailSetting(ClientProtocol.Imap, "mail.example.test", 143, MailSecurity.None));
        var run = new FamilyRun(new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "192.0.2.1").Srv("_submissions._tcp.example.test", 465, "gone.example.test")
            .A("mail.example.test", "192.0.2.2"))
        {
            Http = new FakeHttp().Page(ConfigAt, AutoconfigFiles.ConfigXml("example.test", clear), "text/xml"),
        };

        Assert.Equal("SUBMISSION mail.example.test:465 TLS\nIMAP mail.example.test:993 TLS", Proposal(await run.OfAsync(Check)));
    }

    [Fact]
    public async Task Run_HostileSrvTarget_IsInNoFile()
    {
        var run = Run(Http());
        run.Dns.Srv("_pop3s._tcp.example.test", 995, "a\u0001<b>.example.test");

        Assert.DoesNotContain("POP3", Proposal(await run.OfAsync(Check)), StringComparison.Ordinal);
    }

    private static string? Proposal(CheckOutcome outcome) => outcome.Details.Facts.FirstOrDefault(f => f.Key == AutoconfigDownloads.FactKey)?.Value;

    [Fact]
    public async Task Run_AutodiscoverOfTheDomainItself_IsWhatOutlookFinds()
    {
        var other = AutoconfigFiles.AutodiscoverXml(Right("old.example.test"));

        Assert.Equal(["ACF002"], FamilyRun.Codes(await Run(Http().Page("https://example.test/autodiscover/autodiscover.xml", other, "text/xml")).OfAsync(Check), Severity.Info));
    }

    private static ImmutableArray<MailSetting> Right(string host) =>
        [new(ClientProtocol.Imap, host, 993, MailSecurity.Implicit), new(ClientProtocol.Submission, host, 465, MailSecurity.Implicit)];

    private static FakeHttp Http() => new FakeHttp()
        .Page(ConfigAt, AutoconfigFiles.ConfigXml("example.test", Right("mail.example.test")), "text/xml")
        .Page(DiscoverAt, AutoconfigFiles.AutodiscoverXml(Right("mail.example.test")), "text/xml");

    private static FamilyRun Run(FakeHttp http) => new(new FakeDns()
        .Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "192.0.2.1")
        .A("mail.example.test", "192.0.2.2").A("old.example.test", "192.0.2.3")
        .Srv("_imaps._tcp.example.test", 993, "mail.example.test").Srv("_submissions._tcp.example.test", 465, "mail.example.test"))
    {
        Http = http,
    };
}
