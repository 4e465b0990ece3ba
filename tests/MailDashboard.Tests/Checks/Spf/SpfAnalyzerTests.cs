using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Spf;

/// <summary>One fault each: its own code, and nothing else of warning or worse.</summary>
public class SpfAnalyzerTests
{
    private static readonly Dictionary<string, (string Code, Severity Severity, Func<FakeDns> World)> Faults = new()
    {
        ["no record"] = ("SPF001", Severity.Error, () => SpfWorld.With("google-site-verification=x")),
        ["no such domain"] = ("SPF001", Severity.Error, () => new FakeDns()),
        ["two records"] = ("SPF003", Severity.Error, () => SpfWorld.With("v=spf1 mx -all", "v=spf1 a -all")),
        ["unknown mechanism"] = ("SPF004", Severity.Error, () => SpfWorld.With("v=spf1 mx ipv4:192.0.2.1 -all")),
        ["misspelt all"] = ("SPF004", Severity.Error, () => SpfWorld.With("v=spf1 mx -al")),
        ["bad prefix"] = ("SPF004", Severity.Error, () => SpfWorld.With("v=spf1 ip4:192.0.2.0/33 -all")),
        ["redirect with a colon"] = ("SPF004", Severity.Error, () => SpfWorld.With("v=spf1 redirect:spf.example.net")),
        ["typographic dash"] = ("SPF005", Severity.Error, () => SpfWorld.With("v=spf1 mx –all")),
        ["eleven look-ups"] = ("SPF006", Severity.Error, () => SpfWorld.With("v=spf1 " + string.Join(' ', Enumerable.Range(1, 11).Select(i => $"a:h{i}.example.net")) + " -all").Many("h", 11)),
        ["eleven look-ups below includes"] = ("SPF006", Severity.Error, () => SpfWorld.With("v=spf1 a mx include:one.example.net include:two.example.net -all")
            .Txt("one.example.net", "v=spf1 a:h1.example.net a:h2.example.net a:h3.example.net a:h4.example.net ~all")
            .Txt("two.example.net", "v=spf1 a:h5.example.net a:h6.example.net ?include:three.example.net ~all")
            .Txt("three.example.net", "v=spf1 ip4:192.0.2.7 -all").Many("h", 6)),
        ["three void look-ups"] = ("SPF008", Severity.Error, () => SpfWorld.With("v=spf1 a:x.example.net a:y.example.net exists:z.example.net -all")),
        ["include of nothing"] = ("SPF009", Severity.Error, () => SpfWorld.With("v=spf1 include:gone.example.net -all")),
        ["include of a name without record"] = ("SPF009", Severity.Error, () => SpfWorld.With("v=spf1 ~include:mx.example.org -all")),
        ["redirect to nothing"] = ("SPF009", Severity.Error, () => SpfWorld.With("v=spf1 redirect=gone.example.net")),
        ["include of a broken record"] = ("SPF010", Severity.Error, () => SpfWorld.With("v=spf1 include:bad.example.net -all").Txt("bad.example.net", "v=spf1 foo -all")),
        ["include of two records"] = ("SPF010", Severity.Error, () => SpfWorld.With("v=spf1 include:bad.example.net -all").Txt("bad.example.net", "v=spf1 -all", "v=spf1 ~all")),
        ["include of itself"] = ("SPF011", Severity.Error, () => SpfWorld.With("v=spf1 include:EXAMPLE.org. -all")),
        ["include in a circle"] = ("SPF011", Severity.Error, () => SpfWorld.With("v=spf1 include:one.example.net -all").Txt("one.example.net", "v=spf1 redirect=example.org")),
        ["+all"] = ("SPF012", Severity.Critical, () => SpfWorld.With("v=spf1 mx +all")),
        ["all without a sign"] = ("SPF012", Severity.Critical, () => SpfWorld.With("v=spf1 mx all")),
        ["all of IPv4"] = ("SPF012", Severity.Critical, () => SpfWorld.With("v=spf1 ip4:0.0.0.0/0 -all")),
        ["+all in an include"] = ("SPF012", Severity.Critical, () => SpfWorld.With("v=spf1 include:open.example.net -all").Txt("open.example.net", "v=spf1 +all")),
        ["a large range"] = ("SPF013", Severity.Warning, () => SpfWorld.With("v=spf1 ip4:11.0.0.0/8 -all")),
        ["half of IPv4"] = ("SPF013", Severity.Critical, () => SpfWorld.With("v=spf1 ip4:128.0.0.0/1 -all")),
        ["?all"] = ("SPF014", Severity.Warning, () => SpfWorld.With("v=spf1 mx ?all")),
        ["no all"] = ("SPF015", Severity.Warning, () => SpfWorld.With("v=spf1 mx")),
        ["no all behind a redirect"] = ("SPF015", Severity.Warning, () => SpfWorld.With("v=spf1 redirect=r.example.net").Txt("r.example.net", "v=spf1 ip4:192.0.2.1")),
        ["terms after all"] = ("SPF017", Severity.Warning, () => SpfWorld.With("v=spf1 mx -all include:spf.example.net")),
        ["redirect beside all"] = ("SPF018", Severity.Warning, () => SpfWorld.With("v=spf1 mx redirect=spf.example.net -all")),
        ["ptr"] = ("SPF019", Severity.Warning, () => SpfWorld.With("v=spf1 mx ptr -all")),
        ["the macro p"] = ("SPF019", Severity.Warning, () => SpfWorld.With("v=spf1 mx exists:%{p}.example.org -all")),
        ["a blank before it"] = ("SPF020", Severity.Error, () => SpfWorld.With(" v=spf1 mx -all")),
        ["quotation marks"] = ("SPF020", Severity.Error, () => SpfWorld.With("\"v=spf1 mx -all\"")),
        ["v=spf10"] = ("SPF020", Severity.Error, () => SpfWorld.With("v=spf10 mx -all")),
        ["ip4 with an equals sign"] = ("SPF026", Severity.Warning, () => SpfWorld.With("v=spf1 mx ip4=192.0.2.9 -all")),
        ["eleven mail servers"] = ("SPF027", Severity.Error, () => SpfWorld.With("v=spf1 mx:m.example.net -all")
            .Mx("m.example.net", [.. Enumerable.Range(1, 11).Select(i => (i, $"m{i}.example.net"))])),
    };

    private static readonly Dictionary<string, (string Code, Severity Severity, Func<FakeDns> World)> Remarks = new()
    {
        ["eight look-ups"] = ("SPF007", Severity.Notice, () => SpfWorld.With("v=spf1 " + string.Join(' ', Enumerable.Range(1, 8).Select(i => $"a:h{i}.example.net")) + " -all").Many("h", 8)),
        ["ten look-ups"] = ("SPF007", Severity.Notice, () => SpfWorld.With("v=spf1 " + string.Join(' ', Enumerable.Range(1, 10).Select(i => $"a:h{i}.example.net")) + " -all").Many("h", 10)),
        ["~all"] = ("SPF016", Severity.Info, () => SpfWorld.With("v=spf1 mx ~all")),
        ["all twice"] = ("SPF017", Severity.Notice, () => SpfWorld.With("v=spf1 mx -all -all")),
        ["misspelt beside a right one"] = ("SPF020", Severity.Notice, () => SpfWorld.With("v=spf1 mx -all", "v=spf1; mx")),
        ["long"] = ("SPF021", Severity.Notice, () => SpfWorld.With("v=spf1 " + string.Join(' ', Enumerable.Range(1, 30).Select(i => $"ip4:198.51.100.{i}")) + " -all")),
        ["twice the same include"] = ("SPF022", Severity.Notice, () => SpfWorld.With("v=spf1 include:spf.example.net +include:spf.example.net -all")),
        ["host bits"] = ("SPF023", Severity.Notice, () => SpfWorld.With("v=spf1 ip4:198.51.100.7/24 -all")),
        ["private address"] = ("SPF024", Severity.Notice, () => SpfWorld.With("v=spf1 mx ip4:10.0.0.0/8 ip4:192.168.1.5 ip6:fd00::/8 -all")),
        ["macro in an include"] = ("SPF025", Severity.Info, () => SpfWorld.With("v=spf1 include:%{i}._spf.example.net -all")),
        ["one void look-up"] = ("SPF028", Severity.Notice, () => SpfWorld.With("v=spf1 mx a:gone.example.net -all")),
        ["two void look-ups"] = ("SPF028", Severity.Notice, () => SpfWorld.With("v=spf1 mx a:gone.example.net mx:spf.example.net -all")),
        ["unknown modifier"] = ("SPF030", Severity.Info, () => SpfWorld.With("v=spf1 foo=bar mx -all")),
        ["no explanation"] = ("SPF031", Severity.Notice, () => SpfWorld.With("v=spf1 mx -all exp=gone.example.net")),
    };

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    public static TheoryData<string> RemarkNames => [.. Remarks.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public async Task Analyze_OneFault_NamesItAndNoOther(string fault)
    {
        var (code, severity, world) = Faults[fault];

        var outcome = await SpfWorld.JudgeAsync(world());

        var finding = Assert.Single(outcome.Findings, f => f.Severity >= Severity.Warning);
        Assert.Equal((code, severity), (finding.Code, finding.Severity));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Theory]
    [MemberData(nameof(RemarkNames))]
    public async Task Analyze_SomethingToKnow_SaysItBelowWarning(string remark)
    {
        var (code, severity, world) = Remarks[remark];

        var outcome = await SpfWorld.JudgeAsync(world());

        Assert.DoesNotContain(outcome.Findings, f => f.Severity >= Severity.Warning);
        Assert.Contains(outcome.Findings, f => f.Code == code && f.Severity == severity);
    }

    [Theory]
    [InlineData("v=spf1 mx -all")]
    [InlineData("V=SPF1 A MX IP4:192.0.2.0/24 IP6:2001:db8::/32 INCLUDE:spf.example.net -ALL")]
    [InlineData("v=spf1 a/24//64 mx//64 ?include:spf.example.net exists:%{i}._spf.%{d} -all")]
    [InlineData("v=spf1 redirect=spf.example.net")]
    [InlineData("v=spf1 include:%{d2}.spf.example.net -all")]
    public async Task Analyze_RightRecord_SaysNothing(string record)
    {
        var world = SpfWorld.With(record, "another text").Txt("example.org.spf.example.net", "v=spf1 ip4:192.0.2.3 ~all");

        var outcome = await SpfWorld.JudgeAsync(world);

        Assert.Empty(outcome.Findings);
        Assert.Equal(["full", "full"], outcome.Details.Grades.Select(g => g.Level));
        Assert.Contains(outcome.Details.Records, r => r.Name == SpfWorld.Domain && r.Values.Contains(record));
    }

    [Theory]
    [InlineData("v=spf1 -all", null, "full")]
    [InlineData("v=spf1 redirect=closed.example.net", null, "full")]
    [InlineData("v=spf1 -a -all", null, "full")]
    [InlineData("v=spf1 mx -all", "SPF029", "none")]
    [InlineData("v=spf1 ~all", "SPF029", "none")]
    [InlineData("v=spf1", "SPF029", "none")]
    [InlineData("v=spf1 ?all", "SPF029", "none")]
    [InlineData("v=spf1 +all", "SPF012", "open")]
    [InlineData("something else", "SPF002", "none")]
    public async Task Analyze_ParkedDomain_MustBeClosed(string record, string? code, string grade)
    {
        var world = SpfWorld.With(record).Txt("closed.example.net", "v=spf1 -all");

        var outcome = await SpfWorld.JudgeAsync(world, MailRoles.Parked);

        Assert.Equal(code, outcome.Findings.SingleOrDefault(f => f.Severity >= Severity.Warning)?.Code);
        Assert.Equal(grade, outcome.Details.Grades.Single(g => g.Subtest == "spf-all").Level);
    }

    [Theory]
    [InlineData("v=spf1 mx ~all", "full", "full-softfail")]
    [InlineData("v=spf1 mx ?all", "full", "neutral")]
    [InlineData("v=spf1 mx", "full", "none")]
    [InlineData("v=spf1 mx +all", "full", "open")]
    [InlineData("v=spf1 mx mx mx mx mx mx mx mx -all", "partial", "full")]
    [InlineData("v=spf1 mx foo -all", "none", "none")]
    [InlineData("v=spf1 include:gone.example.net -all", "none", "full")]
    public async Task Analyze_Record_GivesItsGrades(string record, string valid, string all)
    {
        var outcome = await SpfWorld.JudgeAsync(SpfWorld.With(record));

        Assert.Equal(
            [new SubtestGrade("spf-valid", valid), new SubtestGrade("spf-all", all)],
            outcome.Details.Grades);
    }

    [Theory]
    [InlineData(DnsStatus.Timeout)]
    [InlineData(DnsStatus.ServFail)]
    [InlineData(DnsStatus.Refused)]
    [InlineData(DnsStatus.BudgetSpent)]
    public async Task Analyze_DnsFails_IsInconclusiveAndSilent(DnsStatus status)
    {
        var outcome = await SpfWorld.JudgeAsync(SpfWorld.With("v=spf1 mx -all").Fail(SpfWorld.Domain, DnsRecordType.TXT, status));

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.All(outcome.Details.Grades, g => Assert.True(g.IsUndetermined));
    }

    [Fact]
    public async Task Analyze_IncludeFails_IsInconclusiveAboutTheDomain()
    {
        var world = SpfWorld.With("v=spf1 include:spf.example.net mx ?all").Fail("spf.example.net", DnsRecordType.TXT, DnsStatus.ServFail);

        var outcome = await SpfWorld.JudgeAsync(world);

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.False(outcome.Details.IsDetermined(Subject.Domain(SpfWorld.Domain)));
        Assert.Equal("SPF014", Assert.Single(outcome.Findings).Code);
    }

    [Fact]
    public async Task Analyze_OneAddressNameFails_LeavesTheVerdictStanding()
    {
        var world = SpfWorld.With("v=spf1 a:slow.example.net mx -all").Fail("slow.example.net", DnsRecordType.A, DnsStatus.Timeout);

        var outcome = await SpfWorld.JudgeAsync(world);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(Subject.Host("slow.example.net"), Assert.Single(outcome.Undetermined).Subject);
        Assert.True(outcome.Details.IsDetermined(Subject.Domain(SpfWorld.Domain)));
    }

    [Theory]
    [InlineData("no TXT", "v=spf1 mx ip4:192.0.2.25 ~all")]
    [InlineData("v=spf1 mx ?all", "v=spf1 mx ~all")]
    [InlineData("v=spf1 mx", "v=spf1 mx ~all")]
    [InlineData("v=spf1 -all mx", "v=spf1 mx -all")]
    [InlineData("v=spf1 mx ip4=192.0.2.9 -all", "v=spf1 mx ip4:192.0.2.9 -all")]
    [InlineData("v=spf1 ip4:198.51.100.7/24 -all", "v=spf1 ip4:198.51.100.0/24 -all")]
    [InlineData("v=spf1 mx mx -all", "v=spf1 mx -all")]
    public async Task Analyze_MendableRecord_ProposesTheRightOne(string record, string proposed)
    {
        var outcome = await SpfWorld.JudgeAsync(SpfWorld.With(record));

        Assert.Equal(new ProposedRecord(SpfWorld.Domain, "TXT", proposed), Assert.Single(outcome.Findings).Proposal);
    }

    [Fact]
    public async Task Analyze_TwoRecords_ProposesOneWithEverything()
    {
        var outcome = await SpfWorld.JudgeAsync(SpfWorld.With("v=spf1 mx -all", "v=spf1 a mx include:spf.example.net -all"));

        Assert.Equal("v=spf1 mx a include:spf.example.net -all", Assert.Single(outcome.Findings).Proposal?.Value);
    }

    [Fact]
    public void Faults_AndRemarks_CoverEveryCode()
    {
        var tested = Faults.Values.Concat(Remarks.Values).Select(f => f.Code).Append("SPF002").Append("SPF029").Distinct().Order();

        Assert.Equal(MailDashboard.Checks.Spf.SpfFindings.All.Select(f => f.Code).Order(), tested);
    }
}

internal static class FakeDnsSpfExtensions
{
    /// <summary>Names with a number, each with an address.</summary>
    public static FakeDns Many(this FakeDns dns, string prefix, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            dns.A($"{prefix}{i}.example.net", "192.0.2.100");
        }

        return dns;
    }
}
