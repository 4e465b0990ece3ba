using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Nameservers;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Nameservers;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class NameserversCheckTests
{
    private const string First = "192.0.2.1";
    private const string Second = "198.51.100.1";

    [Fact]
    public async Task Run_EveryServerSaysTheSame_SaysNothing()
    {
        var outcome = await RunAsync(Dns(), new FakeAuthority().Serves(First, Zone()).Serves(Second, Zone()));

        Assert.Equal("", outcome.Codes());
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Undetermined);
    }

    [Fact]
    public async Task Run_NobodyAnswers_IsUndeterminedOnceAndCompleted()
    {
        var outcome = await RunAsync(Dns(), new FakeAuthority());

        Assert.Equal("", outcome.Codes());
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("NotAskedFromHere", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Theory]
    [InlineData(AuthorityEnd.Silent)]
    [InlineData(AuthorityEnd.Closed)]
    public async Task Run_OneIsSilentBesideAnother_IsNamed(AuthorityEnd end)
    {
        var outcome = await RunAsync(Dns(), new FakeAuthority().Serves(First, Zone()).Ends(Second, end));

        Assert.Equal(("NS005", Severity.Warning, Second), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Findings[0].Subject.Name));
    }

    [Theory]
    [InlineData(AuthorityEnd.Silent)]
    [InlineData(AuthorityEnd.NoRoute)]
    public async Task Run_SilentOverTheOtherVersionOfIp_IsUndetermined(AuthorityEnd end)
    {
        var outcome = await RunAsync(Dns().Aaaa("ns2.example.net", "2001:db8::1"), new FakeAuthority().Serves(First, Zone()).Serves(Second, Zone()).Ends("2001:db8::1", end));

        Assert.Equal("", outcome.Codes());
        Assert.Equal(("2001:db8::1", "NoServerOver"), (Assert.Single(outcome.Undetermined).Subject.Name, outcome.Undetermined[0].Reason.Key));
    }

    [Theory]
    [InlineData(DnsStatus.Refused)]
    [InlineData(DnsStatus.ServFail)]
    [InlineData(DnsStatus.NoData)]
    public async Task Run_OneDoesNotHaveTheZone_IsLame(DnsStatus status)
    {
        var outcome = await RunAsync(Dns(), new FakeAuthority().Serves(First, Zone()).Says(Second, status));

        Assert.Equal(("NS006", Severity.Warning, Second), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Findings[0].Subject.Name));
    }

    [Fact]
    public async Task Run_NobodyHasTheZone_IsAnError()
    {
        var outcome = await RunAsync(Dns(), new FakeAuthority().Says(First, DnsStatus.Refused).Says(Second, DnsStatus.Refused));

        Assert.Equal("NS006 NS006", outcome.Codes());
        Assert.All(outcome.Findings, f => Assert.Equal(Severity.Error, f.Severity));
    }

    [Fact]
    public async Task Run_AResolverAnswersInTheirPlace_IsUndetermined()
    {
        var soa = new SoaRecord("example.test", 60, "ns1.example.net", "hostmaster.example.test", 1, 60);

        var outcome = await RunAsync(Dns(), new FakeAuthority().Says(First, DnsStatus.Answered, true, soa).Says(Second, DnsStatus.Answered, true, soa));

        Assert.Equal("", outcome.Codes());
        Assert.Equal("Intercepted", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Fact]
    public async Task Run_OlderSerialAlone_IsANotice()
    {
        var outcome = await RunAsync(Dns(), new FakeAuthority().Serves(First, Zone(serial: 1)).Serves(Second, Zone(serial: uint.MaxValue)));

        var finding = outcome.Finding("NS007");
        Assert.Equal(("NS007", Severity.Notice, Second), (outcome.Codes(), finding.Severity, finding.Subject.Name));
    }

    [Theory]
    [InlineData(DnsRecordType.MX)]
    [InlineData(DnsRecordType.TXT)]
    [InlineData(DnsRecordType.NS)]
    public async Task Run_OtherRecordsInAnOlderCopy_AreAWarning(DnsRecordType type)
    {
        var old = type switch
        {
            DnsRecordType.MX => Zone(serial: 1, mx: "old.example.test"),
            DnsRecordType.TXT => Zone(serial: 1, txt: "v=spf1 +all"),
            _ => Zone(serial: 1).Ns("example.test", "ns3.example.net"),
        };

        var outcome = await RunAsync(Dns(), new FakeAuthority().Serves(First, old).Serves(Second, Zone(serial: 2)));

        var finding = outcome.Finding("NS009");
        Assert.Equal(("NS009", Severity.Warning, First), (outcome.Codes(), finding.Severity, finding.Subject.Name));
        Assert.Contains(finding.Evidence, e => e.Label == "type" && e.Value == type.ToString());
    }

    [Fact]
    public async Task Run_EqualSerials_TheMajorityIsRight()
    {
        var dns = Dns().Aaaa("ns1.example.net", "2001:db8::1");
        var authority = new FakeAuthority().Serves(First, Zone()).Serves("2001:db8::1", Zone()).Serves(Second, Zone(mx: "zz.example.test"));

        var outcome = await RunAsync(dns, authority);

        Assert.Equal(("NS009", Second), (outcome.Codes(), outcome.Findings[0].Subject.Name));
    }

    [Fact]
    public async Task Run_DnsOnly_AsksNoServerItself()
    {
        var authority = new FakeAuthority();

        var outcome = await RunAsync(Dns(), authority, dnsOnly: true);

        Assert.Empty(authority.Asked);
        Assert.Equal("", outcome.Codes());
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.All(outcome.Undetermined, u => Assert.True(u.WasNotTried));
        Assert.Equal(2, outcome.Undetermined.Length);
    }

    [Fact]
    public async Task Run_OneServer_IsANotice()
    {
        var dns = new FakeDns().Soa("example.test").Ns("example.test", "ns1.example.net").A("ns1.example.net", First);

        var outcome = await RunAsync(dns, new FakeAuthority().Serves(First, Zone()));

        Assert.Equal(("NS001", Severity.Notice), (outcome.Codes(), outcome.Findings[0].Severity));
    }

    [Fact]
    public async Task Run_TwoNamesOneAddress_IsANotice()
    {
        var dns = new FakeDns().Soa("example.test").Ns("example.test", "ns1.example.net", "ns2.example.net").A("ns1.example.net", First).A("ns2.example.net", First);

        var outcome = await RunAsync(dns, new FakeAuthority().Serves(First, Zone()));

        Assert.Equal("NS002", outcome.Codes());
    }

    [Fact]
    public async Task Run_ServerWithoutAddress_IsNamed()
    {
        var outcome = await RunAsync(Dns().Remove("ns2.example.net"), new FakeAuthority().Serves(First, Zone()));

        Assert.Equal(("NS003", Severity.Warning, "ns2.example.net"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Findings[0].Subject.Name));
    }

    [Fact]
    public async Task Run_ServerIsAlias_IsNamed()
    {
        var dns = Dns().Remove("ns2.example.net").Cname("ns2.example.net", "host.example.net").A("host.example.net", Second);

        var outcome = await RunAsync(dns, new FakeAuthority().Serves(First, Zone()).Serves(Second, Zone()));

        Assert.Equal(("NS004", "ns2.example.net"), (outcome.Codes(), outcome.Findings[0].Subject.Name));
    }

    [Fact]
    public async Task Run_InsideAddressAmongPublicOnes_IsNamed()
    {
        var dns = Dns().A("ns2.example.net", "10.0.0.1");

        var outcome = await RunAsync(dns, new FakeAuthority().Serves(First, Zone()).Serves(Second, Zone()).Ends("10.0.0.1", AuthorityEnd.Guarded));

        Assert.Equal(("NS008", "ns2.example.net"), (outcome.Codes(), outcome.Findings[0].Subject.Name));
        Assert.Equal("InsideAddress", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Theory]
    [InlineData("*.example.test", "")]
    [InlineData("*._domainkey.example.test", "surprise")]
    [InlineData("*._domainkey.example.test", "v=DKIM1; p=", false)]
    [InlineData("*._dmarc.example.test", "surprise")]
    [InlineData("*.example.test", "v=spf1 -all", false)]
    public async Task Run_Wildcard_IsANoticeUnlessItForbids(string name, string text, bool isSaid = true)
    {
        var dns = text.Length == 0 ? Dns().A(name, "192.0.2.80") : Dns().Txt(name, text);

        var outcome = await RunAsync(dns, new FakeAuthority().Serves(First, Zone()).Serves(Second, Zone()));

        Assert.Equal(isSaid ? "NS010" : "", outcome.Codes());
    }

    [Fact]
    public async Task Run_DomainInsideAZone_LooksAtTheServersOfTheZone()
    {
        var dns = Dns().Mx("mail.example.test", (10, "mx.example.test"));
        var zone = Zone().Mx("mail.example.test", (10, "mx.example.test"));

        var outcome = await RunAsync(dns, new FakeAuthority().Serves(First, zone).Serves(Second, Zone()), domain: "mail.example.test");

        Assert.Equal("NS009", outcome.Codes());
        Assert.Contains(outcome.Details.Facts, f => f is { Key: "zone", Value: "example.test" });
    }

    [Fact]
    public async Task Run_QuestionFails_IsUndetermined()
    {
        var outcome = await RunAsync(Dns().Fail("example.test", DnsRecordType.NS, DnsStatus.Timeout), new FakeAuthority());

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal("", outcome.Codes());
    }

    private static FakeDns Dns() => new FakeDns()
        .Soa("example.test")
        .Ns("example.test", "ns1.example.net", "ns2.example.net")
        .Mx("example.test", (10, "mx.example.test"))
        .A("ns1.example.net", First)
        .A("ns2.example.net", Second);

    private static FakeDns Zone(uint serial = 7, string mx = "mx.example.test", string txt = "v=spf1 mx -all") => new FakeDns()
        .Soa("example.test", serial: serial)
        .Ns("example.test", "ns1.example.net", "ns2.example.net")
        .Mx("example.test", (10, mx))
        .Txt("example.test", txt);

    private static Task<CheckOutcome> RunAsync(FakeDns dns, FakeAuthority authority, bool dnsOnly = false, string domain = "example.test") =>
        new FamilyRun(dns)
        {
            Target = new AuditTarget(domain),
            Options = new AuditOptions { DnsOnly = dnsOnly },
            Hosts = HostProbes.None with { Authority = authority },
        }.OfAsync(new NameserversCheck());
}
