using System.Security.Authentication;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Checks.StartTls;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.StartTls;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class StartTlsCheckTests
{
    private const string Address = "192.0.2.1";
    private static readonly StartTlsCheck Check = new();

    [Fact]
    public async Task Run_GoodServers_SaysNothing()
    {
        var outcome = await Run(new PerfectSmtp()).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Equal(["full", "full", "full"], Levels(outcome));
        Assert.Contains(new Fact(Subject.Parse("Address:" + Address), "tlsVersion", "TLS 1.3"), outcome.Details.Facts);
        Assert.Contains(new Fact(Subject.Parse("Address:" + Address), "lifetimeUsed", "33 %"), outcome.Details.Facts);
    }

    public static TheoryData<string, Func<SmtpObservation, SmtpObservation>> ConversationFaults() => new()
    {
        { "STL001", o => o with { Stage = SmtpStage.Greeting, Cause = SmtpFailure.NotSmtp, Failure = "SSH-2.0-x", Greeting = [], Tls = null } },
        { "STL004", o => o with { Stage = SmtpStage.Hello, Cause = SmtpFailure.Refused, RefusalCode = 550, Failure = "550 no", Tls = null } },
        { "STL004", o => o with { Stage = SmtpStage.NoStartTls, OnlyHelo = true, Tls = null } },
        { "STL005", o => o with { Stage = SmtpStage.NoStartTls, Tls = null } },
        { "STL006", o => o with { Stage = SmtpStage.StartTlsRefused, Cause = SmtpFailure.Refused, RefusalCode = 454, Failure = "454 no", IsTransient = true, Tls = null } },
        { "STL007", o => o with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Tls, Failure = "alert", Tls = null } },
        { "STL008", o => o with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Buffered, BufferedBeforeTls = true, Tls = null } },
    };

    [Theory]
    [MemberData(nameof(ConversationFaults))]
    public async Task Run_ConversationFault_IsNamedAlone(string code, Func<SmtpObservation, SmtpObservation> change)
    {
        var outcome = await Run(new PerfectSmtp().At(Address, change)).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal((code, Severity.Error, Address), (finding.Code, finding.Severity, finding.Subject.Name));
        Assert.Equal("none", FamilyRun.Level(outcome, "starttls-all"));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    public static TheoryData<string, Func<SmtpObservation, SmtpObservation>> Transients() => new()
    {
        { "SmtpTimedOut", o => o with { Stage = SmtpStage.Greeting, Cause = SmtpFailure.TimedOut, IsTransient = true, Greeting = [], Tls = null } },
        { "SmtpTooLong", o => o with { Stage = SmtpStage.Greeting, Cause = SmtpFailure.TooLong, IsTransient = true, Greeting = [], Tls = null } },
        { "SmtpClosed", o => o with { Stage = SmtpStage.Hello, Cause = SmtpFailure.Closed, IsTransient = true, Tls = null } },
        { "SmtpTemporary", o => o with { Stage = SmtpStage.Rejected, Cause = SmtpFailure.Refused, RefusalCode = 421, IsTransient = true, Tls = null } },
        { "SmtpTemporary", o => o with { Stage = SmtpStage.Hello, Cause = SmtpFailure.Refused, RefusalCode = 450, IsTransient = true, Tls = null } },
        { "HandshakeDropped", o => o with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Closed, IsTransient = true, Tls = null } },
        { "SmtpTimedOut", o => o with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.TimedOut, IsTransient = true, Tls = null } },
    };

    [Theory]
    [MemberData(nameof(Transients))]
    public async Task Run_PassingTrouble_LeavesTheAddressOpen(string reason, Func<SmtpObservation, SmtpObservation> change)
    {
        var outcome = await Run(new PerfectSmtp().At(Address, change)).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.False(outcome.Details.IsDetermined(Subject.Parse("Address:" + Address)));
        Assert.True(outcome.Details.IsDetermined(Subject.Parse("Address:192.0.2.2")));
        Assert.Null(FamilyRun.Level(outcome, "starttls-all"));
    }

    [Fact]
    public async Task Run_RejectedForGood_WarnsAndLeavesTheRestOpen()
    {
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { Stage = SmtpStage.Rejected, Cause = SmtpFailure.Refused, RefusalCode = 554, Failure = "554 no", Tls = null })).OfAsync(Check);

        Assert.Equal(["STL002"], FamilyRun.Codes(outcome));
        Assert.False(outcome.Details.IsDetermined(Subject.Parse("Address:" + Address)));
    }

    [Theory]
    [InlineData(ConnectStatus.Refused)]
    [InlineData(ConnectStatus.TimedOut)]
    public async Task Run_NotReached_DoesNotRepeatWhatMxSays(ConnectStatus status)
    {
        var outcome = await Run(new PerfectSmtp().Connect(Address, status)).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal("NotReached", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Fact]
    public async Task Run_SlowGreeting_IsNoted()
    {
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { GreetingDelay = TimeSpan.FromSeconds(6) })).OfAsync(Check);

        Assert.Equal(["STL003"], FamilyRun.Codes(outcome, Severity.Info));
    }

    [Fact]
    public async Task Run_OnlyOldTls_IsAWarning()
    {
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { OldTls = TlsVersions.Tls10, Tls = o.Tls! with { Protocol = TlsVersions.Tls10 } })).OfAsync(Check);

        Assert.Equal(["STL009"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal(["full", "none", "full"], Levels(outcome));
    }

    [Fact]
    public async Task Run_OldTlsToo_IsNoted()
    {
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { OldTls = TlsVersions.Tls11 })).OfAsync(Check);

        Assert.Equal(["STL010"], FamilyRun.Codes(outcome));
        Assert.Equal("old-too", FamilyRun.Level(outcome, "tls-versions"));
    }

    [Fact]
    public async Task Run_OldTlsUnknown_KeepsTheAddressOpenButHasAVerdict()
    {
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { OldTls = null })).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.False(outcome.Details.IsDetermined(Subject.Parse("Address:" + Address)));
        Assert.Null(FamilyRun.Level(outcome, "tls-versions"));
    }

    [Fact]
    public async Task Run_NoTls13_CostsLittle()
    {
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { Tls = o.Tls! with { Protocol = SslProtocols.Tls12 } })).OfAsync(Check);

        Assert.Equal(["STL021"], FamilyRun.Codes(outcome, Severity.Info));
        Assert.Equal("no13", FamilyRun.Level(outcome, "tls-versions"));
    }

    public static TheoryData<string, Severity, string, Func<CertificateFacts, CertificateFacts?>> CertificateFaults() => new()
    {
        { "STL011", Severity.Error, "expired", c => c with { NotAfter = PerfectSmtp.Now.AddDays(-1), ChainStatus = ["NotTimeValid"] } },
        { "STL012", Severity.Error, "none", c => c with { NotBefore = PerfectSmtp.Now.AddDays(1), ChainStatus = ["NotTimeValid"] } },
        { "STL013", Severity.Warning, "n/a", c => c with { Issuer = c.Subject, ChainStatus = ["UntrustedRoot"], NameMatches = false } },
        { "STL014", Severity.Warning, "n/a", c => c with { ChainStatus = ["UntrustedRoot"] } },
        { "STL014", Severity.Warning, "n/a", c => c with { ChainStatus = ["NotTimeValid"] } },
        { "STL015", Severity.Warning, "n/a", c => c with { ChainStatus = ["PartialChain"] } },
        { "STL016", Severity.Warning, "n/a", c => c with { NameMatches = false } },
        { "STL017", Severity.Notice, "full", c => c with { NotBefore = PerfectSmtp.Now.AddDays(-81), NotAfter = PerfectSmtp.Now.AddDays(14) } },
        { "STL017", Severity.Warning, "full", c => c with { NotBefore = PerfectSmtp.Now.AddDays(-83), NotAfter = PerfectSmtp.Now.AddDays(7) } },
        { "STL018", Severity.Warning, "full", c => c with { KeyAlgorithm = "RSA", KeyBits = 1024 } },
        { "STL019", Severity.Warning, "full", c => c with { SignatureAlgorithm = "sha1RSA" } },
        { "STL020", Severity.Warning, "n/a", _ => null },
    };

    [Theory]
    [MemberData(nameof(CertificateFaults))]
    public async Task Run_CertificateFault_IsNamedAlone(string code, Severity severity, string level, Func<CertificateFacts, CertificateFacts?> change)
    {
        var outcome = await Run(new PerfectSmtp().Certificate(Address, change)).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal((code, severity), (finding.Code, finding.Severity));
        Assert.Equal(level, FamilyRun.Level(outcome, "certificate-valid"));
    }

    [Theory]
    [InlineData(90, 30)]
    [InlineData(64, 21)]
    [InlineData(45, 15)]
    [InlineData(6, 2)]
    public async Task Run_CertificateRenewedAtTwoThirds_IsNeverNearItsEnd(int life, int left)
    {
        var outcome = await Run(new PerfectSmtp().Certificate(Address, c => c with { NotBefore = PerfectSmtp.Now.AddDays(left - life), NotAfter = PerfectSmtp.Now.AddDays(left) })).OfAsync(Check);

        Assert.Empty(outcome.Findings);
    }

    [Fact]
    public async Task Run_NameMismatchUnderMtaSts_IsAnErrorAndCounts()
    {
        var run = Run(new PerfectSmtp().Certificate(Address, c => c with { NameMatches = false }));
        run.Dns.Txt("_mta-sts.example.test", "v=STSv1; id=1");

        var outcome = await run.OfAsync(Check);

        Assert.Equal(Severity.Error, Assert.Single(outcome.Findings).Severity);
        Assert.Equal("none", FamilyRun.Level(outcome, "certificate-valid"));
    }

    [Theory]
    [InlineData(3, true, false, "")]
    [InlineData(3, false, false, "STL013")]
    [InlineData(2, true, false, "STL013")]
    [InlineData(3, true, true, "STL013")]
    public async Task Run_SelfSignedAndNamedByDane_IsFineWithoutMtaSts(byte usage, bool isSigned, bool hasSts, string codes)
    {
        var (run, named) = Dane(isSigned);
        run.Dns.Tlsa("_25._tcp.mx1.example.test", usage, 1, 1, FakeChain.Association(named.Leaf, 1, 1));
        if (hasSts)
        {
            run.Dns.Txt("_mta-sts.example.test", "v=STSv1; id=1");
        }

        var outcome = await run.OfAsync(Check);

        Assert.Equal(codes, outcome.Codes());
        Assert.Equal(hasSts ? "none" : "n/a", FamilyRun.Level(outcome, "certificate-valid"));
    }

    [Fact]
    public async Task Run_SelfSignedAndAnotherNamedByDane_IsSaid()
    {
        var (run, _) = Dane(isSigned: true);
        run.Dns.Tlsa("_25._tcp.mx1.example.test", 3, 1, 1, FakeChain.Association(new FakeChain("mx1.example.test").Leaf, 1, 1));

        Assert.Equal("STL013", (await run.OfAsync(Check)).Codes());
    }

    private static (FamilyRun Run, FakeChain Named) Dane(bool isSigned)
    {
        var named = new FakeChain("mx1.example.test");
        var dns = new FakeDns { IsAuthenticated = isSigned }.Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", Address);
        var smtp = new PerfectSmtp().Certificate(Address, c => named.Facts(c) with { Issuer = c.Subject, Subject = c.Subject, ChainStatus = ["UntrustedRoot"], NameMatches = false });
        return (new FamilyRun(dns) { Smtp = smtp }, named);
    }

    [Fact]
    public async Task Run_NullMx_DoesNotApply()
    {
        var outcome = await new FamilyRun(new FakeDns().Mx("example.test", (0, "."))).OfAsync(Check);

        Assert.Equal("DoesNotReceive", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Equal(["n/a", "n/a", "n/a"], Levels(outcome));
    }

    [Fact]
    public async Task Run_DomainMissing_IsQuiet() =>
        Assert.Equal("DomainMissing", Assert.IsType<CheckOutcome.NotApplicable>(await new FamilyRun(new FakeDns()).OfAsync(Check)).Reason.Key);

    [Fact]
    public async Task Run_NoAnswerForMx_IsInconclusive()
    {
        var outcome = await new FamilyRun(new FakeDns().Fail("example.test", DnsRecordType.MX, DnsStatus.ServFail)).OfAsync(Check);

        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
    }

    private static string?[] Levels(CheckOutcome outcome) =>
        [FamilyRun.Level(outcome, "starttls-all"), FamilyRun.Level(outcome, "tls-versions"), FamilyRun.Level(outcome, "certificate-valid")];

    [Fact]
    public async Task Run_CertificatesOfAHost_AreKeptAddressByAddress()
    {
        var run = new FamilyRun(new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", Address, "192.0.2.2")) { Smtp = new PerfectSmtp() };

        var record = Assert.Single((await run.OfAsync(Check)).Details.Records);

        Assert.Equal(("mx1.example.test", ObservedCertificate.RecordType), (record.Name, record.Type));
        Assert.Equal([Address, "192.0.2.2"], record.Values.Select(v => ObservedCertificate.Parse(v)?.Address));
        Assert.All(record.Values, v => Assert.Equal(CertificateTrust.Trusted, ObservedCertificate.Parse(v)?.Trust));
    }

    [Theory]
    [InlineData(ConnectStatus.Refused, 0)]
    [InlineData(ConnectStatus.TimedOut, 0)]
    [InlineData(ConnectStatus.Unreachable, 1)]
    public async Task Run_AnAddressLeftOpen_MentionsItsHostOnlyWhereThereIsNoWayFromHere(ConnectStatus status, int records)
    {
        var smtp = new PerfectSmtp().Connect("192.0.2.2", status);
        var run = new FamilyRun(new FakeDns().Mx("example.test", (10, "mx1.example.test")).A("mx1.example.test", Address, "192.0.2.2")) { Smtp = smtp };

        Assert.Equal(records, (await run.OfAsync(Check)).Details.Records.Length);
    }

    [Fact]
    public async Task Run_HostileNamesInACertificate_StayOneLineThatCanBeRead()
    {
        var smtp = new PerfectSmtp().Certificate(Address, c => c with { Subject = "CN=a | b\n\u202E" + new string('x', 5000), Names = [.. Enumerable.Range(0, 500).Select(i => $"n {i}")] });

        var value = (await Run(smtp).OfAsync(Check)).Details.Records[0].Values[0];

        Assert.InRange(value.Length, 1, 2000);
        Assert.DoesNotContain(value, c => c is '\n' or '\u202E');
        Assert.NotNull(ObservedCertificate.Parse(value));
    }

    private static FamilyRun Run(PerfectSmtp smtp) => new(new FakeDns()
        .Mx("example.test", (10, "mx1.example.test"), (20, "mx2.example.test"))
        .A("mx1.example.test", Address)
        .A("mx2.example.test", "192.0.2.2")) { Smtp = smtp };
}
