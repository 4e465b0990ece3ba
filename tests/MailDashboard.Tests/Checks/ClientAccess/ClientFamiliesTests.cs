using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Imap;
using MailDashboard.Checks.Pop3;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Submission;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.ClientAccess;

/// <summary>What the three families have in common: every fault at a port of each. Each test names every code, so that a surplus finding fails too.</summary>
public class ClientFamiliesTests
{
    private const string Host = "mail.example.test";
    private const string Mail = "192.0.2.2";

    public static TheoryData<string, int, int> Families => new() { { "SUB", 465, 587 }, { "IMP", 993, 143 }, { "POP", 995, 110 } };

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_GoodPorts_SaysNothingAndKeepsWhatWasOffered(string family, int tls, int clear)
    {
        var outcome = await Run(Ports()).OfAsync(Check(family));

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Empty(outcome.Undetermined);
        Assert.Equal(("full", "full"), Levels(outcome));
        Assert.Contains(outcome.Details.Facts, f => f.Subject == At(tls) && f.Key == "logInsAfter" && f.Value.EndsWith("PLAIN", StringComparison.Ordinal));
        Assert.Contains(new Fact(At(clear), "logInsBefore", "–"), outcome.Details.Facts);
        Assert.Contains(outcome.Details.Facts, f => f.Subject == At(clear) && f.Key == "greeting");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_NoEncryption_IsAnErrorAndADeadEndAWarning(string family, int tls, int clear)
    {
        var open = await One(family, Ports().At(Mail, clear, o => o with { Stage = SmtpStage.NoStartTls, Before = FakeServices.Offer("PLAIN"), After = null, Tls = null }));
        Assert.Equal(($"{family}001", Severity.Error, At(clear), "none"), open);

        var deadEnd = await One(family, Ports().At(Mail, clear, o => o with { Stage = SmtpStage.NoStartTls, Before = new ServiceOffer([]), After = null, Tls = null }));
        Assert.Equal(($"{family}001", Severity.Warning, At(clear), "full"), deadEnd);

        var alone = await One(family, Ports().Connect(Mail, tls, ConnectStatus.Refused)
            .At(Mail, clear, o => o with { Stage = SmtpStage.NoStartTls, Before = new ServiceOffer([]), After = null, Tls = null }));
        Assert.Equal(($"{family}001", Severity.Warning, At(clear), "none"), alone);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_LogInBeforeTls_IsJudgedByWhatItShows(string family, int tls, int clear)
    {
        Assert.NotEqual(tls, clear);
        foreach (var secret in new[] { "PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER" })
        {
            Assert.Equal(($"{family}002", Severity.Error, At(clear), "none"), await One(family, Ports().At(Mail, clear, o => o with { Before = Before(FakeServices.Offer(secret, "SCRAM-SHA-256")) })));
        }

        Assert.Equal(($"{family}002", Severity.Error, At(clear), "none"), await One(family, Ports().At(Mail, clear, o => o with { Before = Before(new ServiceOffer([])) with { HasPasswordCommand = true } })));
        Assert.Equal(($"{family}003", Severity.Notice, At(clear), "full"), await One(family, Ports().At(Mail, clear, o => o with { Before = Before(FakeServices.Offer("SCRAM-SHA-256", "CRAM-MD5")) })));
        Assert.Equal(($"{family}003", Severity.Notice, At(clear), "full"), await One(family, Ports().At(Mail, clear, o => o with { Before = Before(new ServiceOffer([])) with { HasApop = true } })));
    }

    [Theory]
    [InlineData("IMP", 143)]
    [InlineData("POP", 110)]
    [InlineData("SUB", 587)]
    public async Task Run_StrictProfile_WarnsOfAnyLogInBeforeTls(string family, int clear)
    {
        var run = Run(Ports().At(Mail, clear, o => o with { Before = Before(FakeServices.Offer("SCRAM-SHA-256")), After = FakeServices.Offer("OAUTHBEARER") }).At(Mail, 465, o => o with { After = FakeServices.Offer("EXTERNAL") }));

        var outcome = await (run with { Target = run.Target with { IsStrict = true } }).OfAsync(Check(family));

        Assert.Equal(($"{family}003", Severity.Warning), Assert.Single(outcome.Findings) is var f ? (f.Code, f.Severity) : default);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_OfferFromTheServersOwnAddress_ProvesNothing(string family, int tls, int clear)
    {
        var outcome = await Run(Ports().At(Mail, clear, o => o with { IsSameMachine = true, Before = Before(FakeServices.Offer("PLAIN")) })).OfAsync(Check(family));

        Assert.Empty(outcome.Findings);
        Assert.Equal("SameMachine", Assert.Single(outcome.Undetermined, u => u.Subject == At(clear)).Reason.Key);
        Assert.False(outcome.Details.IsDetermined(At(clear)));
        Assert.True(outcome.Details.IsDetermined(At(tls)));
        Assert.Equal((null, "full"), Levels(outcome));
    }

    public static TheoryData<string, SmtpStage, SmtpFailure, string> Conversations => new()
    {
        { "004", SmtpStage.StartTlsRefused, SmtpFailure.Refused, "454 TLS not available" },
        { "005", SmtpStage.Handshake, SmtpFailure.Tls, "handshake failure" },
        { "006", SmtpStage.Handshake, SmtpFailure.Buffered, "220 go" },
        { "008", SmtpStage.Greeting, SmtpFailure.NotSmtp, "SSH-2.0-x" },
        { "008", SmtpStage.Hello, SmtpFailure.Refused, "502 what" },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Run_WhatIsCertainlyWrong_IsOneErrorInEachFamily(string number, SmtpStage stage, SmtpFailure cause, string said)
    {
        foreach (var (family, _, clear) in Families.Select(r => r.Data))
        {
            Assert.Equal(($"{family}{number}", Severity.Error, At(clear), "none"), await One(family, Ports().At(Mail, clear, o => Ended(o, stage, cause, said, isTransient: false))));
        }
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, SmtpFailure.TimedOut, "TimedOut")]
    [InlineData(SmtpStage.Greeting, SmtpFailure.Closed, "Closed")]
    [InlineData(SmtpStage.Greeting, SmtpFailure.TooLong, "TooLong")]
    [InlineData(SmtpStage.Rejected, SmtpFailure.Refused, "Rejected")]
    [InlineData(SmtpStage.Hello, SmtpFailure.TooLong, "TooLong")]
    [InlineData(SmtpStage.Handshake, SmtpFailure.Closed, "HandshakeDropped")]
    [InlineData(SmtpStage.Handshake, SmtpFailure.TimedOut, "TimedOut")]
    [InlineData(SmtpStage.Encrypted, SmtpFailure.NotSmtp, "NotUnderstood")]
    public async Task Run_WhatMayBeAnotherTime_IsUndeterminedWithItsReason(SmtpStage stage, SmtpFailure cause, string reason)
    {
        foreach (var (family, _, clear) in Families.Select(r => r.Data))
        {
            var outcome = await Run(Ports().At(Mail, clear, o => Ended(o, stage, cause, "x", isTransient: true))).OfAsync(Check(family));

            Assert.Empty(outcome.Findings);
            Assert.Equal(reason, Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
            Assert.False(outcome.Details.IsDetermined(At(clear)));
            Assert.False(outcome.Details.IsDetermined(Subject.Host(Host)) && stage == SmtpStage.Handshake);
            Assert.Equal((null, null), Levels(outcome));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_SmtpServerGoingDownAtStartTls_IsNoRefusal(string family, int tls, int clear)
    {
        Assert.NotEqual(tls, clear);
        var outcome = await Run(Ports().At(Mail, clear, o => Ended(o, SmtpStage.StartTlsRefused, SmtpFailure.Refused, "421 closing", isTransient: true))).OfAsync(Check(family));

        Assert.Empty(outcome.Findings);
        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_TlsOnlyForOldSoftware_IsTlsToSay(string family, int tls, int clear)
    {
        Assert.NotEqual(tls, clear);
        var outcome = await Run(Ports().At(Mail, tls, o => Ended(o, SmtpStage.Handshake, SmtpFailure.Tls, "unsupported protocol", isTransient: false) with { NeedsOldSoftware = true, Tls = o.Tls })).OfAsync(Check(family));

        Assert.Empty(outcome.Findings);
        Assert.Equal("OldSoftware", Assert.Single(outcome.Undetermined, u => u.Subject == At(tls)).Reason.Key);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_NobodyCanLogIn_IsAnError(string family, int tls, int clear)
    {
        Assert.NotEqual(tls, clear);
        Assert.Equal(($"{family}007", Severity.Error, At(tls), "none"), await One(family, Ports().At(Mail, tls, o => o with { After = new ServiceOffer(["SIZE"]) })));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Run_ServerThatDoesNotTellItsCapabilities_LeavesTheLogInOpen(string family, int tls, int clear)
    {
        Assert.NotEqual(tls, clear);
        var outcome = await Run(Ports().At(Mail, clear, o => o with { Before = new ServiceOffer([]) { IsTold = false } })).OfAsync(Check(family));

        Assert.Empty(outcome.Findings);
        Assert.Equal("NotTold", Assert.Single(outcome.Undetermined, u => u.Subject == At(clear)).Reason.Key);
        Assert.Equal((null, "full"), Levels(outcome));
    }

    public static TheoryData<string, Severity, string> Certificates => new()
    {
        { "012", Severity.Error, "expired" }, { "013", Severity.Error, "none" }, { "014", Severity.Error, "none" }, { "015", Severity.Error, "none" },
        { "016", Severity.Error, "none" }, { "017", Severity.Error, "none" }, { "018", Severity.Warning, "full" }, { "018", Severity.Notice, "full" }, { "019", Severity.Error, "none" },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public async Task Run_BadCertificate_IsOneFindingOfTheHostHoweverManyPortsShowIt(string number, Severity severity, string level)
    {
        foreach (var (family, tls, clear) in Families.Select(r => r.Data))
        {
            var bad = Ports().Certificate(Mail, tls, c => Bad(number, severity, c)).Certificate(Mail, clear, c => Bad(number, severity, c));
            var outcome = await Run(bad).OfAsync(Check(family));

            var finding = Assert.Single(outcome.Findings);
            Assert.Equal(($"{family}{number}", severity, Subject.Host(Host)), (finding.Code, finding.Severity, finding.Subject));
            Assert.Equal($"[{Mail}]:{tls}, [{Mail}]:{clear}", finding.Evidence[0].Value);
            Assert.Equal(("full", level), Levels(outcome));
            Assert.True(outcome.Details.IsDetermined(Subject.Host(Host)));
        }
    }

    private static CertificateFacts? Bad(string number, Severity severity, CertificateFacts good) => number switch
    {
        "012" => good with { NotBefore = PerfectSmtp.Now.AddDays(-91), NotAfter = PerfectSmtp.Now.AddDays(-1), ChainStatus = ["NotTimeValid"] },
        "013" => good with { NotBefore = PerfectSmtp.Now.AddDays(1), NotAfter = PerfectSmtp.Now.AddDays(90), ChainStatus = ["NotTimeValid"] },
        "014" => good with { Issuer = good.Subject, ChainStatus = ["UntrustedRoot"], NameMatches = false },
        "015" => good with { ChainStatus = ["UntrustedRoot"] },
        "016" => good with { ChainStatus = ["PartialChain"] },
        "017" => good with { NameMatches = false, Names = ["other.example"] },
        "018" => good with { NotBefore = PerfectSmtp.Now.AddDays(severity == Severity.Warning ? -95 : -85), NotAfter = PerfectSmtp.Now.AddDays(severity == Severity.Warning ? 5 : 15) },
        _ => null,
    };

    private static ServiceObservation Ended(ServiceObservation perfect, SmtpStage stage, SmtpFailure cause, string said, bool isTransient) => perfect with
    {
        Stage = stage,
        Cause = cause,
        Failure = said,
        IsTransient = isTransient,
        After = null,
        Before = stage is SmtpStage.StartTlsRefused or SmtpStage.Handshake ? perfect.Before : null,
        Tls = stage == SmtpStage.Encrypted ? perfect.Tls : null,
        Greeting = stage == SmtpStage.Greeting ? [] : perfect.Greeting,
    };

    private static async Task<(string Code, Severity Severity, Subject Subject, string? Level)> One(string family, FakeServices services)
    {
        var outcome = await Run(services).OfAsync(Check(family));
        var finding = Assert.Single(outcome.Findings);
        Assert.IsType<CheckOutcome.Completed>(outcome);
        return (finding.Code, finding.Severity, finding.Subject, Levels(outcome).Access);
    }

    private static ServiceOffer Before(ServiceOffer offer) => offer with { HasStartTls = true };

    internal static (string? Access, string? Certificates) Levels(CheckOutcome outcome) => (
        FamilyRun.Level(outcome, outcome.Details.Grades.Single(g => g.Subtest.EndsWith("-tls", StringComparison.Ordinal)).Subtest),
        FamilyRun.Level(outcome, "client-certificates"));

    internal static ICheckFamily Check(string prefix) => prefix switch { "SUB" => new SubmissionCheck(), "IMP" => new ImapCheck(), _ => new Pop3Check() };

    internal static Subject At(int port) => Subject.Service(Host, IPAddress.Parse(Mail), port);

    internal static FakeServices Ports() => new FakeServices().At(Mail, 465).At(Mail, 587).At(Mail, 993).At(Mail, 143).At(Mail, 995).At(Mail, 110);

    internal static FamilyRun Run(FakeServices services) => new(new FakeDns().Mx("example.test", (10, "mx.provider.test")).A("mx.provider.test", "192.0.2.9").A(Host, Mail))
    {
        Services = services,
        Time = new FakeTimeProvider(PerfectSmtp.Now),
        Target = new AuditTarget("example.test") { Roles = MailRoles.Both, ClientHosts = [Host] },
    };
}
