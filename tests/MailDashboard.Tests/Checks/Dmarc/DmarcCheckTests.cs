using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dmarc;

public class DmarcCheckTests
{
    private const string Rua = "rua=mailto:d@example.org";

    private static Task<CheckOutcome> RunAsync(FakeDns dns, string domain = "example.org", MailRoles? roles = null) =>
        DnsOnlyAudit.RunAsync(new DmarcCheck(), dns, new AuditTarget(domain) { Roles = roles ?? MailRoles.Both });

    private static FakeDns Dns(params string[] records) => new FakeDns().Mx("example.org", (10, "mx.example.org")).Txt("_dmarc.example.org", records);

    private static string Grades(CheckOutcome outcome) =>
        $"{outcome.Grade("dmarc-valid")} {outcome.Grade("dmarc-policy")} {outcome.Grade("dmarc-reports")}";

    [Theory]
    [InlineData("v=DMARC1; p=reject; " + Rua, "", "full reject full")]
    [InlineData("v=DMARC1; " + Rua + "; p=reject; np=reject; adkim=s; aspf=r; fo=1:d; psd=n; t=n", "", "full reject full")]
    [InlineData("V=DMARC1; P=REJECT; " + Rua, "", "full reject full")]
    [InlineData("v=DMARC1; " + Rua, "DMARC005", "full none-with-rua full")]
    [InlineData("v=DMARC1; np=reject", "DMARC005", "none none none")]
    [InlineData("v=DMARC1; p=rejct; " + Rua, "DMARC006", "full none-with-rua full")]
    [InlineData("v=DMARC1; p=reject; sp=no; " + Rua, "DMARC006", "full none-with-rua full")]
    [InlineData("v=DMARC1; p=none; np=reject; " + Rua, "DMARC007", "full none-with-rua full")]
    [InlineData("v=DMARC1; p=none; np=reject", "DMARC008", "full none none")]
    [InlineData("v=DMARC1; p=quarantine; np=reject; " + Rua, "DMARC009", "full quarantine full")]
    [InlineData("v=DMARC1; p=reject; t=y; " + Rua, "DMARC010", "full quarantine full")]
    [InlineData("v=DMARC1; p=quarantine; np=reject; t=y; " + Rua, "DMARC010", "full none-with-rua full")]
    [InlineData("v=DMARC1; p=reject; pct=20; " + Rua, "DMARC011", "full reject full")]
    [InlineData("v=DMARC1; p=reject; pct=100; " + Rua, "DMARC012", "full reject full")]
    [InlineData("v=DMARC1; p=reject; rf=afrf; ri=3600; " + Rua, "DMARC012", "full reject full")]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=reject; " + Rua, "DMARC013", "full quarantine full")]
    [InlineData("v=DMARC1; p=reject; np=none; " + Rua, "DMARC014", "full none-with-rua full")]
    [InlineData("v=DMARC1; p=quarantine; " + Rua, "DMARC009 DMARC015", "full quarantine full")]
    [InlineData("v=DMARC1; p=reject", "DMARC016", "full reject none")]
    [InlineData("v=DMARC1; p=reject; rua=", "DMARC016", "full reject none")]
    [InlineData("v=DMARC1; p=reject; rua=d@example.org", "DMARC019", "full reject none")]
    [InlineData("v=DMARC1; p=reject; psd=y; " + Rua, "DMARC020", "full reject full")]
    [InlineData("v=DMARC1; p=reject; ruf=mailto:f@example.org; " + Rua, "DMARC021", "full reject full")]
    [InlineData("v=DMARC1; p=reject; adkim=x; " + Rua, "DMARC022", "full reject full")]
    [InlineData("v=DMARC1; p=reject; rubbish; " + Rua, "DMARC022", "full reject full")]
    [InlineData("v=DMARC1; p=reject; p=none; " + Rua, "DMARC022", "full reject full")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@example.org!10m", "DMARC025", "full reject full")]
    [InlineData("v=DMARC1; p=reject; ruaa=x; " + Rua, "DMARC026", "full reject full")]
    public async Task Run_OneRecord_SaysThatFaultAndNoOther(string record, string codes, string grades)
    {
        var outcome = await RunAsync(Dns(record));

        Assert.Equal((codes, grades), (outcome.Codes(), Grades(outcome)));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Run_NoRecordAnywhere_ProposesTheFirst()
    {
        var outcome = await RunAsync(new FakeDns().Mx("example.org", (10, "mx.example.org")));

        Assert.Equal(("DMARC001", "none none none"), (outcome.Codes(), Grades(outcome)));
        Assert.Equal(new ProposedRecord("_dmarc.example.org", "TXT", "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org"), outcome.Findings[0].Proposal);
    }

    [Fact]
    public async Task Run_ParkedDomainWithoutARecord_ProposesReject()
    {
        var outcome = await RunAsync(new FakeDns(), roles: MailRoles.Parked);

        Assert.Equal(("DMARC001", "none none -"), (outcome.Codes(), Grades(outcome)));
        Assert.Equal("v=DMARC1; p=reject", outcome.Findings[0].Proposal!.Value);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject", "", "full reject -")]
    [InlineData("v=DMARC1; p=none; np=reject", "DMARC024", "full none -")]
    [InlineData("v=DMARC1; p=quarantine; np=reject", "DMARC024", "full quarantine -")]
    [InlineData("v=DMARC1; p=reject; t=y", "DMARC024", "full quarantine -")]
    public async Task Run_ParkedDomain_HasToReject(string record, string codes, string grades)
    {
        var outcome = await RunAsync(Dns(record), roles: MailRoles.Parked);

        Assert.Equal((codes, grades), (outcome.Codes(), Grades(outcome)));
    }

    [Theory]
    [InlineData("v=dmarc1; p=reject; rua=mailto:d@example.org", "v=DMARC1; p=reject; rua=mailto:d@example.org")]
    [InlineData("v=DMARC1. p=quarantine", "v=DMARC1; p=quarantine")]
    [InlineData("v=DMARC1 p=none; rua=mailto:d@example.org", "v=DMARC1; p=none; rua=mailto:d@example.org")]
    [InlineData("\"v=DMARC1; p=reject\"", "v=DMARC1; p=reject")]
    [InlineData("v=DMARC1\\; p=reject\\; sp=none", "v=DMARC1; p=reject; sp=none")]
    [InlineData("p=reject; v=DMARC1", "v=DMARC1; p=reject")]
    [InlineData("p=reject", "v=DMARC1; p=reject")]
    [InlineData("DMARC1; p=reject", "v=DMARC1; p=reject")]
    [InlineData("p=reject; rua=mailto:dmarc@dmarc.example.org", "v=DMARC1; p=reject; rua=mailto:dmarc@dmarc.example.org")]
    public async Task Run_NearMiss_IsNamedAndRepaired(string text, string repaired)
    {
        var outcome = await RunAsync(Dns(text));

        Assert.Equal(("DMARC003", "none none none"), (outcome.Codes(), Grades(outcome)));
        Assert.Equal(repaired, outcome.Findings[0].Proposal!.Value);
    }

    [Theory]
    [InlineData("v=DMARC1; p=rejct; " + Rua, "v=DMARC1; p=reject; " + Rua)]
    [InlineData("v=DMARC1; p=reject, " + Rua, "v=DMARC1; p=reject; " + Rua)]
    [InlineData("v=DMARC1; p=enforce", "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org")]
    [InlineData("v=DMARC1; p=quaratine; sp=no", "v=DMARC1; p=quarantine; rua=mailto:dmarc-reports@example.org")]
    [InlineData("v=DMARC1; aspf=s", "v=DMARC1; p=none; aspf=s; rua=mailto:dmarc-reports@example.org")]
    public async Task Run_PolicyThatCannotBeRead_IsMended(string text, string mended) =>
        Assert.Equal(mended, (await RunAsync(Dns(text))).Findings[0].Proposal!.Value);

    [Theory]
    [InlineData("example.org")]
    [InlineData("_dmarc.example.org.example.org")]
    public async Task Run_RecordInTheWrongPlace_IsNamed(string name)
    {
        var outcome = await RunAsync(new FakeDns().Txt(name, "v=spf1 -all", "v=DMARC1; p=reject"));

        Assert.Equal("DMARC004", outcome.Codes());
        Assert.Equal(new ProposedRecord("_dmarc.example.org", "TXT", "v=DMARC1; p=reject"), outcome.Findings[0].Proposal);
    }

    [Fact]
    public async Task Run_SeveralRecords_IsOneErrorAndNoPolicy()
    {
        var outcome = await RunAsync(Dns("v=DMARC1; p=none; " + Rua, "v=DMARC1; p=reject; " + Rua));

        Assert.Equal(("DMARC002", "none none none"), (outcome.Codes(), Grades(outcome)));
        Assert.Equal(2, outcome.Findings[0].Evidence.Length);
        Assert.Equal("v=DMARC1; p=reject; " + Rua, outcome.Findings[0].Proposal!.Value);
    }

    [Fact]
    public async Task Run_AliasIntoNowhere_IsShownWithTheMissingRecord()
    {
        var outcome = await RunAsync(new FakeDns().Cname("_dmarc.example.org", "gone.vendor.example"));

        Assert.Contains(outcome.Finding("DMARC001").Evidence, e => e is { Label: "alias", Value: "gone.vendor.example" });
    }

    [Fact]
    public async Task Run_HostedRecordBehindAnAlias_IsFollowed()
    {
        var dns = new FakeDns().Mx("example.org", (10, "mx.example.org")).Cname("_dmarc.example.org", "x.vendor.example").Txt("x.vendor.example", "v=DMARC1; p=reject; " + Rua);

        Assert.Equal("", (await RunAsync(dns)).Codes());
    }

    [Fact]
    public async Task Run_SixSubdomainsUnderReject_AreCalledProtected()
    {
        var dns = Dns("v=DMARC1; p=reject; " + Rua);
        foreach (var name in new[] { "a", "b", "c", "www", "x.y", "_z" })
        {
            var outcome = await RunAsync(dns, $"{name}.example.org");

            Assert.Equal(("DMARC023", "full reject full"), (outcome.Codes(), Grades(outcome)));
            Assert.Equal(Severity.Info, outcome.Findings[0].Severity);
        }
    }

    [Fact]
    public async Task Run_InheritedFaultsOfTheText_AreTheParentsToMend()
    {
        var outcome = await RunAsync(Dns("v=DMARC1; p=reject; pct=20; rf=afrf; foo=bar; " + Rua), "a.example.org");

        Assert.Equal("DMARC023", outcome.Codes());
    }

    [Fact]
    public async Task Run_InheritedNone_ProposesAnOwnRecord()
    {
        var outcome = await RunAsync(Dns("v=DMARC1; p=reject; sp=none; np=reject; " + Rua).A("a.example.org", "192.0.2.1"), "a.example.org");

        Assert.Equal(("DMARC007 DMARC023", "full none-with-rua full"), (outcome.Codes(), Grades(outcome)));
        Assert.Equal(new ProposedRecord("_dmarc.a.example.org", "TXT", "v=DMARC1; p=quarantine; t=y; " + Rua), outcome.Finding("DMARC007").Proposal);
    }

    [Fact]
    public async Task Run_WeakSpBelowAnOrganizationalDomain_IsWithoutEffect()
    {
        var dns = Dns("v=DMARC1; p=reject; " + Rua).Txt("_dmarc.a.example.org", "v=DMARC1; p=reject; sp=none; " + Rua);

        var outcome = await RunAsync(dns, "a.example.org");

        Assert.Equal(("", "full reject full"), (outcome.Codes(), Grades(outcome)));
    }

    [Theory]
    [InlineData("_dmarc.example.org")]
    [InlineData("_dmarc.org")]
    public async Task Run_DnsFailsOnTheWay_IsUndetermined(string name)
    {
        var outcome = await RunAsync(new FakeDns().Fail(name, DnsRecordType.TXT, DnsStatus.ServFail));

        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(("", "? ? ?"), (outcome.Codes(), Grades(outcome)));
    }

    [Fact]
    public async Task Run_Done_TellsTheWay()
    {
        var outcome = await RunAsync(Dns("v=DMARC1; p=reject; " + Rua), "a.example.org");

        Assert.Contains(outcome.Details.Facts, f => f is { Key: "policy", Value: "reject" });
        Assert.Contains(outcome.Details.Facts, f => f is { Key: "source", Value: "example.org" });
        Assert.Contains(outcome.Details.Facts, f => f is { Key: "organizationalDomain", Value: "example.org" });
        Assert.Contains(outcome.Details.Facts, f => f.Key == "walk" && f.Value == "_dmarc.a.example.org: NXDOMAIN · _dmarc.example.org: p=reject · _dmarc.org: NXDOMAIN");
        Assert.Contains(outcome.Details.Records, r => r.Name == "_dmarc.example.org" && r.Type == "TXT");
    }
}
