using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;
using static MailDashboard.Tests.Checks.ClientAccess.ClientFamiliesTests;

namespace MailDashboard.Tests.Checks.ClientAccess;

/// <summary>What a port that is not reached means, by how we know of it.</summary>
public class ServiceReachTests
{
    private const string Mail = "192.0.2.2";
    private static readonly string[] Families = ["SUB", "IMP", "POP"];

    [Theory]
    [InlineData(ConnectStatus.Refused)]
    [InlineData(ConnectStatus.TimedOut)]
    public async Task Run_StatedHostWithOnePortOfTwo_IsAsItShouldBe(ConnectStatus status)
    {
        var ports = Ports().Connect(Mail, 587, status).Connect(Mail, 143, status).Connect(Mail, 110, status);
        foreach (var family in Families)
        {
            var outcome = await Run(ports).OfAsync(Check(family));

            Assert.IsType<CheckOutcome.Completed>(outcome);
            Assert.Empty(outcome.Findings);
            Assert.Empty(outcome.Undetermined);
            Assert.Equal(("full", "full"), Levels(outcome));
        }
    }

    [Fact]
    public async Task Run_StatedHostWithoutPop3_IsAsItShouldBe()
    {
        var outcome = await Run(new FakeServices().At(Mail, 993).At(Mail, 465)).OfAsync(Check("POP"));

        Assert.Equal("NoService", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Empty(outcome.Findings);
        Assert.Equal(("n/a", "n/a"), Levels(outcome));
    }

    [Fact]
    public async Task Run_StatedHostThatRefusesEverything_SaysItOnceForEachPurpose()
    {
        var all = new FakeServices();

        Assert.Equal(["SUB011"], FamilyRun.Codes(await Run(all).OfAsync(Check("SUB"))));
        Assert.Equal(["IMP011"], FamilyRun.Codes(await Run(all).OfAsync(Check("IMP"))));
        Assert.Empty((await Run(all).OfAsync(Check("POP"))).Findings);
        Assert.Empty((await Run(new FakeServices().At(Mail, 995)).OfAsync(Check("IMP"))).Findings);

        var sendsOnly = Run(all);
        Assert.Empty((await (sendsOnly with { Target = sendsOnly.Target with { Roles = new MailRoles(true, false) } }).OfAsync(Check("IMP"))).Findings);
    }

    [Fact]
    public async Task Run_StatedHostThatIsSilent_IsUndetermined()
    {
        foreach (var family in Families)
        {
            var silent = new FakeServices();
            foreach (var port in new[] { 465, 587, 993, 143, 995, 110 })
            {
                silent.Connect(Mail, port, ConnectStatus.TimedOut);
            }

            var outcome = await Run(silent).OfAsync(Check(family));

            Assert.Equal("NotReached", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
            Assert.Empty(outcome.Findings);
            Assert.Equal((null, null), Levels(outcome));
        }
    }

    [Theory]
    [InlineData("SUB", 465, 587)]
    [InlineData("IMP", 993, 143)]
    [InlineData("POP", 995, 110)]
    public async Task Run_PublishedPortThatRefuses_IsAnError(string family, int tls, int clear)
    {
        var outcome = await Published(Ports().Connect(Mail, clear, ConnectStatus.Refused)).OfAsync(Check(family));

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(($"{family}009", Severity.Error, At(clear)), (finding.Code, finding.Severity, finding.Subject));
        Assert.EndsWith("._tcp.example.test SRV", finding.Evidence[1].Value, StringComparison.Ordinal);
        Assert.Equal(("none", "full"), Levels(outcome));
        Assert.True(outcome.Details.IsDetermined(At(tls)));
    }

    [Theory]
    [InlineData("IMP", 993, true)]
    [InlineData("POP", 995, true)]
    [InlineData("SUB", 465, false)]
    public async Task Run_PublishedPortThatIsSilent_IsAFindingWhereTheWayIsOpen(string family, int port, bool isFinding)
    {
        var outcome = await Published(Ports().Connect(Mail, port, ConnectStatus.TimedOut)).OfAsync(Check(family));

        Assert.Equal(isFinding ? [$"{family}010"] : [], FamilyRun.Codes(outcome));
        Assert.False(outcome.Details.IsDetermined(At(port)));
        Assert.Null(Levels(outcome).Access);
    }

    [Fact]
    public async Task Run_NoWayOverOneKindOfAddress_DoesNotHoldUpTheVerdict()
    {
        var run = Published(Ports().Connect("2001:db8::2", 993, ConnectStatus.Unreachable).Connect("2001:db8::2", 143, ConnectStatus.Unreachable));
        run.Dns.Aaaa("mail.example.test", "2001:db8::2");

        var outcome = await run.OfAsync(Check("IMP"));

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(2, outcome.Undetermined.Count(u => u.Subject.Kind == SubjectKind.Service));
        Assert.Equal(("full", "full"), Levels(outcome));
    }

    [Theory]
    [InlineData(ConnectStatus.Refused)]
    [InlineData(ConnectStatus.TimedOut)]
    public async Task Run_GuessedHostThatDoesNotAnswer_MeansNothing(ConnectStatus status)
    {
        foreach (var family in Families)
        {
            var services = new FakeServices();
            foreach (var port in new[] { 465, 587, 993, 143, 995, 110 })
            {
                services.Connect(Mail, port, status);
            }

            var outcome = await Guessed(services).OfAsync(Check(family));

            Assert.Equal("NoService", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
            Assert.Empty(outcome.Findings);
            Assert.Empty(outcome.Undetermined);
        }
    }

    [Fact]
    public async Task Run_GuessedHostThatSaysNothingOfUse_IsNotJudged()
    {
        var outcome = await Guessed(new FakeServices().At(Mail, 143, o => o with { Stage = SmtpStage.Greeting, Cause = SmtpFailure.NotSmtp, Failure = "HTTP/1.1 400", Greeting = [], Before = null, After = null, Tls = null })).OfAsync(Check("IMP"));

        Assert.IsType<CheckOutcome.NotApplicable>(outcome);
        Assert.Empty(outcome.Findings);
    }

    [Fact]
    public async Task Run_GuessedHostWithAFault_IsJudgedAsWhatItIs()
    {
        var expired = await Guessed(new FakeServices().Certificate(Mail, 993, c => c with { NotAfter = PerfectSmtp.Now.AddDays(-1) })).OfAsync(Check("IMP"));
        Assert.Equal(("IMP012", "expired"), (Assert.Single(expired.Findings).Code, Levels(expired).Certificates));

        // Whoever reads there may well use the name in the certificate.
        var other = await Guessed(new FakeServices().Certificate(Mail, 993, c => c with { NameMatches = false })).OfAsync(Check("IMP"));
        Assert.Equal(("IMP017", Severity.Notice, "full"), (Assert.Single(other.Findings).Code, other.Findings[0].Severity, Levels(other).Certificates));

        var closed = await Guessed(new FakeServices().At(Mail, 587, o => o with { After = new MailDashboard.Checks.Probing.Services.ServiceOffer([]) })).OfAsync(Check("SUB"));
        Assert.Equal(("SUB007", Severity.Warning, "full"), (Assert.Single(closed.Findings).Code, closed.Findings[0].Severity, Levels(closed).Access));
    }

    [Fact]
    public async Task Run_DnsThatDoesNotTell_IsInconclusive()
    {
        var srv = Guessed(new FakeServices());
        srv.Dns.Fail("_imaps._tcp.example.test", DnsRecordType.SRV, DnsStatus.Timeout);
        Assert.Equal("DnsTimeout", Assert.IsType<CheckOutcome.Inconclusive>(await srv.OfAsync(Check("IMP"))).Reason.Key);
        Assert.IsType<CheckOutcome.NotApplicable>(await srv.OfAsync(Check("POP")));

        var address = Published(Ports());
        address.Dns.Remove("mail.example.test").Fail("mail.example.test", DnsRecordType.A, DnsStatus.ServFail);
        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(await address.OfAsync(Check("IMP"))).Reason.Key);
    }

    [Fact]
    public async Task Run_ParkedOrMissing_DoesNotApply()
    {
        var run = Run(Ports());
        var parked = await (run with { Target = run.Target with { Roles = MailRoles.Parked } }).OfAsync(Check("IMP"));
        Assert.Equal("Parked", Assert.IsType<CheckOutcome.NotApplicable>(parked).Reason.Key);

        var missing = await new FamilyRun(new FakeDns()).OfAsync(Check("SUB"));
        Assert.Equal("DomainMissing", Assert.IsType<CheckOutcome.NotApplicable>(missing).Reason.Key);
    }

    [Fact]
    public async Task Run_OneFamilyAlone_TalksToItsOwnPortsOnly()
    {
        var services = Ports();
        await (Run(services) with { Options = new AuditOptions { Families = ["imap"] } }).OfAsync(Check("IMP"));

        Assert.Equal([143, 993], services.Asked.Select(t => t.Port).Order());
        Assert.All(services.Asked, t => Assert.Equal((t.Port == 993, ClientProtocol.Imap), (t.ImplicitTls, t.Protocol)));
    }

    [Fact]
    public async Task Audit_TwoDomainsOfOneHost_TalkToItOnceAndBothKeepTheConversation()
    {
        var dns = new FakeDns().Mx("one.test", (10, "mx.provider.test")).Mx("two.test", (10, "mx.provider.test")).A("mx.provider.test", "192.0.2.9").A("mail.example.test", Mail);
        var services = Ports();
        var audit = new DomainAudit([Check("IMP")], dns, new PerfectSmtp(), new FakePort25(), new FakeTimeProvider(PerfectSmtp.Now), hosts: HostProbes.None with { Services = services });
        var options = new AuditOptions { ShareHostsFor = TimeSpan.FromHours(1), Families = ["imap"] };

        foreach (var domain in new[] { "one.test", "two.test" })
        {
            var target = new AuditTarget(domain) { ClientHosts = ["mail.example.test"] };
            var report = await audit.RunAsync(target, options, BlocklistSettings.Default, null, TestContext.Current.CancellationToken);

            Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome);
            Assert.Equal(["imap", "imap"], report.Transcript.Hosts.Select(c => c.Protocol));
        }

        Assert.Equal(2, services.Asked.Count);
    }

    private static FamilyRun Published(FakeServices services)
    {
        var dns = new FakeDns().Mx("example.test", (10, "mx.provider.test")).A("mx.provider.test", "192.0.2.9").A("mail.example.test", Mail);
        foreach (var (name, port) in new (string, ushort)[] { ("_submissions", 465), ("_submission", 587), ("_imaps", 993), ("_imap", 143), ("_pop3s", 995), ("_pop3", 110) })
        {
            dns.Srv($"{name}._tcp.example.test", port, "mail.example.test");
        }

        return new FamilyRun(dns) { Services = services, Target = new AuditTarget("example.test") { Roles = MailRoles.Both } };
    }

    private static FamilyRun Guessed(FakeServices services) => new(new FakeDns().Mx("example.test", (10, "mx.provider.test")).A("mx.provider.test", "192.0.2.9").A("mail.example.test", Mail))
    {
        Services = services,
        Target = new AuditTarget("example.test") { Roles = MailRoles.Both },
    };
}
