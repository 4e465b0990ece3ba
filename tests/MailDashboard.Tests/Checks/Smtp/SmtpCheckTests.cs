using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Smtp;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Smtp;

/// <summary>Each test names every code, so that a surplus finding fails too.</summary>
public sealed class SmtpCheckTests
{
    private const string Address = "192.0.2.1";
    private const string Own = "mx.example.test";
    private const string Foreign = "mx.provider.test";
    private static readonly SmtpCheck Check = new();

    [Theory]
    [InlineData(Own)]
    [InlineData(Foreign)]
    public async Task Run_GoodServer_SaysNothing(string host)
    {
        var outcome = await Run(new PerfectSmtp(), host).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Empty(outcome.Undetermined);
        Assert.Equal(("full", "n/a"), Levels(outcome));
    }

    [Fact]
    public async Task Run_ExtensionsOffered_AreFacts()
    {
        string[] offered = ["SIZE 10240000", "PIPELINING", "8bitmime", "REQUIRETLS", "LIMITS RCPTMAX=50", "STARTTLS"];
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { CapabilitiesAfterTls = [.. offered] })).OfAsync(Check);

        Assert.Equal("PIPELINING, 8BITMIME, REQUIRETLS", Fact(outcome, "extensions"));
        Assert.Equal("SMTPUTF8", Fact(outcome, "missingExtensions"));
        Assert.Equal(("10240000", "RCPTMAX=50"), (Fact(outcome, "size"), Fact(outcome, "limits")));
        Assert.Equal("80", Fact(outcome, "greetingTime"));
    }

    [Theory]
    [InlineData("220 ESMTP ready", "localhost")]
    [InlineData("220 **********", "mail")]
    [InlineData("220 [192.0.2.1] hello", "[192.0.2.1]")]
    [InlineData("220", "")]
    [InlineData("220 mx.corp.local ESMTP", "mx.corp.local")]
    public async Task Run_NoFullName_IsNamedAlone(string greeting, string hello)
    {
        PerfectSmtp Server() => new PerfectSmtp().At(Address, o => o with { Greeting = [greeting], HelloName = hello });

        var own = await Run(Server()).OfAsync(Check);
        var foreign = await Run(Server(), Foreign).OfAsync(Check);

        Assert.Equal(("SMTP001", Severity.Warning), Only(own));
        Assert.Equal(("none", "n/a"), Levels(own));
        Assert.Equal(("SMTP001", Severity.Notice), Only(foreign));
        Assert.Equal(("n/a", "n/a"), Levels(foreign));
    }

    [Fact]
    public async Task Run_NameWithoutAddress_IsNamedAlone()
    {
        PerfectSmtp Server() => Named(new PerfectSmtp(), "gone.example.test");

        var own = await Run(Server()).OfAsync(Check);

        Assert.Equal(("SMTP002", Severity.Warning), Only(own));
        Assert.Equal("none", Levels(own).Name);
        Assert.Equal(("SMTP002", Severity.Notice), Only(await Run(Server(), Foreign).OfAsync(Check)));
    }

    [Fact]
    public async Task Run_SenderOfSpf_CountsAsOwn()
    {
        var run = Run(Named(new PerfectSmtp(), "gone.example.test"), Foreign);
        run.Dns.Txt("example.test", $"v=spf1 ip4:{Address} -all");

        Assert.Equal(("SMTP002", Severity.Warning), Only(await run.OfAsync(Check)));
    }

    [Fact]
    public async Task Run_NameOfAnotherMachine_IsANotice()
    {
        var run = Run(Named(new PerfectSmtp(), "other.example.test"));
        run.Dns.A("other.example.test", "192.0.2.9");

        Assert.Equal(("SMTP003", Severity.Notice), Only(await run.OfAsync(Check)));
    }

    [Fact]
    public async Task Run_NameIsTheReverseName_SaysNothing()
    {
        var run = Run(Named(new PerfectSmtp(), "other.example.test"));
        run.Dns.A("other.example.test", "192.0.2.9").Ptr(Address, "other.example.test");

        Assert.Empty((await run.OfAsync(Check)).Findings);
    }

    [Fact]
    public async Task Run_NoReverseName_LeavesTheWordToReverseDns()
    {
        var run = Run(Named(new PerfectSmtp(), "other.example.test")) with { Dns = new FakeDns().Mx("example.test", (10, Own)).Txt("example.test", "v=spf1 mx -all").A(Own, Address) };
        run.Dns.A("other.example.test", "192.0.2.9");

        Assert.Empty((await run.OfAsync(Check)).Findings);
    }

    [Fact]
    public async Task Run_TwoNames_IsANotice()
    {
        var run = Run(new PerfectSmtp().At(Address, o => o with { HelloName = "inner.example.test" }));
        run.Dns.A("inner.example.test", Address);

        Assert.Equal(("SMTP004", Severity.Notice), Only(await run.OfAsync(Check)));
    }

    [Theory]
    [InlineData(Own, true)]
    [InlineData(Foreign, false)]
    public async Task Run_NameCannotBeAsked_HoldsUpTheVerdictOfAnOwnServer(string host, bool isInconclusive)
    {
        var run = Run(Named(new PerfectSmtp(), "dark.example.test"), host);
        run.Dns.Fail("dark.example.test", DnsRecordType.A, DnsStatus.ServFail).Fail("dark.example.test", DnsRecordType.AAAA, DnsStatus.ServFail);

        var outcome = await run.OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal(isInconclusive, outcome is CheckOutcome.Inconclusive);
        Assert.Equal("DnsServFail", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Theory]
    [InlineData(550, "550 5.1.1 User unknown", true)]
    [InlineData(550, "550 No such user here", true)]
    [InlineData(554, "554 5.7.1 <postmaster@example.test>: Relay access denied", true)]
    [InlineData(550, "550 relay not permitted", true)]
    [InlineData(554, "554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.spamhaus.org", false)]
    [InlineData(550, "550 5.7.606 Access denied, banned sending IP", false)]
    [InlineData(550, "550 your IP is on a black list", false)]
    [InlineData(530, "530 5.7.0 Must issue a STARTTLS command first", false)]
    [InlineData(501, "501 5.5.4 Syntax error", false)]
    [InlineData(450, "450 4.2.0 Greylisted", false)]
    [InlineData(0, "connection closed", false)]
    public async Task Run_PostmasterNotTaken_IsAFaultOnlyWhereItIsAboutTheMailbox(int code, string said, bool isFault)
    {
        var outcome = await Run(Refusing("postmaster@example.test", code, said)).OfAsync(Check);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        if (isFault)
        {
            Assert.Equal(("SMTP005", Severity.Warning), Only(outcome));
            Assert.Equal(Subject.Host(Own), outcome.Findings[0].Subject);
        }
        else
        {
            Assert.Empty(outcome.Findings);
            Assert.Equal(Subject.Host(Own), Assert.Single(outcome.Undetermined).Subject);
        }
    }

    [Fact]
    public async Task Run_AbuseRefused_IsANotice() =>
        Assert.Equal(("SMTP006", Severity.Notice), Only(await Run(Refusing("abuse@example.test", 550, "550 5.1.1 unknown")).OfAsync(Check)));

    [Fact]
    public async Task Run_NullSenderRefused_LeavesTheMailboxesOpen()
    {
        var refused = new MailboxAnswers(new SmtpAnswer(550, "550 no bounces", TimeSpan.Zero), []);
        var outcome = await Run(new PerfectSmtp().At(Address, o => o with { Mailboxes = refused })).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal("MailboxUndecided", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Fact]
    public async Task Run_SlowAnswers_AreANotice()
    {
        Assert.Equal(("SMTP007", Severity.Notice), Only(await Run(new PerfectSmtp().At(Address, o => o with { HelloDelay = TimeSpan.FromSeconds(6) })).OfAsync(Check)));

        var slow = new SmtpAnswer(250, "250 Ok", TimeSpan.FromSeconds(6));
        var answers = PerfectSmtp.Takes("postmaster@example.test", "abuse@example.test") with { Sender = slow };
        Assert.Equal("MAIL, RCPT", (await Run(new PerfectSmtp().At(Address, o => o with { Mailboxes = answers })).OfAsync(Check)).Finding("SMTP007").Evidence[1].Value);
    }

    [Theory]
    [InlineData(RelayEnd.Refused, false, "", "full")]
    [InlineData(RelayEnd.Accepted, false, "SMTP008", "open")]
    [InlineData(RelayEnd.Accepted, true, "", null)]
    [InlineData(RelayEnd.Unclear, false, "", null)]
    public async Task Run_OwnHost_IsTestedForAnOpenRelay(RelayEnd end, bool isFromInside, string code, string? level)
    {
        var relay = new FakeRelay(end, isFromInside);
        var run = Run(new PerfectSmtp(), Own, Foreign) with { Target = new AuditTarget("example.test") { OwnHosts = [Own] }, Hosts = HostProbes.None with { Relay = relay } };

        var outcome = await run.OfAsync(Check);

        Assert.Equal([(Own, IPAddress.Parse(Address))], relay.Tested);
        Assert.Equal(code, outcome.Codes());
        Assert.Equal(level, Levels(outcome).Relay);
        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.All(outcome.Findings, f => Assert.Equal(Severity.Critical, f.Severity));
    }

    [Fact]
    public async Task Run_NoHostConfirmedAsOwn_TestsNone()
    {
        var relay = new FakeRelay(RelayEnd.Accepted);

        await (Run(new PerfectSmtp()) with { Hosts = HostProbes.None with { Relay = relay } }).OfAsync(Check);

        Assert.Empty(relay.Tested);
    }

    [Fact]
    public async Task Run_NotReached_LeavesTheWordToMx()
    {
        var outcome = await Run(new PerfectSmtp().Connect(Address, ConnectStatus.Refused)).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal("NotReached", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Null(Levels(outcome).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_NoConversation_LeavesTheWordToStartTls(bool isTransient)
    {
        var server = new PerfectSmtp().At(Address, o => new SmtpObservation(o.Host, o.Address, SmtpStage.Greeting) { Connect = ConnectStatus.Connected, IsTransient = isTransient, Failure = "what" });

        var outcome = await Run(server).OfAsync(Check);

        Assert.Empty(outcome.Findings);
        Assert.Equal(isTransient, outcome is CheckOutcome.Inconclusive);
    }

    [Fact]
    public async Task Run_NullMx_DoesNotApply()
    {
        var outcome = await new FamilyRun(new FakeDns().Mx("example.test", (0, ""))).OfAsync(Check);

        Assert.Equal("DoesNotReceive", Assert.IsType<CheckOutcome.NotApplicable>(outcome).Reason.Key);
        Assert.Equal(("n/a", "n/a"), Levels(outcome));
    }

    private static FamilyRun Run(PerfectSmtp smtp, params string[] hosts)
    {
        hosts = hosts.Length == 0 ? [Own] : hosts;
        var dns = new FakeDns().Mx("example.test", [.. hosts.Select((h, i) => (i, h))]).Txt("example.test", "v=spf1 mx -all");
        for (var i = 0; i < hosts.Length; i++)
        {
            dns.A(hosts[i], $"192.0.2.{i + 1}").Ptr($"192.0.2.{i + 1}", hosts[i]);
        }

        return new FamilyRun(dns) { Smtp = smtp };
    }

    private static PerfectSmtp Named(PerfectSmtp smtp, string name) => smtp.At(Address, o => o with { Greeting = [$"220 {name} ESMTP"], HelloName = name });

    private static PerfectSmtp Refusing(string mailbox, int code, string said) => new PerfectSmtp().At(Address, o => o with
    {
        Mailboxes = o.Mailboxes! with
        {
            Mailboxes = [.. o.Mailboxes.Mailboxes.Select(m => m.Mailbox == mailbox ? m with { Answer = new SmtpAnswer(code, said, TimeSpan.Zero) } : m)],
        },
    });

    private static (string Code, Severity Severity) Only(CheckOutcome outcome) => Assert.Single(outcome.Findings) is var finding ? (finding.Code, finding.Severity) : default;

    private static (string? Name, string? Relay) Levels(CheckOutcome outcome) => (FamilyRun.Level(outcome, "helo-name"), FamilyRun.Level(outcome, "relay-closed"));

    private static string Fact(CheckOutcome outcome, string key) => Assert.Single(outcome.Details.Facts, f => f.Key == key).Value;
}
