using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.ReverseDns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.ReverseDns;

/// <summary>Each test names every code of notice or above, so that a surplus finding fails too.</summary>
public class ReverseDnsCheckTests
{
    private static readonly ReverseDnsCheck Check = new();

    [Fact]
    public async Task Run_EverythingConfirmed_SaysNothing()
    {
        var outcome = await Good().OfAsync(Check);

        Assert.Empty(FamilyRun.Codes(outcome, Severity.Info));
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("full", FamilyRun.Level(outcome, "ptr-confirmed"));
        Assert.Equal(3, outcome.Details.Facts.Length);
    }

    [Theory]
    [InlineData("192.0.2.1", Severity.Warning)]
    [InlineData("2001:db8::1", Severity.Warning)]
    [InlineData("192.0.2.25", Severity.Error)]
    public async Task Run_NoPtr_WeighsByUse(string address, Severity severity)
    {
        var outcome = await Good(d => d.Remove(DnsNames.Reverse(IPAddress.Parse(address)))).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("PTR001", severity, address), (finding.Code, finding.Severity, finding.Subject.Name));
    }

    [Fact]
    public async Task Run_NoPtrForMxAddress_ProposesTheHost()
    {
        var outcome = await Good(d => d.Remove("1.2.0.192.in-addr.arpa")).OfAsync(Check);

        Assert.Equal(new ProposedRecord("1.2.0.192.in-addr.arpa", "PTR", "mx1.example.test."), outcome.Findings.Single().Proposal);
    }

    [Theory]
    [InlineData("other.example.test")]
    [InlineData("gone.example.test")]
    public async Task Run_NameLeadsElsewhere_IsNotConfirmed(string name)
    {
        var outcome = await Good(d => d.Remove("25.2.0.192.in-addr.arpa").Ptr("192.0.2.25", name).A("other.example.test", "192.0.2.99")).OfAsync(Check);

        Assert.Equal(["PTR002"], FamilyRun.Codes(outcome));
        Assert.Equal(Severity.Error, outcome.Findings.Single().Severity);
        Assert.Equal("none", FamilyRun.Level(outcome, "ptr-confirmed"));
    }

    [Theory]
    [InlineData("192.0.2.25")]
    [InlineData("mail")]
    [InlineData("not a host.example.test")]
    public async Task Run_PtrIsNoHostName_SaysSo(string name)
    {
        var outcome = await Good(d => d.Remove("25.2.0.192.in-addr.arpa").Ptr("192.0.2.25", name)).OfAsync(Check);

        Assert.Equal(["PTR005"], FamilyRun.Codes(outcome));
    }

    [Fact]
    public async Task Run_SeveralNamesOneConfirmed_IsNoted()
    {
        var outcome = await Good(d => d.Ptr("192.0.2.25", "www.example.test").A("www.example.test", "192.0.2.80")).OfAsync(Check);

        Assert.Equal(["PTR003"], FamilyRun.Codes(outcome));
        Assert.Equal("full", FamilyRun.Level(outcome, "ptr-confirmed"));
    }

    [Fact]
    public async Task Run_GenericNameOfSendingAddress_IsAWarning()
    {
        var outcome = await Good(d => d.Remove("25.2.0.192.in-addr.arpa").Ptr("192.0.2.25", "192-0-2-25.pool.isp.example").A("192-0-2-25.pool.isp.example", "192.0.2.25")).OfAsync(Check);

        Assert.Equal(["PTR004"], FamilyRun.Codes(outcome));
        Assert.Equal(Severity.Warning, outcome.Findings.Single().Severity);
    }

    [Fact]
    public async Task Run_GenericNameOfMxAddress_IsNoFinding()
    {
        var outcome = await Good(d => d.Remove("1.2.0.192.in-addr.arpa").Ptr("192.0.2.1", "host-192-0-2-1.isp.example").A("host-192-0-2-1.isp.example", "192.0.2.1")).OfAsync(Check);

        Assert.Empty(FamilyRun.Codes(outcome));
    }

    [Fact]
    public async Task Run_PtrCannotBeAsked_LeavesThatAddressOpen()
    {
        var outcome = await Good(d => d.Fail("25.2.0.192.in-addr.arpa", DnsRecordType.PTR, DnsStatus.Timeout)).OfAsync(Check);

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Equal("192.0.2.25", Assert.Single(outcome.Undetermined).Subject.Name);
        Assert.True(outcome.Details.IsDetermined(Subject.Parse("Address:192.0.2.1")));
    }

    [Fact]
    public async Task Run_WayBackCannotBeAsked_LeavesThatAddressOpen()
    {
        var outcome = await Good(d => d.Fail("out.example.test", DnsRecordType.A, DnsStatus.ServFail)).OfAsync(Check);

        Assert.Equal("DnsServFail", Assert.Single(outcome.Undetermined).Reason.Key);
        Assert.Empty(outcome.Findings);
    }

    [Fact]
    public async Task Run_SingleAddressInSpf_IsLookedAt()
    {
        var outcome = await Good(d => d.Txt("example.test", "v=spf1 ip4:192.0.2.50 ip4:198.51.100.0/24 -all")).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("PTR001", Severity.Error, "192.0.2.50"), (finding.Code, finding.Severity, finding.Subject.Name));
    }

    [Fact]
    public async Task Run_NullMxAndNoSender_DoesNotApply()
    {
        var outcome = await new FamilyRun(new FakeDns().Mx("example.test", (0, "."))).OfAsync(Check);

        Assert.Equal("NoAddressKnown", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
    }

    [Fact]
    public async Task Run_DomainMissing_IsQuiet()
    {
        var outcome = await new FamilyRun(new FakeDns()).OfAsync(Check);

        Assert.Equal("DomainMissing", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
    }

    [Fact]
    public async Task Run_PrivateAddressWithoutPtr_CannotBeTold()
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "10.0.0.1");

        Assert.Equal("InsideAddress", Assert.IsType<CheckOutcome.Inconclusive>(await new FamilyRun(dns).OfAsync(Check)).Reason.Key);
    }

    [Fact]
    public async Task Run_HundredStatedAddresses_LooksAtSixtyFour()
    {
        var addresses = Enumerable.Range(1, 100).Select(i => IPAddress.Parse($"198.51.100.{i}"));
        var run = Good() with { Target = new("example.test") { SendingAddresses = [.. addresses] } };

        var outcome = await run.OfAsync(Check);

        Assert.Contains("PTR006", FamilyRun.Codes(outcome));
        Assert.Equal(64, run.Dns.Asked.Count(q => q.Type == DnsRecordType.PTR));
    }

    [Theory]
    [InlineData("192-0-2-25.example.net", true)]
    [InlineData("25.2.0.192.static.example.net", true)]
    [InlineData("c0000219.example.net", true)]
    [InlineData("192000002025.example.net", true)]
    [InlineData("host-0-2-25.example.net", true)]
    [InlineData("dsl.example.net", false)]
    [InlineData("dsl17.access.example.net", true)]
    [InlineData("mail.example.net", false)]
    [InlineData("mx25.example.net", false)]
    [InlineData("mta-2-25.cable.example", false)]
    [InlineData("a25-2.smtp-out.example.net", false)]
    public void Matches_Names_TellsGenericFromOwn(string name, bool generic) =>
        Assert.Equal(generic, GenericName.Matches(name, IPAddress.Parse("192.0.2.25")));

    private static FamilyRun Good(Action<FakeDns>? change = null)
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test"))
            .A("mx1.example.test", "192.0.2.1", "2001:db8::1").Ptr("192.0.2.1", "mx1.example.test").Ptr("2001:db8::1", "mx1.example.test")
            .A("out.example.test", "192.0.2.25").Ptr("192.0.2.25", "out.example.test");
        change?.Invoke(dns);
        return new FamilyRun(dns) { Target = new AuditTarget("example.test") { SendingAddresses = [IPAddress.Parse("192.0.2.25")] } };
    }
}
