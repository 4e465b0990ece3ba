using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mapi;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Mapi;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class MapiCheckTests
{
    private const string DomainAt = "https://example.test/autodiscover/autodiscover.xml";
    private const string HostAt = "https://autodiscover.example.test/autodiscover/autodiscover.xml";
    private const string PlainAt = "http://autodiscover.example.test/autodiscover/autodiscover.xml";
    private const string SrvAt = "https://mail.example.test/autodiscover/autodiscover.xml";
    private const string Endpoint = "https://autodiscover.example.test/mapi/emsmdb/";

    private static readonly MapiCheck Check = new();

    [Fact]
    public async Task Run_RightExchange_SaysNothingAndSendsNoAccount()
    {
        var run = Run(Right());

        var outcome = await run.OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.All(run.Http.Asked, r => Assert.DoesNotContain(r.Headers, h => h.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)));
        var ping = Assert.Single(run.Http.Asked, r => r.Uri.ToString() == Endpoint);
        Assert.Equal(("POST", ("X-RequestType", "PING")), (ping.Method, Assert.Single(ping.Headers)));
    }

    [Fact]
    public async Task Run_NothingAtAll_DoesNotApply() => await AssertNotApplicableAsync("NothingPublished", new FamilyRun(Dns(host: false)));

    [Fact]
    public async Task Run_WildcardToAWebSite_DoesNotApply()
    {
        var dns = Dns(host: false).A("*.example.test", "192.0.2.80");
        var http = new FakeHttp().At(HostAt, o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("www.example.test", matches: false) });

        await AssertNotApplicableAsync("NothingPublished", new FamilyRun(dns) { Http = http });
    }

    [Fact]
    public async Task Run_WebSiteThatAsksEverybodyToLogIn_DoesNotApply() =>
        await AssertNotApplicableAsync("NothingPublished", new FamilyRun(Dns(host: false)) { Http = new FakeHttp().At(DomainAt, Login("Basic realm=\"site\"")) });

    [Fact]
    public async Task Run_SettingsForOtherProtocols_DoNotApply() =>
        await AssertNotApplicableAsync("OtherSettings", Run(new FakeHttp().Page(HostAt, Document("<Protocol><Type>IMAP</Type><Server>mail.example.test</Server><Port>993</Port></Protocol>"), "text/xml")));

    [Fact]
    public async Task Run_BasicLoginWithoutMapi_DoesNotApply() =>
        await AssertNotApplicableAsync("LoginWithoutMapi", Run(new FakeHttp().At(HostAt, Login("Basic realm=\"x\"")).At(Endpoint, o => o with { Status = 404 })));

    [Theory]
    [InlineData(DnsRecordType.MX, "example-test.mail.protection.outlook.com")]
    [InlineData(DnsRecordType.CNAME, "")]
    public async Task Run_ExchangeOnline_IsRightByThePlainRedirect(DnsRecordType hint, string exchange)
    {
        var dns = new FakeDns().Mx("example.test", (0, hint == DnsRecordType.MX ? exchange : "mx.example.test")).A("mx.example.test", "192.0.2.1")
            .Cname("autodiscover.example.test", "autodiscover.outlook.com").A("autodiscover.outlook.com", "192.0.2.40");
        var http = new FakeHttp()
            .At(HostAt, o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("outlook.com", matches: false) })
            .At(PlainAt, o => o with { Status = 302, Location = "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml" })
            .At("https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml", Login("Basic Realm=\"\"", "Bearer client_id=\"x\", token_types=\"app_asserted_user_v1\""));
        var run = new FamilyRun(dns) { Http = http };

        var outcome = await run.OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.DoesNotContain(run.Http.Asked, r => r.Uri.AbsolutePath.StartsWith("/mapi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ExchangeOnlineWithoutAutodiscover_IsANoticeWithTheRecord()
    {
        var finding = Assert.Single((await new FamilyRun(new FakeDns().Mx("example.test", (0, "example-test.mail.protection.outlook.com"))).OfAsync(Check)).Findings);

        Assert.Equal(("MAP001", Severity.Notice), (finding.Code, finding.Severity));
        Assert.Equal(new ProposedRecord("autodiscover.example.test", "CNAME", "autodiscover.outlook.com."), finding.Proposal);
    }

    [Fact]
    public async Task Run_SrvToANameWithoutAddress_IsNamedAloneBesideARightHost()
    {
        var run = Run(Right());
        run.Dns.Srv("_autodiscover._tcp.example.test", 443, "gone.example.test");

        var finding = Assert.Single((await run.OfAsync(Check)).Findings);

        Assert.Equal(("MAP002", Severity.Warning, "_autodiscover._tcp.example.test SRV"), (finding.Code, finding.Severity, finding.Subject.ToString()));
    }

    [Fact]
    public async Task Run_SrvToARightServer_SaysNothing()
    {
        var dns = Dns(host: false).Srv("_autodiscover._tcp.example.test", 443, "mail.example.test").A("mail.example.test", "192.0.2.2");

        Assert.Empty((await new FamilyRun(dns) { Http = new FakeHttp().At(SrvAt, Login("Negotiate")).At("https://mail.example.test/mapi/emsmdb/", Login("Negotiate, NTLM")) }.OfAsync(Check)).Findings);
    }

    public static TheoryData<string, Func<HttpObservation, HttpObservation>> Faults => new()
    {
        { "MAP003", o => o with { End = HttpEnd.Refused } },
        { "MAP004", o => o with { Status = 404 } },
        { "MAP005", o => o with { End = HttpEnd.TooManyRedirects, Status = 302, Location = "http://mail.example.test/autodiscover/autodiscover.xml" } },
        { "MAP006", o => o with { End = HttpEnd.TooManyRedirects, Status = 302, Location = "/autodiscover/autodiscover.xml" } },
        { "MAP007", o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("autodiscover.example.test", chain: ["NotTimeValid"], daysLeft: -1) } },
        { "MAP008", o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("mail.example.test", matches: false) } },
        { "MAP009", o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("autodiscover.example.test", chain: ["UntrustedRoot"]) } },
        { "MAP010", o => o with { End = HttpEnd.Tls, Failure = "handshake failure" } },
        { "MAP011", o => o with { Status = 200, MediaType = "text/html", Body = "<html/>"u8.ToArray() } },
        { "MAP011", o => o with { End = HttpEnd.TooLarge, Status = 200 } },
        { "MAP011", o => o with { Status = 200, MediaType = "text/xml", Body = "<!DOCTYPE a [<!ENTITY b 'x'>]><Autodiscover>&b;</Autodiscover>"u8.ToArray() } },
        { "MAP012", o => o with { Status = 401 } },
        { "MAP012", Login("Digest realm=\"NTLM, Basic\", nonce=\"1\"") },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Run_PublishedAndDead_IsNamedAloneAndWeighsAsWhatIsKnownOfIt(string code, Func<HttpObservation, HttpObservation> fault)
    {
        var name = await Run(new FakeHttp().At(HostAt, fault)).OfAsync(Check);
        var dns = Dns(host: false).Srv("_autodiscover._tcp.example.test", 443, "mail.example.test").A("mail.example.test", "192.0.2.2");
        var record = await new FamilyRun(dns) { Http = new FakeHttp().At(SrvAt, fault) }.OfAsync(Check);

        Assert.Equal((code, Severity.Notice, "autodiscover.example.test"), Only(name));
        Assert.Equal((code, Severity.Warning, "mail.example.test"), Only(record));
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Run_DeadBesideAWayThatWorks_OnlyTheCertificateIsNamed(string code, Func<HttpObservation, HttpObservation> fault)
    {
        var run = Run(new FakeHttp().At(HostAt, fault).At(SrvAt, Login("Negotiate")).At("https://mail.example.test/mapi/emsmdb/", Login("Negotiate")));
        run.Dns.Srv("_autodiscover._tcp.example.test", 443, "mail.example.test").A("mail.example.test", "192.0.2.2");

        Assert.Equal(code is "MAP007" or "MAP008" or "MAP009" ? [code] : [], FamilyRun.Codes(await run.OfAsync(Check), Severity.Info));
    }

    [Theory]
    [InlineData("http://mail.example.test/autodiscover/autodiscover.xml", "MAP005")]
    [InlineData("file:///etc/passwd", "MAP005")]
    [InlineData("https://gone.example.test/autodiscover/autodiscover.xml", "MAP002")]
    [InlineData("https://autodiscover.example.test/autodiscover/autodiscover.xml", "MAP003")]
    public async Task Run_PlainRedirect_IsJudgedInThePlaceOfTheHost(string location, string code)
    {
        var http = new FakeHttp().At(HostAt, o => o with { End = HttpEnd.Refused }).At(PlainAt, o => o with { Status = 302, Location = location });

        Assert.Equal([code], FamilyRun.Codes(await Run(http).OfAsync(Check), Severity.Info));
        Assert.DoesNotContain(http.Asked, r => r.Uri.Scheme != Uri.UriSchemeHttps && r.Uri.ToString() != PlainAt);
    }

    [Theory]
    [InlineData("MAP013", Severity.Warning, "Basic realm=\"mail\"", "Negotiate, NTLM")]
    [InlineData("MAP013", Severity.Warning, "Negotiate", "Basic realm=\"mail\"")]
    [InlineData("MAP013", Severity.Warning, "Basic realm=\"a, Negotiate\"", "Basic realm=\"mail\"")]
    [InlineData("MAP014", Severity.Notice, "Negotiate, NTLM, Basic realm=\"mail\"", "Negotiate, NTLM")]
    [InlineData("MAP014", Severity.Notice, "Bearer", "Bearer, Basic")]
    [InlineData("MAP012", Severity.Warning, "Negotiate", "Digest realm=\"x\"")]
    public async Task Run_WaysToLogIn_AreJudgedOnce(string code, Severity severity, string atAutodiscover, string atEndpoint) =>
        Assert.Equal((code, severity, "autodiscover.example.test"), Only(await Run(new FakeHttp().At(HostAt, Login(atAutodiscover)).At(Endpoint, Login(atEndpoint))).OfAsync(Check)));

    public static TheoryData<string, Severity, Severity, Func<HttpObservation, HttpObservation>> EndpointFaults => new()
    {
        { "MAP015", Severity.Error, Severity.Error, o => o with { Status = 200, MediaType = "application/mapi-http" } },
        { "MAP015", Severity.Error, Severity.Error, o => o with { Status = 200, Headers = [("x-responsecode", "0")] } },
        { "MAP016", Severity.Notice, Severity.Warning, o => o with { Status = 404 } },
        { "MAP017", Severity.Notice, Severity.Warning, o => o with { Status = 200, MediaType = "text/html" } },
        { "MAP017", Severity.Notice, Severity.Warning, o => o with { Status = 302, Location = "/owa/" } },
        { "MAP003", Severity.Warning, Severity.Warning, o => o with { End = HttpEnd.Refused } },
        { "MAP007", Severity.Warning, Severity.Warning, o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("mapi.example.test", daysLeft: -1) } },
    };

    [Theory]
    [MemberData(nameof(EndpointFaults), DisableDiscoveryEnumeration = true)]
    public async Task Run_EndpointFault_WeighsLessWhereItWasOnlyLookedFor(string code, Severity guessed, Severity named, Func<HttpObservation, HttpObservation> fault)
    {
        var looked = await Run(new FakeHttp().At(HostAt, Login("Negotiate")).At(Endpoint, fault)).OfAsync(Check);
        var told = await Run(new FakeHttp().Page(HostAt, Document("<Protocol Type=\"mapiHttp\"><MailStore><ExternalUrl>https://mapi.example.test/mapi/emsmdb/?MailboxId=1</ExternalUrl></MailStore></Protocol>"), "text/xml")
            .At("https://mapi.example.test/mapi/emsmdb/?MailboxId=1", fault)).OfAsync(Check);

        Assert.Equal((code, guessed, "autodiscover.example.test"), Only(looked));
        Assert.Equal(["MAP015", code], told.Findings.Select(f => f.Code));
        Assert.Equal((named, "mapi.example.test"), (told.Findings[1].Severity, told.Findings[1].Subject.Name));
    }

    [Fact]
    public async Task Run_DocumentThatRedirects_IsFollowedToHttpsOnly()
    {
        string Sent(string url) => Document($"<Action>redirectUrl</Action><RedirectUrl>{url}</RedirectUrl>");
        var right = Run(new FakeHttp().Page(HostAt, Sent(SrvAt), "text/xml").At(SrvAt, Login("Negotiate")).At("https://mail.example.test/mapi/emsmdb/", Login("Negotiate")));
        var plain = Run(new FakeHttp().Page(HostAt, Sent("http://mail.example.test/"), "text/xml"));
        var round = Run(new FakeHttp().Page(HostAt, Sent(HostAt), "text/xml"));

        Assert.Empty((await right.OfAsync(Check)).Findings);
        Assert.Equal(["MAP005"], FamilyRun.Codes(await plain.OfAsync(Check)));
        Assert.Equal(["MAP006"], FamilyRun.Codes(await round.OfAsync(Check)));
        Assert.Equal(3, round.Http.Asked.Count(r => r.Uri.ToString() == HostAt));
    }

    [Theory]
    [InlineData(HttpEnd.TimedOut, 0, "NotFetched")]
    [InlineData(HttpEnd.Guarded, 0, "AddressGuarded")]
    [InlineData(HttpEnd.Broken, 0, "NotFetched")]
    [InlineData(HttpEnd.Answered, 503, "NotFetched")]
    public async Task Run_PassingTrouble_IsUndetermined(HttpEnd end, int status, string reason)
    {
        var autodiscover = await Run(new FakeHttp().At(HostAt, o => o with { End = end, Status = status })).OfAsync(Check);
        var endpoint = await Run(new FakeHttp().At(HostAt, Login("Basic realm=\"x\"")).At(Endpoint, o => o with { End = end, Status = status })).OfAsync(Check);

        Assert.All([autodiscover, endpoint], outcome =>
        {
            Assert.Empty(outcome.Findings);
            Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        });
    }

    [Theory]
    [InlineData("_autodiscover._tcp.example.test", DnsRecordType.SRV)]
    [InlineData("autodiscover.example.test", DnsRecordType.A)]
    public async Task Run_DnsDoesNotTell_IsUndetermined(string name, DnsRecordType type)
    {
        var run = new FamilyRun(Dns(host: false).Fail(name, type, DnsStatus.ServFail))
        {
            Http = new FakeHttp().At(HostAt, o => o with
            {
                End = type == DnsRecordType.A ? HttpEnd.DnsFailed : HttpEnd.NoAddress,
                Unanswered = new DnsAnswer(new DnsQuestion(name, type), DnsStatus.ServFail),
            }),
        };

        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(await run.OfAsync(Check)).Reason.Key);
    }

    [Fact]
    public async Task Run_ParkedDomain_IsNotAsked()
    {
        var run = Run(Right()) with { Target = new AuditTarget("example.test") { Roles = MailRoles.Parked } };

        Assert.IsType<CheckOutcome.NotApplicable>(await run.OfAsync(Check));
        Assert.Empty(run.Http.Asked);
    }

    private static (string Code, Severity Severity, string Subject) Only(CheckOutcome outcome) =>
        Assert.Single(outcome.Findings) is var finding ? (finding.Code, finding.Severity, finding.Subject.Name) : default;

    private static async Task AssertNotApplicableAsync(string reason, FamilyRun run) =>
        Assert.Equal(reason, Assert.IsType<CheckOutcome.NotApplicable>(await run.OfAsync(Check)).Reason.Key);

    private static Func<HttpObservation, HttpObservation> Login(params string[] challenges) =>
        o => o with { Status = 401, Headers = [.. challenges.Select(c => ("www-authenticate", c))] };

    private static string Document(string account) =>
        $"<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\"><Response><Account>{account}</Account></Response></Autodiscover>";

    private static FakeHttp Right() => new FakeHttp().At(HostAt, Login("Bearer", "Negotiate", "NTLM")).At(Endpoint, Login("Negotiate", "NTLM"));

    private static FakeDns Dns(bool host = true)
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx.example.test")).A("mx.example.test", "192.0.2.1");
        return host ? dns.A("autodiscover.example.test", "192.0.2.2") : dns;
    }

    private static FamilyRun Run(FakeHttp http) => new(Dns()) { Http = http };
}
