using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dmarc;

public class DmarcDestinationTests
{
    private const string Permission = "example.org._report._dmarc.vendor.example";

    private static Task<CheckOutcome> RunAsync(FakeDns dns, string domain = "example.org") =>
        DnsOnlyAudit.RunAsync(new DmarcCheck(), dns, new AuditTarget(domain) { Roles = MailRoles.Both });

    private static FakeDns Dns(string destination = "d@vendor.example") => new FakeDns()
        .Mx("vendor.example", (10, "mx.vendor.example"))
        .Txt("_dmarc.example.org", $"v=DMARC1; p=reject; rua=mailto:{destination}");

    [Theory]
    [InlineData("v=DMARC1")]
    [InlineData("v=DMARC1;")]
    [InlineData("v=DMARC1; rua=mailto:other@vendor.example")]
    public async Task Run_ExternalThatAgreed_SaysNothing(string text)
    {
        var dns = Dns().Txt(Permission, text);

        var outcome = await RunAsync(dns);

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dmarc-reports")));
        Assert.Contains(dns.Asked, q => q.Name == Permission);
        Assert.DoesNotContain(dns.Asked, q => q.Name == "_report._dmarc.vendor.example");
    }

    [Fact]
    public async Task Run_ExternalWithAWildcard_IsAgreed() =>
        Assert.Equal("", (await RunAsync(Dns().Txt("*._report._dmarc.vendor.example", "v=DMARC1"))).Codes());

    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData(null)]
    public async Task Run_ExternalThatDidNotAgree_NamesTheRecord(string? text)
    {
        var dns = text is null ? Dns() : Dns().Txt(Permission, text);

        var outcome = await RunAsync(dns);

        Assert.Equal(("DMARC017", "none"), (outcome.Codes(), outcome.Grade("dmarc-reports")));
        Assert.Equal(Subject.Host("vendor.example"), outcome.Findings[0].Subject);
        Assert.Equal(new ProposedRecord(Permission, "TXT", "v=DMARC1"), outcome.Findings[0].Proposal);
    }

    [Fact]
    public async Task Run_InheritedRecord_AsksForTheDomainThatPublishesIt()
    {
        var outcome = await RunAsync(Dns().Txt(Permission, "v=DMARC1"), "a.example.org");

        Assert.Equal(("DMARC023", "full"), (outcome.Codes(), outcome.Grade("dmarc-reports")));
    }

    [Fact]
    public async Task Run_DestinationBelowTheOrganization_NeedsNoPermission()
    {
        var dns = Dns("d@reports.example.org").A("reports.example.org", "192.0.2.1");

        Assert.Equal("", (await RunAsync(dns)).Codes());
        Assert.DoesNotContain(dns.Asked, q => q.Name.Contains("_report", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_DestinationBelowThatIsAnOrganizationOfItsOwn_NeedsPermission()
    {
        var dns = Dns("d@reports.example.org").A("reports.example.org", "192.0.2.1").Txt("_dmarc.reports.example.org", "v=DMARC1; p=reject; psd=n");

        Assert.Equal("DMARC017", (await RunAsync(dns)).Codes());
    }

    [Fact]
    public async Task Run_PermissionCannotBeAsked_LeavesThatDestinationOpen()
    {
        var outcome = await RunAsync(Dns().Fail(Permission, DnsRecordType.TXT, DnsStatus.Timeout));

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(("", "?", "reject"), (outcome.Codes(), outcome.Grade("dmarc-reports"), outcome.Grade("dmarc-policy")));
        Assert.Equal(Subject.Host("vendor.example"), Assert.Single(outcome.Undetermined).Subject);
        Assert.True(outcome.Details.IsDetermined(Subject.Domain("example.org")));
        Assert.False(outcome.Details.IsDetermined(Subject.Host("vendor.example")));
    }

    [Fact]
    public async Task Run_DestinationThatDoesNotExist_CannotReceive()
    {
        var outcome = await RunAsync(Dns("d@gone.example.org"));

        Assert.Equal(("DMARC018", "none"), (outcome.Codes(), outcome.Grade("dmarc-reports")));
        Assert.Equal(Subject.Host("gone.example.org"), outcome.Findings[0].Subject);
    }

    [Fact]
    public async Task Run_DestinationWithNullMx_CannotReceive() =>
        Assert.Equal("DMARC018", (await RunAsync(Dns("d@null.example.org").Mx("null.example.org", (0, ".")))).Codes());

    [Fact]
    public async Task Run_DestinationWithAnAddressOnly_Receives() =>
        Assert.Equal("", (await RunAsync(Dns("d@a.example.org").Aaaa("a.example.org", "2001:db8::1"))).Codes());

    [Fact]
    public async Task Run_DestinationWhoseMxFails_IsOpen()
    {
        var outcome = await RunAsync(Dns("d@a.example.org").Fail("a.example.org", DnsRecordType.MX, DnsStatus.ServFail));

        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dmarc-reports")));
    }

    [Fact]
    public async Task Run_OneOfTwoDestinationsBad_NamesThatOne()
    {
        var outcome = await RunAsync(Dns("d@vendor.example,mailto:e@gone.example.org").Txt(Permission, "v=DMARC1"));

        Assert.Equal(("DMARC018", "none"), (outcome.Codes(), outcome.Grade("dmarc-reports")));
    }

    [Fact]
    public async Task Run_AddressWithoutMailto_ProposesItWithIt()
    {
        var dns = new FakeDns().Txt("_dmarc.example.org", "v=DMARC1; p=reject; rua=d@example.org,https://x.example/y");

        Assert.Equal("v=DMARC1; p=reject; rua=mailto:d@example.org", (await RunAsync(dns)).Finding("DMARC019").Proposal!.Value);
    }
}
