using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dane;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dane;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class DaneCheckTests
{
    private const string Domain = "example.test";
    private const string Mx1 = "mx1.example.test";
    private const string Mx2 = "mx2.example.test";
    private const string Owner1 = "_25._tcp.mx1.example.test";
    private const string Owner2 = "_25._tcp.mx2.example.test";
    private static readonly FakeChain One = new(Mx1);
    private static readonly FakeChain Two = new(Mx2);
    private static readonly FakeChain Next = new(Mx1);

    [Fact]
    public async Task Run_RecordsThatFit_SayNothing()
    {
        var outcome = await RunAsync(Both());

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dane")));
        Assert.Contains(outcome.Details.Records, r => r is { Name: Owner1, Type: "TLSA" } && r.Values.SequenceEqual([FakeChain.Proposal(One.Leaf)]));
    }

    [Fact]
    public async Task Run_NoRecordsInSignedZones_ProposesThemForInformation()
    {
        var outcome = await RunAsync(Zone(isSigned: true));

        Assert.Equal(("DAN001", Severity.Info, "-"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(new ProposedRecord(Owner1, "TLSA", FakeChain.Proposal(One.Leaf)), outcome.Findings[0].Proposal);
        Assert.Contains(Subject.Record(Owner1, "TLSA"), outcome.Details.Determined);
    }

    [Fact]
    public async Task Run_NoRecordsInUnsignedZones_SaysNothingAndConnectsNowhere()
    {
        var run = Run(Zone(isSigned: false));

        var outcome = await run.OfAsync(new DaneCheck());

        Assert.Equal(("", "-"), (outcome.Codes(), outcome.Grade("dane")));
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(run.Smtp.Asked);
    }

    [Fact]
    public async Task Run_OneHostWithout_IsANotice()
    {
        var outcome = await RunAsync(Tlsa(Zone(isSigned: true), Owner1, One.Leaf, 3, 1, 1));

        Assert.Equal(("DAN002", Severity.Notice, "partial"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(Subject.Record(Owner2, "TLSA"), outcome.Findings[0].Subject);
        Assert.Equal(FakeChain.Proposal(Two.Leaf), outcome.Findings[0].Proposal!.Value);
    }

    [Fact]
    public async Task Run_RecordsThatNobodyVouchesFor_AreWithoutEffect()
    {
        var dns = Zone(isSigned: false).Authenticated("", DnsRecordType.DNSKEY).Raw("", DnsRecordType.DNSKEY, [1, 1, 3, 13]);

        var outcome = await RunAsync(Tlsa(dns, Owner1, Next.Leaf, 3, 1, 1));

        Assert.Equal(("DAN003", Severity.Warning, "none"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
    }

    [Fact]
    public async Task Run_ResolverThatDoesNotValidate_LeavesTheDomainOpenOnceAndShowsTheRecords()
    {
        var outcome = await RunAsync(Tlsa(Tlsa(Zone(isSigned: false), Owner1, Next.Leaf, 3, 1, 1), Owner2, Two.Leaf, 3, 1, 1));

        Assert.Equal("ResolverDoesNotValidate", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dane")));
        Assert.Single(outcome.Undetermined);
        Assert.Equal(2, outcome.Details.Records.Length);
        Assert.Contains(outcome.Details.Facts, f => f.Key == "tlsa" && f.Subject == Subject.Host(Mx1));
    }

    [Fact]
    public async Task Run_UnsignedMxBeforeSignedHosts_IsANotice()
    {
        var dns = Both();
        dns.IsAuthenticated = false;
        foreach (var name in new[] { Mx1, Mx2 })
        {
            dns.Authenticated(name, DnsRecordType.A).Authenticated($"_25._tcp.{name}", DnsRecordType.TLSA);
        }

        var outcome = await RunAsync(dns);

        Assert.Equal(("DAN004", Severity.Notice, "partial"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(Subject.Domain(Domain), outcome.Findings[0].Subject);
    }

    [Theory]
    [InlineData(true, Severity.Error)]
    [InlineData(false, Severity.Critical)]
    public async Task Run_TlsaFailsInASignedZone_MustNotBeDeliveredTo(bool hasOther, Severity severity)
    {
        var dns = (hasOther ? Both() : Single()).Bogus(Owner1, DnsRecordType.TLSA);

        var outcome = await RunAsync(dns);

        Assert.Equal(("DAN005", severity, "mismatch"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(Subject.Record(Owner1, "TLSA"), outcome.Findings[0].Subject);
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Run_TlsaFailsUncheckedAsWell_IsTheSame() =>
        Assert.Equal("DAN005", (await RunAsync(Single().Fail(Owner1, DnsRecordType.TLSA, DnsStatus.ServFail))).Codes());

    [Fact]
    public async Task Run_TlsaFailsInAnUnsignedZone_IsNothingToASender()
    {
        var outcome = await RunAsync(Zone(isSigned: false).Fail(Owner1, DnsRecordType.TLSA, DnsStatus.ServFail));

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(("", "-"), (outcome.Codes(), outcome.Grade("dane")));
        Assert.False(outcome.Details.IsDetermined(Subject.Record(Owner1, "TLSA")));
    }

    [Theory]
    [InlineData(DnsStatus.Timeout)]
    [InlineData(DnsStatus.Refused)]
    [InlineData(DnsStatus.Malformed)]
    public async Task Run_TlsaNotAnsweredToUs_IsUndetermined(DnsStatus status)
    {
        var outcome = await RunAsync(Both().Fail(Owner1, DnsRecordType.TLSA, status));

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dane")));
    }

    [Theory]
    [InlineData(true, Severity.Error)]
    [InlineData(false, Severity.Critical)]
    public async Task Run_AnotherKey_IsAMismatch(bool hasOther, Severity severity)
    {
        var dns = hasOther ? Tlsa(Zone(isSigned: true), Owner2, Two.Leaf, 3, 1, 1) : Zone(isSigned: true, hasSecond: false);

        var outcome = await RunAsync(Tlsa(dns, Owner1, Next.Leaf, 3, 1, 1));

        Assert.Equal(("DAN006", severity, "mismatch"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(Subject.Host(Mx1), outcome.Findings[0].Subject);
        Assert.Equal(new ProposedRecord(Owner1, "TLSA", FakeChain.Proposal(One.Leaf)), outcome.Findings[0].Proposal);
    }

    [Fact]
    public async Task Run_MismatchAtOneAddressOfTwo_IsOneErrorWithThatAddress()
    {
        var dns = Single().Aaaa(Mx1, "2001:db8::1");

        var outcome = await RunAsync(dns, s => s.Certificate("2001:db8::1", c => Next.Facts(c)));

        Assert.Equal(("DAN006", Severity.Error), (outcome.Codes(), outcome.Findings[0].Severity));
        Assert.Equal("2001:db8::1", outcome.Findings[0].Evidence.Single(e => e.Label == "presented").Source);
        Assert.Equal(FakeChain.Proposal(Next.Leaf), outcome.Findings[0].Proposal!.Value);
    }

    [Fact]
    public async Task Run_MismatchWithWhatAnotherAuditSawLongAgo_IsLookedAtAnew()
    {
        var run = Run(Single());
        var looks = 0;
        run.Smtp.At("192.0.2.1", o => looks++ == 0
            ? o with { At = PerfectSmtp.Now.AddHours(-2), Tls = o.Tls! with { Certificate = Next.Facts(o.Tls.Certificate!) } }
            : o with { Tls = o.Tls! with { Certificate = One.Facts(o.Tls.Certificate!) } });

        var outcome = await run.OfAsync(new DaneCheck());

        Assert.Equal(("", "full", 2), (outcome.Codes(), outcome.Grade("dane"), looks));
    }

    [Fact]
    public async Task Run_NoCertificate_IsAMismatchWithoutProposal()
    {
        var outcome = await RunAsync(Single(), s => s.Certificate("192.0.2.1", _ => null));

        Assert.Equal("DAN006", outcome.Codes());
        Assert.Null(outcome.Findings[0].Proposal);
    }

    public static TheoryData<Func<SmtpObservation, SmtpObservation>> Unencrypted() => new()
    {
        o => o with { Stage = SmtpStage.NoStartTls, Tls = null },
        o => o with { Stage = SmtpStage.StartTlsRefused, Cause = SmtpFailure.Refused, RefusalCode = 454, Failure = "454 no", Tls = null },
        o => o with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Tls, Failure = "alert", Tls = null },
    };

    [Theory]
    [MemberData(nameof(Unencrypted))]
    public async Task Run_NoEncryption_IsRefused(Func<SmtpObservation, SmtpObservation> change)
    {
        var outcome = await RunAsync(Single(), s => s.At("192.0.2.1", change));

        Assert.Equal(("DAN007", Severity.Critical, "mismatch"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
    }

    public static TheoryData<string, Func<SmtpObservation, SmtpObservation>> Unseen() => new()
    {
        { "NotReached", o => new SmtpObservation(o.Host, o.Address, SmtpStage.Connecting) { Connect = ConnectStatus.TimedOut } },
        { "NotReached", o => new SmtpObservation(o.Host, o.Address, SmtpStage.Connecting) { Connect = ConnectStatus.Guarded } },
        { "NotSeen", o => o with { Stage = SmtpStage.Greeting, Cause = SmtpFailure.TimedOut, Failure = "timeout", Tls = null } },
        { "NotSeen", o => o with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Closed, Failure = "closed", Tls = null } },
        { "NotSeen", o => o with { Stage = SmtpStage.Greeting, Cause = SmtpFailure.NotSmtp, Failure = "SSH", Tls = null } },
    };

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task Run_CertificateNotSeen_IsUndetermined(string reason, Func<SmtpObservation, SmtpObservation> change)
    {
        var outcome = await RunAsync(Both(), s => s.At("192.0.2.1", change));

        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dane")));
        Assert.Equal(Subject.Host(Mx1), Assert.Single(outcome.Undetermined).Subject);
    }

    [Fact]
    public async Task Run_NoWayOverIpv6_DoesNotHoldUpTheVerdict()
    {
        var outcome = await RunAsync(Single().Aaaa(Mx1, "2001:db8::1"), s => s.Connect("2001:db8::1", ConnectStatus.Unreachable));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dane")));
    }

    [Fact]
    public async Task Run_NothingUsable_IsAWarningWithWhatIsWrong()
    {
        var dns = Tlsa(Tlsa(Zone(isSigned: true, hasSecond: false), Owner1, One.Leaf, 1, 1, 1), Owner1, One.Authority, 0, 0, 2).Tlsa(Owner1, 3, 1, 1, new byte[20]).Tlsa(Owner1, 3, 9, 1, new byte[32]);

        var outcome = await RunAsync(dns);

        Assert.Equal(("DAN008", Severity.Warning, "partial"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(4, outcome.Findings[0].Evidence.Single(e => e.Label == "unusable").Value.Split('\n').Length);
        Assert.Equal(FakeChain.Proposal(One.Leaf), outcome.Findings[0].Proposal!.Value);
    }

    [Fact]
    public async Task Run_OneUnusableBesideOneThatFits_IsANotice() =>
        Assert.Equal("DAN009", (await RunAsync(Single().Tlsa(Owner1, 3, 1, 7, new byte[32]))).Codes());

    [Fact]
    public async Task Run_ChangeOfKeysAhead_IsInformation()
    {
        var outcome = await RunAsync(Tlsa(Single(), Owner1, Next.Leaf, 3, 1, 1));

        Assert.Equal(("DAN010", Severity.Info, "full"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal(FakeChain.Proposal(Next.Leaf), outcome.Findings[0].Evidence.Single().Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_DigestOfTheWholeCertificateAlone_IsANotice(byte matching)
    {
        var zone = Zone(isSigned: true, hasSecond: false);

        Assert.Equal("DAN011", (await RunAsync(Tlsa(zone, Owner1, One.Leaf, 3, 0, matching))).Codes());
        Assert.Equal("", (await RunAsync(Tlsa(zone, Owner1, One.Leaf, 3, 1, 1))).Codes());
    }

    [Fact]
    public async Task Run_AuthorityFits_SaysNothing() =>
        Assert.Equal("", (await RunAsync(Tlsa(Zone(isSigned: true, hasSecond: false), Owner1, One.Authority, 2, 1, 1))).Codes());

    [Fact]
    public async Task Run_AuthorityInTheRecordAndNotSent_IsAWarning()
    {
        var outcome = await RunAsync(Tlsa(Zone(isSigned: true, hasSecond: false), Owner1, One.Root, 2, 0, 0));

        Assert.Equal(("DAN012", Severity.Warning, "partial"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
    }

    [Fact]
    public async Task Run_AuthorityFitsAndTheNameDoesNot_IsSaid()
    {
        var chain = new FakeChain("www.example.test");

        var outcome = await RunAsync(
            Tlsa(Zone(isSigned: true, hasSecond: false), Owner1, chain.Authority, 2, 1, 1), s => s.Certificate("192.0.2.1", c => chain.Facts(c)));

        Assert.Equal(("DAN013", Severity.Critical, "mismatch"), (outcome.Codes(), outcome.Findings[0].Severity, outcome.Grade("dane")));
        Assert.Equal("NameMismatch", outcome.Findings[0].Evidence.Single(e => e.Label == "fault").Value);
    }

    [Fact]
    public async Task Run_StrongerDigestLeftBehind_IsSaid()
    {
        var outcome = await RunAsync(Tlsa(Single(), Owner1, Next.Leaf, 3, 1, 2));

        Assert.Equal(("DAN014", "mismatch"), (outcome.Codes(), outcome.Grade("dane")));
    }

    [Fact]
    public async Task Run_DnsOnly_JudgesRecordsAndLeavesCertificatesAlone()
    {
        var run = Run(Both().Tlsa(Owner1, 3, 1, 7, new byte[32])) with { Options = new AuditOptions { DnsOnly = true } };

        var outcome = await run.OfAsync(new DaneCheck());

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(("DAN009", "?"), (outcome.Codes(), outcome.Grade("dane")));
        Assert.All(outcome.Undetermined, u => Assert.True(u.WasNotTried));
        Assert.Empty(run.Smtp.Asked);
        Assert.True(outcome.Details.IsDetermined(Subject.Record(Owner1, "TLSA")));
    }

    [Fact]
    public async Task Run_SignedAlias_LooksAtItsTargetFirstAndThenAtTheName()
    {
        const string Target = "real.example.test";
        var dns = new FakeDns { IsAuthenticated = true }.Mx(Domain, (10, Mx1)).Cname(Mx1, Target).A(Target, "192.0.2.1");
        var chain = new FakeChain(Target);

        Assert.Equal("", (await RunAsync(Tlsa(dns, Owner1, chain.Leaf, 3, 1, 1), s => s.Certificate("192.0.2.1", c => chain.Facts(c)))).Codes());
        Assert.Equal("DAN006", (await RunAsync(Tlsa(dns, $"_25._tcp.{Target}", Next.Leaf, 3, 1, 1), s => s.Certificate("192.0.2.1", c => chain.Facts(c)))).Codes());
        Assert.Contains(dns.Asked, q => q.Name == $"_25._tcp.{Target}");
    }

    [Fact]
    public async Task Run_SignedAliasIntoAnUnsignedZone_CountsTheNameAlone()
    {
        var dns = new FakeDns().Mx(Domain, (10, Mx1)).Cname(Mx1, "mx.elsewhere.example").A("mx.elsewhere.example", "192.0.2.1")
            .Authenticated(Domain, DnsRecordType.MX).Authenticated(Mx1, DnsRecordType.CNAME).Authenticated(Owner1, DnsRecordType.TLSA);

        Assert.Equal("DAN006", (await RunAsync(Tlsa(dns, Owner1, Next.Leaf, 3, 1, 1))).Codes());
        Assert.DoesNotContain(dns.Asked, q => q.Name == "_25._tcp.mx.elsewhere.example");
    }

    [Fact]
    public async Task Run_WithoutMx_LooksAtTheDomainItself()
    {
        var chain = new FakeChain(Domain);
        var dns = new FakeDns { IsAuthenticated = true }.A(Domain, "192.0.2.1");
        var run = Run(Tlsa(dns, $"_25._tcp.{Domain}", chain.Leaf, 3, 1, 1)) with { Target = new AuditTarget(Domain) { Roles = MailRoles.Both } };
        run.Smtp.Certificate("192.0.2.1", c => chain.Facts(c));

        Assert.Equal(("", "full"), (await run.OfAsync(new DaneCheck())) is var outcome ? (outcome.Codes(), outcome.Grade("dane")) : default);
    }

    [Fact]
    public async Task Run_NullMx_DoesNotApply()
    {
        var outcome = await RunAsync(new FakeDns().Mx(Domain, (0, ".")));

        Assert.Equal("DoesNotReceive", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Equal("-", outcome.Grade("dane"));
    }

    [Fact]
    public async Task Run_AddressesUnknown_IsUndetermined()
    {
        var outcome = await RunAsync(Both().Fail(Mx1, DnsRecordType.A, DnsStatus.Timeout).Fail(Mx1, DnsRecordType.AAAA, DnsStatus.Timeout));

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dane")));
    }

    private static FakeDns Zone(bool isSigned, bool hasSecond = true)
    {
        var dns = new FakeDns { IsAuthenticated = isSigned }.A(Mx1, "192.0.2.1");
        return hasSecond ? dns.Mx(Domain, (10, Mx1), (20, Mx2)).A(Mx2, "192.0.2.2") : dns.Mx(Domain, (10, Mx1));
    }

    private static FakeDns Single() => Tlsa(Zone(isSigned: true, hasSecond: false), Owner1, One.Leaf, 3, 1, 1);

    private static FakeDns Both() => Tlsa(Tlsa(Zone(isSigned: true), Owner1, One.Leaf, 3, 1, 1), Owner2, Two.Leaf, 3, 1, 1);

    private static FakeDns Tlsa(FakeDns dns, string owner, byte[] certificate, byte usage, byte selector, byte matching) =>
        dns.Tlsa(owner, usage, selector, matching, FakeChain.Association(certificate, selector, matching));

    private static FamilyRun Run(FakeDns dns) => new(dns)
    {
        Smtp = new PerfectSmtp().Certificate("192.0.2.1", c => One.Facts(c)).Certificate("192.0.2.2", c => Two.Facts(c)),
        Target = new AuditTarget(Domain),
    };

    private static Task<CheckOutcome> RunAsync(FakeDns dns, Action<PerfectSmtp>? servers = null)
    {
        var run = Run(dns);
        servers?.Invoke(run.Smtp);
        return run.OfAsync(new DaneCheck());
    }
}
