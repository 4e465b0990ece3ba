using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dmarc;

public class DmarcTreeWalkTests
{
    private static Task<DmarcDiscovery> DiscoverAsync(FakeDns dns, string domain) =>
        DmarcDiscovery.DiscoverAsync(dns, domain, TestContext.Current.CancellationToken);

    [Fact]
    public void Targets_ManyLabels_JumpsToTheLastSeven()
    {
        Assert.Equal(
            ["a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com", "h.i.j.mail.example.com", "i.j.mail.example.com", "j.mail.example.com", "mail.example.com", "example.com", "com"],
            DmarcTreeWalk.Targets("a.b.c.d.e.f.g.h.i.j.mail.example.com"));
        Assert.Equal(["a.b.example.com", "b.example.com", "example.com", "com"], DmarcTreeWalk.Targets("a.b.example.com"));
        Assert.Equal(8, DmarcTreeWalk.Targets("a.b.c.d.e.f.g.com").Length);
        Assert.Equal(8, DmarcTreeWalk.Targets("a.b.c.d.e.f.g.h.com").Length);
        Assert.Equal(["com"], DmarcTreeWalk.Targets("com"));
    }

    [Fact]
    public async Task Discover_HundredsOfLabels_AsksEightQuestions()
    {
        var dns = new FakeDns();

        await DiscoverAsync(dns, string.Join('.', Enumerable.Repeat("a", 110)) + ".example.com");

        Assert.Equal(8, dns.Asked.Count);
    }

    [Theory]
    [InlineData("example.com", "example.com", "example.com", DmarcPolicy.Reject)]
    [InlineData("www.example.com", "example.com", "example.com", DmarcPolicy.Quarantine)]
    [InlineData("gone.example.com", "example.com", "example.com", DmarcPolicy.None)]
    [InlineData("a.b.c.example.com", "example.com", "example.com", DmarcPolicy.None)]
    public async Task Discover_BelowARecord_InheritsWhatAppliesToIt(string domain, string source, string organizational, DmarcPolicy policy)
    {
        var dns = new FakeDns().Txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=quarantine; np=none").A("www.example.com", "192.0.2.1");

        var discovery = await DiscoverAsync(dns, domain);

        Assert.Equal((source, organizational, policy), (discovery.Source!.Domain, discovery.OrganizationalDomain, discovery.Effective!.Value));
    }

    [Fact]
    public async Task Discover_SubdomainsUnderReject_AreProtected()
    {
        var dns = new FakeDns().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        foreach (var name in new[] { "a", "b", "a.b", "x.y.z" })
        {
            Assert.Equal(DmarcPolicy.Reject, (await DiscoverAsync(dns, $"{name}.example.com")).Effective);
        }
    }

    [Fact]
    public async Task Discover_RecordsAtTwoParents_TakesTheOrganizationalOne()
    {
        var dns = new FakeDns().Txt("_dmarc.mail.example.com", "v=DMARC1; p=none").Txt("_dmarc.example.com", "v=DMARC1; p=reject");

        var discovery = await DiscoverAsync(dns, "a.mail.example.com");

        Assert.Equal(("example.com", DmarcPolicy.Reject), (discovery.Source!.Domain, discovery.Effective!.Value));
    }

    [Fact]
    public async Task Discover_PsdN_EndsTheWalkThere()
    {
        var dns = new FakeDns()
            .Txt("_dmarc.mail.example.com", "v=DMARC1; p=none; psd=n")
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject")
            .Fail("_dmarc.com", DnsRecordType.TXT, DnsStatus.ServFail);

        var discovery = await DiscoverAsync(dns, "a.mail.example.com");

        Assert.Equal(("mail.example.com", "mail.example.com"), (discovery.Source!.Domain, discovery.OrganizationalDomain));
        Assert.Null(discovery.Failure);
        Assert.Equal(2, discovery.Steps.Length);
    }

    [Theory]
    [InlineData("example.bank", "example.bank")]
    [InlineData("a.mail.example.bank", "example.bank")]
    public async Task Discover_PublicSuffixRecord_CoversWhatHasNone(string domain, string organizational)
    {
        var dns = new FakeDns().Txt("_dmarc.bank", "v=DMARC1; p=none; sp=quarantine; np=reject; psd=y").A("example.bank", "192.0.2.1").A("a.mail.example.bank", "192.0.2.1");

        var discovery = await DiscoverAsync(dns, domain);

        Assert.Equal(("bank", organizational, DmarcPolicy.Quarantine), (discovery.Source!.Domain, discovery.OrganizationalDomain, discovery.Effective!.Value));
    }

    [Fact]
    public async Task Discover_OrganizationBelowAPublicSuffix_UsesItsOwnRecord()
    {
        var dns = new FakeDns().Txt("_dmarc.bank", "v=DMARC1; p=reject; psd=y").Txt("_dmarc.example.bank", "v=DMARC1; p=none");

        var discovery = await DiscoverAsync(dns, "a.example.bank");

        Assert.Equal(("example.bank", "example.bank"), (discovery.Source!.Domain, discovery.OrganizationalDomain));
    }

    [Fact]
    public async Task Discover_SeveralRecords_AreNotJoinedButDiscarded()
    {
        var dns = new FakeDns().Txt("_dmarc.a.example.com", "v=DMARC1; p=none", "v=DMARC1; p=quarantine").Txt("_dmarc.example.com", "v=DMARC1; p=reject");

        var discovery = await DiscoverAsync(dns, "a.example.com");

        Assert.Equal("example.com", discovery.Source!.Domain);
        Assert.Equal(2, discovery.Own.Candidates.Length);
    }

    [Fact]
    public async Task Discover_OtherTextsBeside_AreIgnored()
    {
        var dns = new FakeDns().Txt("_dmarc.example.com", "v=spf1 -all", "v=DMARC1; p=reject", "verification=1");

        Assert.Equal(DmarcPolicy.Reject, (await DiscoverAsync(dns, "example.com")).Effective);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; t=y", DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=quarantine; t=y", DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=none; t=y", DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=reject; t=n", DmarcPolicy.Reject)]
    public async Task Discover_Testing_LowersByOne(string record, DmarcPolicy policy) =>
        Assert.Equal(policy, (await DiscoverAsync(new FakeDns().Txt("_dmarc.example.com", record), "example.com")).Effective);

    [Theory]
    [InlineData("_dmarc.a.example.com", DnsStatus.Timeout)]
    [InlineData("_dmarc.example.com", DnsStatus.ServFail)]
    [InlineData("_dmarc.example.com", DnsStatus.Refused)]
    [InlineData("_dmarc.com", DnsStatus.Timeout)]
    public async Task Discover_AFailureOnTheWay_IsNeverNoRecord(string name, DnsStatus status)
    {
        var discovery = await DiscoverAsync(new FakeDns().Fail(name, DnsRecordType.TXT, status), "a.example.com");

        Assert.Null(discovery.Source);
        Assert.Equal((name, status), (discovery.Failure!.Question.Name, discovery.Failure.Status));
    }

    [Fact]
    public async Task Discover_ServerResponsibleForTheDomainAlone_RefusesTheTopLevelOnly()
    {
        var discovery = await DiscoverAsync(new FakeDns().Fail("_dmarc.com", DnsRecordType.TXT, DnsStatus.Refused), "example.com");

        Assert.Null(discovery.Failure);
    }

    [Fact]
    public async Task Discover_OwnRecordAndAFailingParent_IsDetermined()
    {
        var dns = new FakeDns().Txt("_dmarc.a.example.com", "v=DMARC1; p=reject").Fail("_dmarc.example.com", DnsRecordType.TXT, DnsStatus.Timeout);

        Assert.Equal(DmarcPolicy.Reject, (await DiscoverAsync(dns, "a.example.com")).Effective);
    }

    [Fact]
    public async Task Discover_ExistenceUnknownWhereItMatters_IsUndetermined()
    {
        var dns = new FakeDns().Txt("_dmarc.example.com", "v=DMARC1; p=reject; np=none").Fail("a.example.com", DnsRecordType.MX, DnsStatus.Timeout);

        Assert.Equal("a.example.com", (await DiscoverAsync(dns, "a.example.com")).Failure?.Question.Name);
    }
}
