using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Mx;

/// <summary>Each test names every code of notice or above, so that a surplus finding fails too.</summary>
public class MxCheckTests
{
    private static readonly MxCheck Check = new();

    [Fact]
    public async Task Run_TwoGoodHosts_SaysNothing()
    {
        var outcome = await Good().OfAsync(Check);

        Assert.Empty(FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal("full", FamilyRun.Level(outcome, "mx-resolves"));
        Assert.Empty(outcome.Undetermined);
        var record = Assert.Single(outcome.Details.Records);
        Assert.Equal(["10 mx1.example.test", "20 mx2.example.test"], record.Values);
    }

    [Fact]
    public async Task Run_DomainMissing_SaysSoAndNothingElse()
    {
        var outcome = await new FamilyRun(new FakeDns()).OfAsync(Check);

        Assert.Equal(["MX001"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal("none", FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Theory]
    [InlineData(DnsStatus.ServFail, "DnsServFail")]
    [InlineData(DnsStatus.Timeout, "DnsTimeout")]
    [InlineData(DnsStatus.Refused, "DnsRefused")]
    public async Task Run_NoAnswerForMx_IsInconclusive(DnsStatus status, string reason)
    {
        var outcome = await new FamilyRun(new FakeDns().Fail("example.test", DnsRecordType.MX, status)).OfAsync(Check);

        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Empty(outcome.Findings);
        Assert.False(outcome.Details.IsDetermined(Subject.Domain("example.test")));
        Assert.Null(FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Fact]
    public async Task Run_NoMxButAddress_IsImplicit()
    {
        var outcome = await new FamilyRun(new FakeDns().A("example.test", "192.0.2.1")).OfAsync(Check);

        Assert.Equal(["MX002"], FamilyRun.Codes(outcome));
        Assert.Equal(Severity.Warning, outcome.Findings.Single(f => f.Code == "MX002").Severity);
    }

    [Fact]
    public async Task Run_NoMxAndAddressRefuses_IsStillOneFinding()
    {
        var run = new FamilyRun(new FakeDns().A("example.test", "192.0.2.1")) { Smtp = new PerfectSmtp().Connect("192.0.2.1", ConnectStatus.Refused) };

        var outcome = await run.OfAsync(Check);

        Assert.Equal(["MX002"], FamilyRun.Codes(outcome));
    }

    [Fact]
    public async Task Run_NoMxAndNoAddress_CannotBeDelivered()
    {
        var outcome = await new FamilyRun(new FakeDns().Txt("example.test", "v=spf1 include:x.example -all")).OfAsync(Check);

        Assert.Equal(["MX003"], FamilyRun.Codes(outcome));
    }

    [Fact]
    public async Task Run_NoMxAndAddressUnknown_IsInconclusive()
    {
        var dns = new FakeDns().Txt("example.test", "x").Fail("example.test", DnsRecordType.A, DnsStatus.ServFail);

        Assert.IsType<CheckOutcome.Inconclusive>(await new FamilyRun(dns).OfAsync(Check));
    }

    [Fact]
    public async Task Run_NullMxOnDomainThatTakesNoMail_IsRight()
    {
        var outcome = await new FamilyRun(new FakeDns().Mx("example.test", (0, "."))).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal("full", FamilyRun.Level(outcome, "mx-resolves"));
        Assert.Equal(["0 ."], outcome.Details.Records.Single().Values);
    }

    [Fact]
    public async Task Run_NullMxOnDomainStatedToReceive_IsAnError()
    {
        var run = new FamilyRun(new FakeDns().Mx("example.test", (0, "."))) { Target = new("example.test") { Roles = MailRoles.Both } };

        Assert.Equal(["MX005"], FamilyRun.Codes(await run.OfAsync(Check)));
    }

    [Fact]
    public async Task Run_NullMxBesideOthers_IsAnError()
    {
        var run = Good(d => d.Mx("example.test", (0, ".")));

        Assert.Equal(["MX004"], FamilyRun.Codes(await run.OfAsync(Check)));
    }

    [Fact]
    public async Task Run_Alias_NamesTheTargetAndProposesIt()
    {
        var run = Good(d => d.Mx("example.test", (30, "mx3.example.test")).Cname("mx3.example.test", "mx1.example.test"));

        var outcome = await run.OfAsync(Check);

        Assert.Equal(["MX006"], FamilyRun.Codes(outcome));
        Assert.Equal(new ProposedRecord("example.test", "MX", "30 mx1.example.test."), outcome.Findings.Single(f => f.Code == "MX006").Proposal);
        Assert.Equal("none", FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Theory]
    [InlineData("192.0.2.77", "MX007")]
    [InlineData("[192.0.2.77]", "MX007")]
    [InlineData("2001:db8::77", "MX007")]
    [InlineData("gone.example.test", "MX008")]
    [InlineData("localhost", "MX009")]
    [InlineData("mail host.example.test", "MX019")]
    [InlineData("http://mx.example.test", "MX019")]
    public async Task Run_UnusableHost_NamesThatFaultOnly(string host, string code)
    {
        var outcome = await Good(d => d.Mx("example.test", (30, host))).OfAsync(Check);

        Assert.Equal([code], FamilyRun.Codes(outcome));
        Assert.Equal(Subject.Host(host), outcome.Findings.Single(f => f.Code == code).Subject);
        Assert.Equal("none", FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Fact]
    public async Task Run_HostExistsWithoutAddress_IsDangling()
    {
        Assert.Equal(["MX008"], FamilyRun.Codes(await Good(d => d.Mx("example.test", (30, "mx3.example.test")).Empty("mx3.example.test")).OfAsync(Check)));
    }

    [Fact]
    public async Task Run_AliasToNothing_IsDanglingOnce()
    {
        var outcome = await Good(d => d.Mx("example.test", (30, "mx3.example.test")).Cname("mx3.example.test", "gone.example")).OfAsync(Check);

        Assert.Equal(["MX008"], FamilyRun.Codes(outcome));
    }

    [Fact]
    public async Task Run_HostThatCannotBeResolved_LeavesItOpenAndJudgesTheOthers()
    {
        var run = Good(d => d.Mx("example.test", (30, "mx3.example.test"))
            .Fail("mx3.example.test", DnsRecordType.A, DnsStatus.ServFail).Fail("mx3.example.test", DnsRecordType.AAAA, DnsStatus.ServFail));

        var outcome = await run.OfAsync(Check);

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Empty(FamilyRun.Codes(outcome));
        Assert.Equal(Subject.Host("mx3.example.test"), Assert.Single(outcome.Undetermined).Subject);
        Assert.True(outcome.Details.IsDetermined(Subject.Host("mx1.example.test")));
        Assert.False(outcome.Details.IsDetermined(Subject.Host("mx3.example.test")));
    }

    [Fact]
    public async Task Run_OnlyIpv6LookupFails_StillHasAVerdict()
    {
        var outcome = await Good(d => d.Remove("mx2.example.test").A("mx2.example.test", "192.0.2.2").Fail("mx2.example.test", DnsRecordType.AAAA, DnsStatus.ServFail)).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(FamilyRun.Codes(outcome));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    public async Task Run_OneHostWithUnreachableAddress_IsAnError(string address)
    {
        var run = Good(d => d.Mx("example.test", (30, "mx3.example.test")).A("mx3.example.test", address));

        Assert.Equal(["MX010"], FamilyRun.Codes(await run.OfAsync(Check)));
    }

    [Fact]
    public async Task Run_EverythingInside_IsAViewAndNotAFault()
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "10.0.0.1");
        var run = new FamilyRun(dns) { Smtp = new PerfectSmtp().Connect("10.0.0.1", ConnectStatus.Guarded) };

        var outcome = await run.OfAsync(Check);

        Assert.Equal(["MX011"], FamilyRun.Codes(outcome));
        Assert.Equal("InsideAddress", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
    }

    [Fact]
    public async Task Run_EverythingInsideAndReachable_HasAVerdict()
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "127.0.1.10");

        var outcome = await new FamilyRun(dns).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(FamilyRun.Codes(outcome, Severity.Warning));
        Assert.Equal("full", FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Fact]
    public async Task Run_SameHostTwice_IsNoted() =>
        Assert.Equal(["MX012"], FamilyRun.Codes(await Good(d => d.Mx("example.test", (50, "mx1.example.test"))).OfAsync(Check)));

    [Fact]
    public async Task Run_OneHostWithoutIpv6_IsInformation()
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", "192.0.2.1");

        Assert.Equal(["MX013", "MX014"], FamilyRun.Codes(await new FamilyRun(dns).OfAsync(Check), Severity.Info));
    }

    [Fact]
    public async Task Run_HundredHosts_LooksAtTwenty()
    {
        var dns = new FakeDns().Mx("example.test", [.. Enumerable.Range(0, 100).Select(i => (i, $"mx{i}.example.test"))]);
        foreach (var i in Enumerable.Range(0, 100))
        {
            dns.A($"mx{i}.example.test", $"192.0.2.{i + 1}");
        }

        var run = new FamilyRun(dns);
        var outcome = await run.OfAsync(Check);

        Assert.Equal(["MX020"], FamilyRun.Codes(outcome));
        Assert.Equal(20, run.Smtp.Asked.Count);
    }

    [Fact]
    public async Task Run_Refused_IsAFactEvenWithoutAProvenPort25()
    {
        var run = Good() with { Smtp = new PerfectSmtp().Connect("192.0.2.1", ConnectStatus.Refused), Port25 = new FakePort25 { IsProven = false } };

        var outcome = await run.OfAsync(Check);

        Assert.Equal(["MX015"], FamilyRun.Codes(outcome));
        Assert.Equal("none", FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Fact]
    public async Task Run_SilentWhilePort25IsProven_IsDown()
    {
        var run = Good() with { Smtp = new PerfectSmtp().Connect("192.0.2.1", ConnectStatus.TimedOut) };

        Assert.Equal(["MX016"], FamilyRun.Codes(await run.OfAsync(Check)));
    }

    [Theory]
    [InlineData(false, "Port25Unproven")]
    [InlineData(true, "Port25Blocked")]
    public async Task Run_SilentWithoutProof_SaysOnceThatItMayBeUs(bool blocked, string reason)
    {
        var silent = new PerfectSmtp().Connect("192.0.2.1", ConnectStatus.TimedOut).Connect("192.0.2.2", ConnectStatus.TimedOut)
            .Connect("2001:db8::1", ConnectStatus.TimedOut).Connect("2001:db8::2", ConnectStatus.TimedOut);
        var run = Good() with { Smtp = silent, Port25 = new FakePort25 { IsProven = false, IsProbablyBlocked = blocked } };

        var outcome = await run.OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal(reason, Assert.Single(outcome.Undetermined).Reason.Key);
        Assert.False(outcome.Details.IsDetermined(Subject.Parse("Address:192.0.2.1")));
        Assert.True(outcome.Details.IsDetermined(Subject.Host("mx1.example.test")));
    }

    [Fact]
    public async Task Run_MachineWithoutIpv6_StillHasAVerdict()
    {
        var run = Good() with { Smtp = new PerfectSmtp().Connect("2001:db8::1", ConnectStatus.Unreachable).Connect("2001:db8::2", ConnectStatus.Unreachable) };

        var outcome = await run.OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(2, outcome.Undetermined.Length);
        Assert.Equal("full", FamilyRun.Level(outcome, "mx-resolves"));
    }

    [Fact]
    public async Task Run_ServerThatNeverEnds_CostsNothingElse()
    {
        var run = Good(d => d.Mx("example.test", (30, "gone.example.test")));
        run.Smtp.Hang("192.0.2.1");

        // The fakes answer on the spot, so the call comes back when only that conversation is left to wait for.
        var running = run.OfAsync(Check);
        run.Time.Advance(TimeSpan.FromSeconds(50));
        var outcome = await running;

        Assert.Equal("TimeBudgetSpent", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(["MX008"], FamilyRun.Codes(outcome));
        Assert.Equal(Subject.Parse("Address:192.0.2.1"), Assert.Single(outcome.Undetermined).Subject);
    }

    [Fact]
    public async Task Run_DnsOnly_ConnectsNowhereAndLeavesAddressesOpen()
    {
        var run = Good() with { Options = new AuditOptions { DnsOnly = true } };

        var outcome = await run.OfAsync(Check);

        Assert.Empty(run.Smtp.Asked);
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Null(FamilyRun.Level(outcome, "mx-resolves"));
        Assert.False(outcome.Details.IsDetermined(Subject.Parse("Address:192.0.2.1")));
        Assert.True(outcome.Details.IsDetermined(Subject.Host("mx1.example.test")));
    }

    [Fact]
    public async Task Run_ParkedWithoutNullMx_ProposesIt()
    {
        var outcome = await new FamilyRun(new FakeDns().Txt("example.test", "v=spf1 -all")).OfAsync(Check);

        Assert.Equal(["MX017"], FamilyRun.Codes(outcome, Severity.Warning));
        Assert.Equal(new ProposedRecord("example.test", "MX", "0 ."), outcome.Findings.Single().Proposal);
    }

    [Fact]
    public async Task Run_StatedNotToReceiveButHasMx_SaysSo()
    {
        var run = Good() with { Target = new("example.test") { Roles = new MailRoles(Sends: true, Receives: false) } };

        Assert.Equal(["MX018"], FamilyRun.Codes(await run.OfAsync(Check)));
    }

    private static FamilyRun Good(Action<FakeDns>? change = null)
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx1.example.test"), (20, "mx2.example.test"))
            .A("mx1.example.test", "192.0.2.1", "2001:db8::1")
            .A("mx2.example.test", "192.0.2.2", "2001:db8::2");
        change?.Invoke(dns);
        return new FamilyRun(dns);
    }
}
