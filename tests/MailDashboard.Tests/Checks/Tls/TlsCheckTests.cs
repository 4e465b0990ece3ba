using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Checks.Tls;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Tls;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public class TlsCheckTests
{
    private const string Mx = "192.0.2.1";
    private const string Mail = "192.0.2.2";
    private static readonly TlsCheck Check = new();

    [Fact]
    public async Task Run_GoodPorts_SaysNothing()
    {
        var outcome = await Run(Ports()).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Empty(outcome.Undetermined);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "tls-versions"));
        Assert.Contains(new Fact(Service(Mail, 993), "versions", "TLS 1.2, TLS 1.3"), outcome.Details.Facts);
        Assert.Contains(new Fact(Service(Mail, 993), "key", "ECDSA 256"), outcome.Details.Facts);
        Assert.Contains(outcome.Details.Facts, f => f.Subject.Name == $"mx.example.test[{Mx}]:25" && f.Key == "versions");
    }

    [Theory]
    [InlineData("++++", "TLS001", Severity.Error, "none")]
    [InlineData("-+++", "TLS001", Severity.Error, "none")]
    [InlineData("++--", "TLS002", Severity.Error, "none")]
    [InlineData("--+-", "TLS003", Severity.Info, "no13")]
    public async Task Run_VersionsOfAClientPort_AreJudged(string offers, string code, Severity severity, string level)
    {
        var outcome = await Run(Ports().Offers(Mail, 993, offers)).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal((code, severity, Service(Mail, 993)), (finding.Code, finding.Severity, finding.Subject));
        Assert.Equal(level, FamilyRun.Level(outcome, "tls-versions"));
    }

    [Theory]
    [InlineData("++++")]
    [InlineData("++--")]
    [InlineData("--+-")]
    public async Task Run_VersionsOfPort25_AreStartTlsToSay(string offers)
    {
        var outcome = await Run(Ports().Offers(Mx, 25, offers)).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "tls-versions"));
    }

    [Theory]
    [InlineData(Mx, 25)]
    [InlineData(Mail, 993)]
    public async Task Run_StrictProfile_WarnsOfTls13MissingAnywhere(string address, int port)
    {
        var run = Run(Ports().Offers(address, port, "--+-"));
        var outcome = await (run with { Target = run.Target with { IsStrict = true } }).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("TLS003", Severity.Warning), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData("TLS004", 1024, "sha256RSA")]
    [InlineData("TLS005", 2048, "sha1RSA")]
    public async Task Run_WeakCertificateOfAClientPort_IsNamedAlone(string code, int bits, string signature)
    {
        static FakeTls Weak(string address, int port, int bits, string signature) =>
            Ports().Certificate(address, port, c => c with { KeyAlgorithm = "RSA", KeyBits = bits, SignatureAlgorithm = signature });

        Assert.Equal([code], FamilyRun.Codes(await Run(Weak(Mail, 465, bits, signature)).OfAsync(Check), Severity.Info));
        Assert.Empty((await Run(Weak(Mx, 25, bits, signature)).OfAsync(Check)).Findings);
    }

    [Fact]
    public async Task Run_DifferentCertificates_AreNotedOfTheHost()
    {
        var outcome = await Run(Ports().Certificate(Mail, 993, c => c with { Thumbprint = new string('1', 64) })).OfAsync(Check);

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("TLS006", Severity.Notice, Subject.Host("mail.example.test")), (finding.Code, finding.Severity, finding.Subject));
        Assert.Contains("465", finding.Evidence[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_VersionLeftOpen_IsUndeterminedAndKeepsWhatWasFound()
    {
        var outcome = await Run(Ports().Offers(Mail, 993, "??++")).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("VersionsOpen", Assert.Single(outcome.Undetermined).Reason.Key);
        Assert.False(outcome.Details.IsDetermined(Service(Mail, 993)));
        Assert.Null(FamilyRun.Level(outcome, "tls-versions"));
    }

    [Fact]
    public async Task Run_StatedPortThatCannotBeUnderstood_IsInconclusive()
    {
        var tls = Ports().At(Mail, 993, o => o with { Prelude = TlsPreludeEnd.Failed, Failure = "x", Offers = TlsMatrix.Open, Best = null });

        var outcome = await Run(tls).OfAsync(Check);

        Assert.Equal("Unclear", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.False(outcome.Details.IsDetermined(Service(Mail, 993)));
    }

    [Theory]
    [InlineData(ConnectStatus.Refused, false)]
    [InlineData(ConnectStatus.TimedOut, true)]
    public async Task Run_StatedPortNotReached_IsOpenUnlessItRefused(ConnectStatus status, bool isOpen)
    {
        var outcome = await Run(Ports().At(Mail, 993, o => new TlsVersionObservation(o.Target) { Connect = status })).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Equal(isOpen, outcome.Undetermined.Any(u => u.Subject == Service(Mail, 993)));
    }

    [Fact]
    public async Task Run_GuessedPortsThatDoNotAnswer_AreNothing()
    {
        var silent = new FakeTls();
        foreach (var port in new[] { 465, 587, 993, 143, 995, 110 })
        {
            silent.At(Mail, port, o => new TlsVersionObservation(o.Target) { Connect = ConnectStatus.TimedOut });
        }

        var run = Run(silent);
        var outcome = await (run with { Target = run.Target with { ClientHosts = [] } }).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Undetermined);
        Assert.Equal(13, silent.Asked.Count);
    }

    [Fact]
    public async Task Run_Port25_IsAskedWithWhatItsConversationShowed()
    {
        var tls = Ports();
        await Run(tls).OfAsync(Check);

        Assert.Equal(SmtpStage.Encrypted, Assert.Single(tls.Asked, t => t.Port == 25).Known!.Stage);
        Assert.Equal(TlsPrelude.None, Assert.Single(tls.Asked, t => t.Port == 993).Prelude);
        Assert.Equal(TlsPrelude.Imap, Assert.Single(tls.Asked, t => t.Port == 143).Prelude);
        Assert.Equal(TlsPrelude.Smtp, Assert.Single(tls.Asked, t => t.Port == 587).Prelude);
    }

    [Fact]
    public async Task Run_NothingToLookAt_DoesNotApply()
    {
        var dns = new FakeDns().Mx("example.test", (0, "."));

        var outcome = await new FamilyRun(dns) { Target = new AuditTarget("example.test") { Roles = new MailRoles(Sends: true, Receives: false) } }.OfAsync(Check);

        Assert.Equal("NoPort", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Equal("n/a", FamilyRun.Level(outcome, "tls-versions"));
    }

    [Fact]
    public async Task Run_ParkedOrMissingOrUnknown_IsSaidSo()
    {
        var parked = await (Run(Ports()) with { Target = new AuditTarget("example.test") { Roles = MailRoles.Parked } }).OfAsync(Check);
        Assert.Equal("Parked", Assert.IsType<CheckOutcome.NotApplicable>(parked).Reason.Key);

        var missing = await new FamilyRun(new FakeDns()).OfAsync(Check);
        Assert.Equal("DomainMissing", Assert.IsType<CheckOutcome.NotApplicable>(missing).Reason.Key);

        var unknown = await new FamilyRun(new FakeDns().Empty("example.test").Fail("example.test", DnsRecordType.MX, DnsStatus.Timeout)).OfAsync(Check);
        Assert.Equal("DnsTimeout", Assert.IsType<CheckOutcome.Inconclusive>(unknown).Reason.Key);
    }

    private static Subject Service(string address, int port) => Subject.Service("mail.example.test", System.Net.IPAddress.Parse(address), port);

    private static FakeTls Ports() =>
        new FakeTls().At(Mail, 465).At(Mail, 587).At(Mail, 993).At(Mail, 143).At(Mail, 995).At(Mail, 110);

    private static FamilyRun Run(FakeTls tls)
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx.example.test")).A("mx.example.test", Mx).A("mail.example.test", Mail);
        return new FamilyRun(dns) { Tls = tls, Target = new AuditTarget("example.test") { Roles = MailRoles.Both, ClientHosts = ["mail.example.test"] } };
    }
}
