using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Checks.Dkim;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Auditing;

public class DraftAuditTests
{
    [Theory]
    [InlineData("spf", "v=spf1 a mx -all")]
    [InlineData("spf", "v=spf1 include:spf.example.net -all")]
    [InlineData("dmarc", "v=DMARC1; p=reject; rua=mailto:reports@elsewhere.net")]
    public async Task Run_GoodDraftWithoutADomain_FindsNothingWorse(string family, string text)
    {
        var report = await RunAsync(new FakeDns().Txt("spf.example.net", "v=spf1 ip4:198.51.100.0/24 -all").Mx("elsewhere.net", (10, "mx.elsewhere.net")).A("mx.elsewhere.net", "198.51.100.1"), Draft.At(family, text)!);

        Assert.DoesNotContain(report.Outcome.Findings, f => f.Severity >= Severity.Warning);
        Assert.IsType<CheckOutcome.Completed>(report.Outcome);
    }

    [Theory]
    [InlineData("spf", "v=spf1 frob -all")]
    [InlineData("dmarc", "v=DMARC1; p=frob")]
    [InlineData("dkim", "v=DKIM1; k=rsa; p=AAAA")]
    public async Task Run_FaultyDraft_IsFound(string family, string text)
    {
        var report = await RunAsync(new FakeDns(), Draft.At(family, text)!);

        Assert.Contains(report.Outcome.Findings, f => f.Severity >= Severity.Error);
    }

    [Fact]
    public async Task Run_DkimDraft_IsJudgedUnderItsSelector()
    {
        var report = await RunAsync(new FakeDns(), Draft.At("dkim", $"v=DKIM1; k=rsa; p={Keys.Rsa(1024)}", selector: "s1")!);

        Assert.Contains(report.Outcome.Findings, f => f.Subject.Name == "s1");
    }

    [Fact]
    public async Task Run_WithoutADomain_NeverAsksAboutThePlaceholder()
    {
        var dns = new FakeDns();

        await RunAsync(dns, Draft.At("spf", "v=spf1 a mx ptr include:other.test ?all")!);

        Assert.DoesNotContain(dns.Asked, q => q.Name.Contains("example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WithADomain_AsksEverythingElse()
    {
        var dns = new FakeDns().Txt("example.org", "v=spf1 +all").A("example.org", "192.0.2.1");

        var report = await RunAsync(dns, Draft.At("spf", "v=spf1 a -all", "example.org")!);

        Assert.Contains(dns.Asked, q => q is { Name: "example.org", Type: DnsRecordType.A });
        Assert.DoesNotContain(report.Outcome.Findings, f => f.Severity >= Severity.Warning);
    }

    [Theory]
    [InlineData("mta-sts", "version: STSv1\r\nmode: enforce\r\nmx: *.example.org\r\nmx: mx.example.net\r\nmax_age: 604800\r\n")]
    [InlineData("mta-sts", "version: STSv1\nmode: none\nmax_age: 604800\n")]
    [InlineData("bimi", "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" viewBox=\"0 0 64 64\"><title>Logo</title><rect width=\"64\" height=\"64\" fill=\"#123\"/></svg>")]
    public async Task Run_GoodFileWithoutADomain_FindsNothingWorse(string family, string file)
    {
        var dns = new FakeDns();

        var report = await RunAsync(dns, Draft.OfFile(family, file)!);

        Assert.DoesNotContain(report.Outcome.Findings, f => f.Severity >= Severity.Warning);
        Assert.IsType<CheckOutcome.Completed>(report.Outcome);
        Assert.DoesNotContain(dns.Asked, q => q.Name.Contains(Draft.Placeholder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mta-sts", "version: STSv1\nmode: enforced\nmx: mx.example.org\nmax_age: 604800\n")]
    [InlineData("mta-sts", "version: STSv1\nmode: enforce\nmax_age: 604800\n")]
    [InlineData("bimi", "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" viewBox=\"0 0 64 64\"><title>Logo</title><script>1</script></svg>")]
    [InlineData("bimi", "<svg><!DOCTYPE x")]
    public async Task Run_FaultyFile_IsFound(string family, string file)
    {
        var report = await RunAsync(new FakeDns(), Draft.OfFile(family, file)!);

        Assert.Contains(report.Outcome.Findings, f => f.Severity >= Severity.Warning);
    }

    [Fact]
    public async Task Run_PolicyWithADomain_IsComparedWithItsServers()
    {
        var dns = new FakeDns().Mx("example.org", (10, "mx.example.net")).A("mx.example.net", "192.0.2.1");
        const string Policy = "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 604800\n";

        var report = await RunAsync(dns, Draft.OfFile("mta-sts", Policy, "example.org")!);

        Assert.Contains(report.Outcome.Findings, f => f.Severity >= Severity.Error);
    }

    [Fact]
    public async Task Run_HugeFile_IsTooLarge()
    {
        var report = await RunAsync(new FakeDns(), Draft.OfFile("bimi", $"<svg>{new string('x', 200_000)}</svg>")!);

        Assert.Contains(report.Outcome.Findings, f => f.Code is "BIMI007" or "BIMI009");
    }

    [Theory]
    [InlineData("spf", true)]
    [InlineData("dkim", true)]
    [InlineData("mx", false)]
    [InlineData("frob", false)]
    public void CanJudge_Family_IsTold(string family, bool expected) => Assert.Equal(expected, DraftAudit.CanJudge(family));

    [Fact]
    public async Task Organization_OfAName_IsWhereTheWalkEnds()
    {
        var dns = new FakeDns().Txt("_dmarc.example.org", "v=DMARC1; p=none");

        Assert.Equal("example.org", await DmarcOrganization.FindAsync(dns, "a.mail.example.org", TestContext.Current.CancellationToken));
        Assert.Null(await DmarcOrganization.FindAsync(dns.Fail("_dmarc.dead.test", DnsRecordType.TXT, DnsStatus.ServFail), "dead.test", TestContext.Current.CancellationToken));
    }

    private static Task<FamilyReport> RunAsync(FakeDns dns, Draft draft) => DraftAudit.RunAsync(draft, dns, new FakeTimeProvider(), TestContext.Current.CancellationToken);
}
