using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.MtaSts;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class MtaStsCheckTests
{
    private const string Address = "https://mta-sts.example.test/.well-known/mta-sts.txt";
    private const string Right = "version: STSv1\nmode: enforce\nmx: *.example.test\nmax_age: 604800\n";
    private static readonly MtaStsCheck Check = new();

    [Fact]
    public async Task Run_RightDomain_SaysNothingAndKeepsRecordAndPolicy()
    {
        var outcome = await Run(Policy(Right)).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Equal("full", FamilyRun.Level(outcome, "mta-sts"));
        Assert.Equal(["_mta-sts.example.test TXT", "mta-sts.example.test POLICY"], outcome.Details.Records.Select(r => $"{r.Name} {r.Type}"));
        Assert.Contains("mode: enforce", outcome.Details.Records[1].Values);
    }

    [Theory]
    [InlineData("STS002", "v=STSv1; id=1", "v=STSv1; id=2")]
    [InlineData("STS003", "v=stsv1; id=1")]
    [InlineData("STS004", "v=STSv1; id=2026-01-01")]
    public async Task Run_RecordFault_IsNamedAloneWithAProposal(string code, params string[] texts)
    {
        var outcome = await Run(Policy(Right), texts).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal((code, "TXT", "v=STSv1; id=20260601120000"), (finding.Code, finding.Proposal!.Type, finding.Proposal.Value));
        Assert.Equal("none", FamilyRun.Level(outcome, "mta-sts"));
    }

    [Theory]
    [InlineData("STS013", "full", Right, "text/html")]
    [InlineData("STS015", "none", "version: STSv1\nmode: enforce\nmx: *.example.test\n")]
    [InlineData("STS015", "none", "<html><body>hello</body></html>")]
    [InlineData("STS017", "full", "version: STSv1\nmode: enforce\nmx: *.example.test\nmax_age: 86399\n")]
    [InlineData("STS019", "testing", "version: STSv1\nmode: testing\nmx: *.example.test\nmax_age: 60\n")]
    [InlineData("STS020", "none", "version: STSv1\nmode: none\nmax_age: 60\n")]
    [InlineData("STS021", "full", "version: STSv1\nmode: enforce\nmode: none\nmx: *.example.test\nmax_age: 604800\n")]
    public async Task Run_PolicyFault_IsNamedAlone(string code, string level, string policy, string type = "text/plain")
    {
        var outcome = await Run(new FakeHttp().Page(Address, policy, type)).OfAsync(Check);

        Assert.Equal([code], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal(level, FamilyRun.Level(outcome, "mta-sts"));
    }

    [Theory]
    [InlineData("enforce", "mx: mx1.example.test", Severity.Error, "none")]
    [InlineData("enforce", "mx: elsewhere.test", Severity.Critical, "none")]
    [InlineData("testing", "mx: mx1.example.test", Severity.Warning, "none")]
    public async Task Run_MxNotNamed_WeighsByMode(string mode, string mx, Severity severity, string level)
    {
        var outcome = await Run(Policy($"version: STSv1\nmode: {mode}\n{mx}\nmax_age: 604800")).OfAsync(Check);

        var finding = outcome.Findings.Last();
        Assert.Equal(("STS016", severity, "mx2.example.test"), (finding.Code, finding.Severity, finding.Subject.Name));
        Assert.Equal(level, FamilyRun.Level(outcome, "mta-sts"));
    }

    public static TheoryData<string, Func<HttpObservation, HttpObservation>> Fetches() => new()
    {
        { "STS005", o => o with { End = HttpEnd.NoAddress, Failure = "NXDOMAIN", Address = null } },
        { "STS006", o => o with { End = HttpEnd.Refused } },
        { "STS007", o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("mta-sts.example.test", daysLeft: -1, chain: ["NotTimeValid"]) } },
        { "STS008", o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("www.example.test", matches: false) } },
        { "STS009", o => o with { End = HttpEnd.Tls, Tls = FakeHttp.Certificate("mta-sts.example.test", chain: ["UntrustedRoot"]) } },
        { "STS010", o => o with { End = HttpEnd.Tls, Failure = "alert" } },
        { "STS011", o => o with { Status = 301, Location = "https://www.example.test/" } },
        { "STS012", o => o with { Status = 404 } },
        { "STS012", o => o with { Status = 404, End = HttpEnd.TooLarge } },
        { "STS014", o => o with { Status = 200, End = HttpEnd.TooLarge } },
    };

    [Theory]
    [MemberData(nameof(Fetches))]
    public async Task Run_PolicyNotToBeHad_IsNamedAlone(string code, Func<HttpObservation, HttpObservation> change)
    {
        var outcome = await Run(new FakeHttp().At(Address, change)).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal((code, Severity.Error, "mta-sts.example.test"), (finding.Code, finding.Severity, finding.Subject.Name));
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("none", FamilyRun.Level(outcome, "mta-sts"));
    }

    public static TheoryData<string, Func<HttpObservation, HttpObservation>> Passing() => new()
    {
        { "PolicyTimedOut", o => o with { End = HttpEnd.TimedOut } },
        { "PolicyNotFetched", o => o with { End = HttpEnd.Unreachable } },
        { "PolicyNotFetched", o => o with { End = HttpEnd.Broken } },
        { "AddressGuarded", o => o with { End = HttpEnd.Guarded } },
        { "PolicyStatus", o => o with { Status = 503 } },
        { "DnsServFail", o => o with { End = HttpEnd.DnsFailed, Unanswered = new DnsAnswer(new DnsQuestion("mta-sts.example.test", DnsRecordType.A), DnsStatus.ServFail) } },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Run_PassingTrouble_IsUndetermined(string reason, Func<HttpObservation, HttpObservation> change)
    {
        var outcome = await Run(new FakeHttp().At(Address, change)).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Null(FamilyRun.Level(outcome, "mta-sts"));
    }

    [Fact]
    public async Task Run_NothingPublished_IsANoticeWithWhatToPublish()
    {
        var outcome = await Run(new FakeHttp(), []).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("STS001", Severity.Notice, "_mta-sts.example.test"), (finding.Code, finding.Severity, finding.Proposal!.Name));
        Assert.True(MtaStsPolicy.Parse(finding.Evidence[0].Value) is { IsValid: true, Mx.Length: 2 });
        Assert.Equal("none", FamilyRun.Level(outcome, "mta-sts"));
    }

    [Fact]
    public async Task Run_PolicyWithoutRecord_IsAWarning() =>
        Assert.Equal(["STS018"], FamilyRun.Codes(await Run(Policy(Right), []).OfAsync(Check)));

    [Fact]
    public async Task Run_SomeWebSiteWithoutRecord_IsSimplyMissing() =>
        Assert.Equal(["STS001"], FamilyRun.Codes(await Run(Policy("<html>"), []).OfAsync(Check)));

    [Theory]
    [InlineData(false, false, "Parked")]
    [InlineData(true, false, "DoesNotReceive")]
    public async Task Run_DomainThatDoesNotReceive_DoesNotApply(bool sends, bool receives, string reason)
    {
        var run = Run(Policy(Right)) with { Target = new AuditTarget("example.test") { Roles = new MailRoles(sends, receives) } };

        var outcome = await run.OfAsync(Check);

        Assert.Equal(reason, Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Empty(run.Http.Asked);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "mta-sts"));
    }

    [Theory]
    [InlineData(true, true, "", true)]
    [InlineData(true, false, "STS005", false)]
    [InlineData(false, true, "", true)]
    [InlineData(false, false, "STS001", false)]
    public async Task Run_DnsOnly_JudgesTheRecordAlone(bool record, bool host, string codes, bool notTried)
    {
        var run = Run(Policy(Right), record ? ["v=STSv1; id=1"] : []) with { Options = new AuditOptions { DnsOnly = true } };
        if (host)
        {
            run.Dns.A("mta-sts.example.test", "192.0.2.80");
        }

        var outcome = await run.OfAsync(Check);

        Assert.Equal(codes, string.Join(' ', FamilyRun.Codes(outcome)));
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(notTried, outcome.Undetermined is [{ WasNotTried: true }]);
        Assert.Empty(run.Http.Asked);
    }

    [Fact]
    public async Task Run_RecordNotAnswered_IsUndetermined()
    {
        var run = Run(Policy(Right));
        run.Dns.Fail("_mta-sts.example.test", DnsRecordType.TXT, DnsStatus.Timeout);

        Assert.Equal("DnsTimeout", Assert.IsType<CheckOutcome.Inconclusive>(await run.OfAsync(Check)).Reason.Key);
    }

    private static FakeHttp Policy(string text) => new FakeHttp().Page(Address, text);

    private static FamilyRun Run(FakeHttp http) => Run(http, "v=STSv1; id=20260101");

    private static FamilyRun Run(FakeHttp http, params string[] record)
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test"), (20, "mx2.example.test"))
            .A("mx1.example.test", "192.0.2.1").A("mx2.example.test", "192.0.2.2");
        return new FamilyRun(record.Length == 0 ? dns : dns.Txt("_mta-sts.example.test", record)) { Http = http };
    }
}
