using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.TlsRpt;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.TlsRpt;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class TlsRptCheckTests
{
    private const string Name = "_smtp._tls.example.org";
    private const string Right = "v=TLSRPTv1; rua=mailto:tls@example.org";

    [Theory]
    [InlineData(Right)]
    [InlineData("v=TLSRPTv1;rua=https://reports.example.net/tls?a=b;")]
    [InlineData("v=TLSRPTv1 ; rua=mailto:tls@example.org , https://reports.example.net/")]
    [InlineData("v=TLSRPTv1; some-ext.2=yes; rua=mailto:tls@example.org")]
    public async Task Run_RecordThatCanBeUsed_SaysNothing(string text)
    {
        var outcome = await RunAsync(Receiving().Txt(Name, text));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("tls-rpt")));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Run_NoRecord_IsANoticeWithAProposal()
    {
        var outcome = await RunAsync(Receiving());

        var finding = outcome.Finding("TLSRPT001");
        Assert.Equal(("TLSRPT001", Severity.Notice, "none"), (outcome.Codes(), finding.Severity, outcome.Grade("tls-rpt")));
        Assert.Equal(new ProposedRecord(Name, "TXT", "v=TLSRPTv1; rua=mailto:tls-reports@example.org"), finding.Proposal);
    }

    [Fact]
    public async Task Run_ForeignTextsBesideTheRecord_AreDiscarded()
    {
        var outcome = await RunAsync(Receiving().Txt(Name, "v=spf1 -all", Right));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("tls-rpt")));
    }

    [Fact]
    public async Task Run_SeveralRecords_AreNone()
    {
        var outcome = await RunAsync(Receiving().Txt(Name, Right, "v=TLSRPTv1; rua=https://reports.example.net/"));

        Assert.Equal(("TLSRPT002", "none"), (outcome.Codes(), outcome.Grade("tls-rpt")));
        Assert.Equal("v=TLSRPTv1; rua=mailto:tls@example.org,https://reports.example.net/", outcome.Findings[0].Proposal!.Value);
    }

    [Theory]
    [InlineData("v=tlsrptv1; rua=mailto:tls@example.org")]
    [InlineData("V=TLSRPTv1; rua=mailto:tls@example.org")]
    [InlineData("v=TLSRPTv1 rua=mailto:tls@example.org")]
    [InlineData("v=TLSRPTv1, rua=mailto:tls@example.org")]
    [InlineData("v=TLSRPT1; rua=mailto:tls@example.org")]
    [InlineData("v=TLS-RPTv1; rua=mailto:tls@example.org")]
    [InlineData("\"v=TLSRPTv1; rua=mailto:tls@example.org\"")]
    [InlineData(" v=TLSRPTv1; rua=mailto:tls@example.org")]
    public async Task Run_Misspelt_IsANearMissAndRepaired(string text)
    {
        var outcome = await RunAsync(Receiving().Txt(Name, text));

        Assert.Equal(("TLSRPT003", "none"), (outcome.Codes(), outcome.Grade("tls-rpt")));
        Assert.Equal(Right, outcome.Findings[0].Proposal!.Value);
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("_tls.example.org")]
    [InlineData("_smtp._tls.example.org.example.org")]
    public async Task Run_RecordElsewhere_IsMisplaced(string name)
    {
        var outcome = await RunAsync(Receiving().Txt(name, Right));

        Assert.Equal("TLSRPT004", outcome.Codes());
        Assert.Equal((Name, Right), (outcome.Findings[0].Proposal!.Name, outcome.Findings[0].Proposal!.Value));
    }

    [Theory]
    [InlineData("v=TLSRPTv1;", "v=TLSRPTv1; rua=mailto:tls-reports@example.org")]
    [InlineData("v=TLSRPTv1; rua=", "v=TLSRPTv1; rua=mailto:tls-reports@example.org")]
    [InlineData("v=TLSRPTv1; rua=tls@example.org", Right)]
    [InlineData("v=TLSRPTv1; rua=http://reports.example.net/", "v=TLSRPTv1; rua=mailto:tls-reports@example.org")]
    public async Task Run_NoUsableDestination_SaysSo(string text, string proposal)
    {
        var outcome = await RunAsync(Receiving().Txt(Name, text));

        Assert.Equal(("TLSRPT005", "none"), (outcome.Codes(), outcome.Grade("tls-rpt")));
        Assert.Equal(proposal, outcome.Findings[0].Proposal!.Value);
    }

    [Fact]
    public async Task Run_OneUnusableDestination_IsNamed()
    {
        var outcome = await RunAsync(Receiving().Txt(Name, $"{Right},mailto:nobody"));

        Assert.Equal(("TLSRPT006", "full"), (outcome.Codes(), outcome.Grade("tls-rpt")));
        Assert.Equal("mailto:nobody", outcome.Findings[0].Evidence[0].Value);
    }

    [Theory]
    [InlineData("v=TLSRPTv1; mailto:tls@example.org", "none")]
    [InlineData("v=TLSRPTv1; rua=mailto:tls@example.org; nothing", "full")]
    [InlineData("v=TLSRPTv1; rua=mailto:tls@example.org; rua=mailto:b@example.org", "full")]
    [InlineData("v=TLSRPTv1;; rua=mailto:tls@example.org", "full")]
    public async Task Run_BrokenPart_IsSaidOnce(string text, string grade)
    {
        var outcome = await RunAsync(Receiving().Txt(Name, text));

        Assert.Equal(("TLSRPT007", grade), (outcome.Codes(), outcome.Grade("tls-rpt")));
    }

    [Theory]
    [InlineData(true, false, "DoesNotReceive")]
    [InlineData(false, false, "Parked")]
    public async Task Run_TakesNoMail_IsNotApplicable(bool sends, bool receives, string reason)
    {
        var target = new AuditTarget("example.org") { Roles = new MailRoles(sends, receives) };

        var outcome = Assert.IsType<CheckOutcome.NotApplicable>(await DnsOnlyAudit.RunAsync(new TlsRptCheck(), Receiving(), target));

        Assert.Equal((reason, "-"), (outcome.Reason.Key, outcome.Grade("tls-rpt")));
    }

    [Fact]
    public async Task Run_QuestionFails_IsUndetermined()
    {
        var outcome = await RunAsync(Receiving().Fail(Name, DnsRecordType.TXT, DnsStatus.Timeout));

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("tls-rpt")));
    }

    [Fact]
    public void Parse_HostileText_IsBounded()
    {
        var text = "v=TLSRPTv1;" + string.Concat(Enumerable.Repeat("x;", 20_000)) + "rua=" + new string(',', 20_000);

        var record = TlsRptRecord.Parse(text)!;

        Assert.InRange(record.Broken.Length, 1, TlsRptRecord.MaximumFields + 1);
        Assert.All(record.Broken, b => Assert.InRange(b.Length, 0, 100));
    }

    private static FakeDns Receiving() => new FakeDns().Mx("example.org", (10, "mx.example.org"));

    private static Task<CheckOutcome> RunAsync(FakeDns dns) => DnsOnlyAudit.RunAsync(new TlsRptCheck(), dns, new AuditTarget("example.org"));
}
