using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Caa;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Caa;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class CaaCheckTests
{
    [Theory]
    [InlineData("letsencrypt.org", "iodef", "mailto:security@example.org")]
    [InlineData("letsencrypt.org; accounturi=https://acme.example/acct/1; validationmethods=dns-01", "iodef", "https://example.org/caa")]
    [InlineData("ca.example ; ", "issuewild", ";")]
    [InlineData("ca.example", "issuemail", "ca.example")]
    [InlineData("ca.example", "issuevmc", "vmc.example")]
    public async Task Run_RightRecords_SayNothing(string issue, string tag, string value)
    {
        var outcome = await RunAsync(Domain().Caa("example.org", (0, "issue", issue), (128, tag, value)));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("caa")));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Run_NoRecords_IsInformation()
    {
        var outcome = await RunAsync(Domain());

        Assert.Equal(("CAA001", Severity.Info, "none"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("caa")));
        Assert.Equal("example.org, mx.example.org", outcome.Findings[0].Evidence[0].Value);
    }

    [Fact]
    public async Task Run_RecordsOfParent_HoldForTheNamesBelow()
    {
        var dns = new FakeDns().Mx("mail.example.org", (10, "mx.mail.example.org")).A("mx.mail.example.org", "192.0.2.1").Caa("example.org", (0, "issue", "ca.example"));

        var outcome = await DnsOnlyAudit.RunAsync(new CaaCheck(), dns, new AuditTarget("mail.example.org"));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("caa")));
        Assert.DoesNotContain(dns.Asked, q => q.Type == DnsRecordType.CAA && q.Name == "org");
    }

    [Fact]
    public async Task Run_RecordsOfHost_StandBeforeThoseOfTheDomain()
    {
        var outcome = await RunAsync(Domain().Caa("example.org", (0, "issue", "ca.example")).Caa("mx.example.org", (0, "issue", ";")));

        Assert.Equal("CAA003", outcome.Codes());
        Assert.Equal(Subject.Host("mx.example.org"), outcome.Findings[0].Subject);
    }

    [Fact]
    public async Task Run_CriticalUnknownTag_IsAnError()
    {
        var outcome = await RunAsync(Domain().Caa("example.org", (0, "issue", "ca.example"), (128, "tbs", "unknown")));

        Assert.Equal(("CAA002", Severity.Error), (outcome.Codes(), outcome.Findings[0].Severity));
        Assert.Equal(Subject.Domain("example.org"), outcome.Findings[0].Subject);
    }

    [Theory]
    [InlineData("https://letsencrypt.org")]
    [InlineData("\"letsencrypt.org\"")]
    [InlineData("let's encrypt")]
    [InlineData("ca.example; no equals")]
    [InlineData("ca..example")]
    public async Task Run_BrokenIssuer_WeighsByWhetherAnotherMayIssue(string value)
    {
        var alone = await RunAsync(Domain().Caa("example.org", (0, "issue", value)));
        var beside = await RunAsync(Domain().Caa("example.org", (0, "issue", value), (0, "issue", "ca.example")));

        Assert.Equal(("CAA004", Severity.Error), (alone.Codes(), alone.Findings[0].Severity));
        Assert.Equal(("CAA004", Severity.Warning), (beside.Codes(), beside.Findings[0].Severity));
    }

    [Theory]
    [InlineData(0, "iodef", "security@example.org", "CAA005")]
    [InlineData(0, "isue", "ca.example", "CAA006")]
    [InlineData(1, "issuewild", "ca.example", "CAA007")]
    public async Task Run_Slip_IsANotice(byte flags, string tag, string value, string code)
    {
        var outcome = await RunAsync(Domain().Caa("example.org", (0, "issue", "ca.example"), (flags, tag, value)));

        Assert.Equal((code, Severity.Notice), (outcome.Codes(), outcome.Findings[0].Severity));
    }

    [Fact]
    public async Task Run_NoIssue_RestrictsNobody()
    {
        var outcome = await RunAsync(Domain().Caa("example.org", (0, "iodef", "mailto:security@example.org")));

        Assert.Equal(("CAA008", "none"), (outcome.Codes(), outcome.Grade("caa")));
    }

    [Theory]
    [InlineData("example.org", "?")]
    [InlineData("mx.example.org", "full")]
    public async Task Run_QuestionFails_LeavesThatNameOpen(string name, string grade)
    {
        var outcome = await RunAsync(Domain().Caa("example.org", (0, "issue", "ca.example")).Fail(name, DnsRecordType.CAA, DnsStatus.ServFail));

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(("", grade), (outcome.Codes(), outcome.Grade("caa")));
        Assert.Contains(outcome.Undetermined, u => u.Subject.Name == name);
    }

    [Fact]
    public async Task Run_Parked_IsNotApplicable()
    {
        var outcome = await DnsOnlyAudit.RunAsync(new CaaCheck(), Domain(), new AuditTarget("example.org") { Roles = MailRoles.Parked });

        Assert.IsType<CheckOutcome.NotApplicable>(outcome);
        Assert.Equal("-", outcome.Grade("caa"));
    }

    private static FakeDns Domain() => new FakeDns().Mx("example.org", (10, "mx.example.org"), (20, "mx.elsewhere.example")).A("mx.example.org", "192.0.2.1");

    private static Task<CheckOutcome> RunAsync(FakeDns dns) => DnsOnlyAudit.RunAsync(new CaaCheck(), dns, new AuditTarget("example.org"));
}
