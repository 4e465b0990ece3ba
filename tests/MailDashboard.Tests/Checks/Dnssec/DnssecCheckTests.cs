using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dnssec;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dnssec;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class DnssecCheckTests
{
    private const string Domain = "example.org";

    // RFC 4034 §5.4: a key and the DS record of it, with tag 60485 and algorithm 5.
    private static readonly byte[] Key =
    [
        1, 0, 3, 5,
        .. Convert.FromBase64String("AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw=="),
    ];

    private static readonly byte[] Ds = [0xEC, 0x45, 5, 1, .. Convert.FromHexString("2BB183AF5F22588179A53B0A98631FAD1A292118")];

    [Fact]
    public async Task Run_Vouched_IsFull()
    {
        var dns = Zone().Raw(Domain, DnsRecordType.DS, Ds).Raw(Domain, DnsRecordType.DNSKEY, Key).Authenticated(Domain, DnsRecordType.MX);

        var outcome = await RunAsync(dns);

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dnssec")));
        Assert.Contains(outcome.Details.Records, r => r is { Type: "DS", Values: ["60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"] });
        Assert.Equal("mx.elsewhere.example", Assert.Single(outcome.Details.Facts, f => f.Key == "unsignedHosts").Value);
    }

    [Fact]
    public async Task Run_Unsigned_IsInformation()
    {
        var outcome = await RunAsync(Zone());

        Assert.Equal(("DNSSEC004", Severity.Info, "none"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dnssec")));
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Details.Facts);
    }

    [Fact]
    public async Task Run_KeysWithoutDs_AreAWeakness()
    {
        var outcome = await RunAsync(Zone().Raw(Domain, DnsRecordType.DNSKEY, Key));

        Assert.Equal(("DNSSEC003", Severity.Notice, "none"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dnssec")));
        Assert.Equal("60485/5", outcome.Findings[0].Evidence[0].Value);
    }

    [Fact]
    public async Task Run_AnswerOnlyUnchecked_IsBogus()
    {
        var outcome = await RunAsync(Zone().Bogus(Domain, DnsRecordType.MX).Bogus(Domain, DnsRecordType.DNSKEY));

        Assert.Equal(("DNSSEC001", Severity.Critical, "bogus"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dnssec")));
        Assert.Equal(["example.org MX: SERVFAIL, DNSSEC Bogus", "NOERROR"], outcome.Findings[0].Evidence.Select(e => e.Value));
    }

    [Fact]
    public async Task Run_NoAnswerUncheckedEither_IsDeadAndUndetermined()
    {
        var outcome = await RunAsync(Zone().Fail(Domain, DnsRecordType.MX, DnsStatus.ServFail).Fail(Domain, DnsRecordType.DNSKEY, DnsStatus.ServFail));

        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dnssec")));
    }

    [Fact]
    public async Task Run_DelegatedAndNobodyVouches_SaysOnceThatTheResolverDoesNotValidate()
    {
        var outcome = await RunAsync(Zone().Raw(Domain, DnsRecordType.DS, Ds).Raw(Domain, DnsRecordType.DNSKEY, Key));

        Assert.Equal("ResolverDoesNotValidate", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dnssec")));
        Assert.Single(outcome.Undetermined);
    }

    [Fact]
    public async Task Run_RootVouchedForAndZoneNot_IsAGap()
    {
        var dns = Zone().Raw(Domain, DnsRecordType.DS, Ds).Raw(Domain, DnsRecordType.DNSKEY, Key)
            .Raw("", DnsRecordType.DNSKEY, Key).Authenticated("", DnsRecordType.DNSKEY);

        var outcome = await RunAsync(dns);

        Assert.Equal(("DNSSEC005", "none"), (outcome.Codes(), outcome.Grade("dnssec")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_DsOfAnotherKey_IsSaidWhoeverValidates(bool hasKey)
    {
        byte[] other = [1, 2, .. Ds[2..]];
        var dns = Zone().Raw(Domain, DnsRecordType.DS, other);

        var outcome = await RunAsync(hasKey ? dns.Raw(Domain, DnsRecordType.DNSKEY, Key) : dns);

        Assert.Equal(("DNSSEC002", "bogus"), (outcome.Codes(), outcome.Grade("dnssec")));
    }

    [Fact]
    public async Task Run_DomainInsideAZone_IsJudgedByTheZone()
    {
        var dns = Zone().Mx("mail.example.org", (10, "mx.elsewhere.example")).Raw(Domain, DnsRecordType.DNSKEY, Key);

        var outcome = await DnsOnlyAudit.RunAsync(new DnssecCheck(), dns, new AuditTarget("mail.example.org"));

        Assert.Equal("DNSSEC003", outcome.Codes());
    }

    [Fact]
    public async Task Run_BogusMailHost_IsSaidOfTheHost()
    {
        var outcome = await RunAsync(Zone().Bogus("mx.elsewhere.example", DnsRecordType.A));

        Assert.Equal("DNSSEC004 DNSSEC006", outcome.Codes());
        Assert.Equal(Subject.Host("mx.elsewhere.example"), outcome.Finding("DNSSEC006").Subject);
        Assert.Equal("none", outcome.Grade("dnssec"));
    }

    [Theory]
    [InlineData(DnsRecordType.MX)]
    [InlineData(DnsRecordType.DS)]
    public async Task Run_QuestionFails_IsUndetermined(DnsRecordType type)
    {
        var outcome = await RunAsync(Zone().Fail(Domain, type, DnsStatus.Timeout));

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dnssec")));
    }

    [Fact]
    public async Task Run_HostileRecords_AreReadWithoutHarm()
    {
        var dns = Zone().Raw(Domain, DnsRecordType.DS, [], [1], [1, 2, 3, 4]).Raw(Domain, DnsRecordType.DNSKEY, [], [1, 1], [1, 1, 3, 1, 9]);

        Assert.Equal("DNSSEC002", (await RunAsync(dns)).Codes());
    }

    private static FakeDns Zone() => new FakeDns()
        .Soa(Domain)
        .Ns(Domain, "ns1.example.org")
        .Mx(Domain, (10, "mx.example.org"), (20, "mx.elsewhere.example"))
        .A("mx.example.org", "192.0.2.1")
        .A("mx.elsewhere.example", "192.0.2.2");

    private static Task<CheckOutcome> RunAsync(FakeDns dns) => DnsOnlyAudit.RunAsync(new DnssecCheck(), dns, new AuditTarget(Domain));
}
