using System.Text;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Bimi;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Bimi;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class BimiCheckTests
{
    private const string LogoAt = "https://brand.example.test/logo.svg";
    private const string MarkAt = "https://vmc.example.test/mark.pem";
    private const string Record = $"v=BIMI1; l={LogoAt}; a={MarkAt}";
    private static readonly BimiCheck Check = new();

    [Fact]
    public async Task Run_RightDomain_SaysNothing()
    {
        var outcome = await Run(Http()).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Empty(outcome.Undetermined);
        Assert.Equal("full", FamilyRun.Level(outcome, "bimi"));
    }

    [Fact]
    public async Task Run_NoRootsSupplied_LeavesTheChainOpenAndComesToAVerdict()
    {
        var outcome = await (Run(Http()) with { MarkRoots = null }).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("NoMarkRoots", Assert.Single(outcome.Undetermined).Reason.Key);
        Assert.Equal("full", FamilyRun.Level(outcome, "bimi"));
    }

    [Theory]
    [InlineData("BIMI001")]
    [InlineData("BIMI002", Record, "v=BIMI1; l=https://b.test/; a=")]
    [InlineData("BIMI003", "v=bimi1; l=https://b.test/")]
    [InlineData("BIMI004", "v=BIMI1; l=http://b.test/logo.svg")]
    [InlineData("BIMI004", "v=BIMI1; a=https://b.test/")]
    [InlineData("BIMI004", $"v=BIMI1; l={LogoAt}; a=ftp://b.test/")]
    [InlineData("BIMI005", "v=BIMI1; l=; a=;")]
    [InlineData("BIMI021", $"v=BIMI1; l={LogoAt}; a=; avp=brand; lps=news")]
    public async Task Run_Record_IsJudged(string code, params string[] texts)
    {
        var outcome = await Run(Http(), texts).OfAsync(Check);

        Assert.Equal([code], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal(code == "BIMI021" ? "full" : "n/a", FamilyRun.Level(outcome, "bimi"));
    }

    [Theory]
    [InlineData("v=DMARC1; p=none")]
    [InlineData("v=DMARC1; p=reject; sp=none")]
    [InlineData("v=DMARC1; p=quarantine; pct=50")]
    [InlineData("v=DMARC1; p=quarantine; t=y")]
    [InlineData("no dmarc")]
    public async Task Run_DmarcNotEnforced_IsANotice(string dmarc)
    {
        var outcome = await RunWith(Http(), dmarc, Record).OfAsync(Check);

        Assert.Equal(["BIMI006"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal("n/a", FamilyRun.Level(outcome, "bimi"));
    }

    [Fact]
    public async Task Run_Subdomain_TakesTheRecordOfItsOrganization()
    {
        var run = Run(Http()) with { Target = new AuditTarget("news.example.test") };
        run.Dns.Mx("news.example.test", (10, "mx1.example.test"));

        Assert.Empty((await run.OfAsync(Check)).Findings);
    }

    public static TheoryData<string, Func<HttpObservation, HttpObservation>> Fetches() => new()
    {
        { "7", o => o with { End = HttpEnd.NoAddress } },
        { "7", o => o with { End = HttpEnd.Refused } },
        { "7", o => o with { End = HttpEnd.Tls, Failure = "NameMismatch" } },
        { "7", o => o with { Status = 404 } },
        { "7", o => o with { End = HttpEnd.TooManyRedirects, Status = 302, Location = "http://brand.example.test/" } },
        { "?", o => o with { End = HttpEnd.TimedOut } },
        { "?", o => o with { End = HttpEnd.Guarded } },
        { "?", o => o with { Status = 503 } },
    };

    [Theory]
    [MemberData(nameof(Fetches))]
    public async Task Run_FileNotToBeHad_IsNamedOrLeftOpen(string what, Func<HttpObservation, HttpObservation> change)
    {
        var logo = await Run(Http().At(LogoAt, change)).OfAsync(Check);
        var mark = await Run(Http().At(MarkAt, change)).OfAsync(Check);

        Assert.Equal(what == "7" ? ["BIMI007"] : [], FamilyRun.Codes(logo, Severity.Info));
        Assert.Equal(what == "7" ? ["BIMI014"] : [], FamilyRun.Codes(mark, Severity.Info));
        Assert.Equal(what == "?", logo is CheckOutcome.Inconclusive && mark is CheckOutcome.Inconclusive);
        Assert.Equal(what == "7" ? "n/a" : null, FamilyRun.Level(logo, "bimi"));
    }

    [Theory]
    [InlineData("BIMI009", "<desc>A dot</desc>", 40_000)]
    [InlineData("BIMI010", "</svg>", 0)]
    [InlineData("BIMI011", "tiny-ps", 0)]
    [InlineData("BIMI012", " 100\"", 0)]
    [InlineData("BIMI013", "<title>Example</title>", 0)]
    public async Task Run_LogoFault_IsNamedAlone(string code, string from, int fill)
    {
        var to = fill > 0 ? $"<desc>{new string('x', fill)}</desc>" : code == "BIMI012" ? " 50\"" : "";
        var logo = Marks.Logo.Replace(from, to, StringComparison.Ordinal);
        var http = Http().Page(LogoAt, logo, "image/svg+xml").Page(MarkAt, Marks.Pem(logo: logo));

        var outcome = await Run(http).OfAsync(Check);

        Assert.Equal([code], FamilyRun.Codes(outcome, Severity.Info));
        Assert.True(outcome.Findings[0].Severity <= Severity.Warning);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "bimi"));
    }

    [Fact]
    public async Task Run_LogoOfAnotherType_IsANotice() =>
        Assert.Equal(["BIMI008"], FamilyRun.Codes(await Run(Http().Page(LogoAt, Marks.Logo, "text/xml")).OfAsync(Check), Severity.Info));

    [Fact]
    public async Task Run_LogoCompressedAndCertified_SaysNothing() =>
        Assert.Empty((await Run(Http().Page(LogoAt, Marks.Gzip(Encoding.UTF8.GetBytes(Marks.Logo)), "image/svg+xml")).OfAsync(Check)).Findings);

    public static TheoryData<string, string> MarkFaults() => new()
    {
        { "", Marks.Pem(embedded: false) },
        { "", Marks.Pem(name: "default._bimi.example.test") },
        { "", Marks.Pem(withLogo: false) },
        { "BIMI015", "<html>" },
        { "BIMI015", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" },
        { "BIMI016", Marks.Pem(purpose: "1.3.6.1.5.5.7.3.1") },
        { "BIMI017", Marks.Pem(name: "other.test") },
        { "BIMI018", Marks.Pem(daysLeft: -1) },
        { "BIMI019", Marks.Pem(logo: "<svg/>") },
        { "BIMI019", Marks.Pem(logo: "<svg/>", embedded: false) },
        { "BIMI020", FakeStranger() },
    };

    [Theory]
    [MemberData(nameof(MarkFaults))]
    public async Task Run_MarkFault_IsNamedAlone(string code, string pem) =>
        Assert.Equal(code.Length == 0 ? [] : [code], FamilyRun.Codes(await Run(Http().Page(MarkAt, pem)).OfAsync(Check), Severity.Info));

    [Fact]
    public async Task Run_DnsOnly_FetchesNothing()
    {
        var run = Run(Http()) with { Options = new AuditOptions { DnsOnly = true } };

        var outcome = await run.OfAsync(Check);

        Assert.Empty(run.Http.Asked);
        Assert.Empty(outcome.Findings);
        Assert.All(outcome.Undetermined, u => Assert.True(u.WasNotTried));
        Assert.Null(FamilyRun.Level(outcome, "bimi"));
    }

    [Fact]
    public async Task Run_DomainThatDoesNotSend_DoesNotApply()
    {
        var run = Run(Http()) with { Target = new AuditTarget("example.test") { Roles = new MailRoles(false, true) } };

        Assert.Equal("DoesNotSend", Assert.IsType<CheckOutcome.NotApplicable>(await run.OfAsync(Check)).Reason.Key);
    }

    private static string FakeStranger()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Stranger", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        var names = new System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder();
        names.AddDnsName("example.test");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new System.Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.31")], false));
        using var certificate = request.CreateSelfSigned(PerfectSmtp.Now.AddDays(-1), PerfectSmtp.Now.AddDays(10));
        return certificate.ExportCertificatePem();
    }

    private static FakeHttp Http() => new FakeHttp().Page(LogoAt, Marks.Logo, "image/svg+xml").Page(MarkAt, Marks.Pem());

    private static FamilyRun Run(FakeHttp http) => Run(http, Record);

    private static FamilyRun Run(FakeHttp http, params string[] records) => RunWith(http, "v=DMARC1; p=reject", records);

    private static FamilyRun RunWith(FakeHttp http, string dmarc, params string[] records)
    {
        var dns = new FakeDns().Empty("example.test").Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "192.0.2.1").Txt("_dmarc.example.test", dmarc);
        return new FamilyRun(records.Length == 0 ? dns : dns.Txt("default._bimi.example.test", records)) { Http = http, MarkRoots = [Marks.Root] };
    }
}
