using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Texts;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Dkim;

public class DkimCheckTests
{
    private const string Node = "_domainkey.example.org";

    private static readonly string Good = $"v=DKIM1; k=rsa; p={Keys.Rsa(2048)}";

    private static Task<CheckOutcome> RunAsync(FakeDns dns, params string[] selectors) =>
        DnsOnlyAudit.RunAsync(new DkimCheck(), dns, new AuditTarget("example.org") { Roles = MailRoles.Both, Selectors = [.. selectors] });

    private static FakeDns Dns() => new FakeDns().Empty(Node);

    public static TheoryData<string, string, string> Faults() => new()
    {
        { "v=DKIM1; p=", "DKIM003", "none" },
        { "v=spf1 -all", "DKIM004", "none" },
        { $"v=DKIM1; p={Keys.Rsa(2048)}; p={Keys.Rsa(2048)}", "DKIM005", "none" },
        { $"v=DKIM1\\; p={Keys.Rsa(2048)}", "DKIM006", "none" },
        { $"v=DKIM2; p={Keys.Rsa(2048)}", "DKIM006", "none" },
        { "v=DKIM1; k=rsa", "DKIM007", "none" },
        { "v=DKIM1; p=abc!", "DKIM008", "none" },
        { $"v=DKIM1; p={Keys.Rsa(2048)[..240]}", "DKIM009", "none" },
        { $"v=DKIM1; k=dsa; p={Keys.Rsa(2048)}", "DKIM010", "none" },
        { $"v=DKIM1; p={Keys.Ed25519}", "DKIM011", "none" },
        { $"v=DKIM1; k=ed25519; p={Keys.Rsa(2048)}", "DKIM011", "none" },
        { $"v=DKIM1; p={Keys.Rsa(1023)}", "DKIM012", "none" },
        { $"v=DKIM1; p={Keys.Rsa(1024)}", "DKIM013", "partial" },
        { $"v=DKIM1; p={Keys.Rsa(2047)}", "DKIM013", "partial" },
        { $"v=DKIM1; t=y; p={Keys.Rsa(2048)}", "DKIM014", "full" },
        { $"v=DKIM1; h=sha1; p={Keys.Rsa(2048)}", "DKIM015", "none" },
        { $"v=DKIM1; s=tlsrpt; p={Keys.Rsa(2048)}", "DKIM016", "none" },
        { $"v=DKIM1; k=ed25519; p={Keys.Ed25519}", "DKIM018", "partial" },
        { $"k=rsa; v=DKIM1; p={Keys.Rsa(2048)}", "DKIM019", "full" },
        { $"v=DKIM1; g=*; p={Keys.Rsa(2048)}", "DKIM020", "full" },
        { $"v=DKIM1; t=s; p={Keys.Rsa(2048)}", "DKIM021", "full" },
        { $"v=DKIM1; p={Keys.Pkcs1(2048)}", "DKIM024", "full" },
        { $"v=DKIM1; p={Keys.Rsa(2048)}", "", "full" },
        { $"p={Keys.Rsa(4096)};", "", "full" },
        { $"v=DKIM1; h=sha1:sha256; s=*; n=a note; x=1; p={Keys.Rsa(2048)}", "", "full" },
    };

    [Fact]
    public async Task Run_BareKey_ProposesTheSameKeyWrapped()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, $"v=DKIM1; k=rsa; p={Keys.Pkcs1(2048)}"), "a");

        Assert.Equal(new ProposedRecord("a." + Node, "TXT", $"v=DKIM1; k=rsa; p={Keys.Rsa(2048)}"), outcome.Finding("DKIM024").Proposal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_StatedSelector_SaysThatFaultAndNoOther(string record, string codes, string grade)
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, record), "a");

        Assert.Equal(codes, outcome.Codes());
        Assert.Equal(grade, outcome.Grade("dkim-key"));
        Assert.IsType<CheckOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Run_RsaAndEd25519SideBySide_SaysNothing()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, Good).Txt("b." + Node, $"v=DKIM1; k=ed25519; p={Keys.Ed25519}"), "a", "b");

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
        Assert.Contains(outcome.Details.Facts, f => f is { Key: "bits", Value: "2048" });
        Assert.Contains(outcome.Details.Facts, f => f is { Key: "selectors", Value: "a, b" });
        Assert.Contains(outcome.Details.Records, r => r.Name == "a." + Node && r.Values.Contains(Good));
    }

    [Fact]
    public async Task Run_StatedSelectorMissing_IsAnError()
    {
        var outcome = await RunAsync(Dns(), "a");

        Assert.Equal(("DKIM001", "none"), (outcome.Codes(), outcome.Grade("dkim-key")));
        Assert.Equal((Severity.Error, Subject.Selector("a")), (outcome.Findings[0].Severity, outcome.Findings[0].Subject));
    }

    [Fact]
    public async Task Run_OneStatedSelectorMissingBesideAGoodOne_IsPartial()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, Good), "a", "b");

        Assert.Equal(("DKIM001", "partial"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("a._domainkey")]
    [InlineData("a._domainkey.example.org.")]
    public async Task Run_SelectorTypedInAnotherForm_IsTheSame(string typed)
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, Good), typed, "a");

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Fact]
    public async Task Run_AliasToTheProvider_IsFollowed()
    {
        var outcome = await RunAsync(Dns().Cname("a." + Node, "a.dkim.provider.example").Txt("a.dkim.provider.example", Good), "a");

        Assert.Equal("", outcome.Codes());
    }

    [Fact]
    public async Task Run_AliasIntoNowhere_NamesTheTarget()
    {
        var outcome = await RunAsync(Dns().Cname("a." + Node, "gone.provider.example"), "a");

        Assert.Equal("DKIM002", outcome.Codes());
        Assert.Contains(outcome.Findings[0].Evidence, e => e is { Label: "alias", Value: "gone.provider.example" });
    }

    [Fact]
    public async Task Run_AliasedRecordWithAFault_ProposesNothing()
    {
        var dns = Dns().Cname("a." + Node, "a.provider.example").Txt("a.provider.example", $"v=DKIM1; t=y; p={Keys.Rsa(2048)}");

        Assert.Null((await RunAsync(dns, "a")).Finding("DKIM014").Proposal);
    }

    [Fact]
    public async Task Run_TestingKey_ProposesTheRecordWithoutIt()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, $"v=DKIM1; t=y:s; p={Keys.Rsa(2048)}"), "a");

        Assert.Equal("DKIM014 DKIM021", outcome.Codes());
        Assert.Equal(new ProposedRecord("a." + Node, "TXT", $"v=DKIM1; t=s; p={Keys.Rsa(2048)}"), outcome.Finding("DKIM014").Proposal);
    }

    [Fact]
    public async Task Run_SeveralRecords_SaysSoAndJudgesTheBest()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, "v=DKIM1; p=", Good), "a");

        Assert.Equal(("DKIM017", "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Theory]
    [InlineData(DnsStatus.Timeout)]
    [InlineData(DnsStatus.ServFail)]
    [InlineData(DnsStatus.Refused)]
    public async Task Run_DnsFailsForAStatedSelector_LeavesItUndetermined(DnsStatus status)
    {
        var outcome = await RunAsync(Dns().Txt("b." + Node, Good).Fail("a." + Node, DnsRecordType.TXT, status), "a", "b");

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dkim-key")));
        Assert.Equal(Subject.Selector("a"), Assert.Single(outcome.Undetermined).Subject);
        Assert.False(outcome.Details.IsDetermined(Subject.Selector("a")));
        Assert.True(outcome.Details.IsDetermined(Subject.Selector("b")));
    }

    [Fact]
    public async Task Run_DnsFailsForAWellKnownSelector_BlamesNobody()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, Good).Fail("google." + Node, DnsRecordType.TXT, DnsStatus.ServFail), "a");

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
        Assert.False(outcome.Details.IsDetermined(Subject.Selector("google")));
    }

    [Fact]
    public async Task Run_NothingStatedAndNothingFound_IsNotCalledNoDkim()
    {
        var outcome = await RunAsync(Dns());

        var inconclusive = Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal("DkimNotFoundAmongTried", inconclusive.Reason.Key);
        Assert.Equal([DkimSelectors.WellKnown.Length.ToString(CultureInfo.InvariantCulture)], inconclusive.Reason.Arguments);
        Assert.Equal(("DKIM023", "?"), (outcome.Codes(), outcome.Grade("dkim-key")));
        Assert.Equal(Severity.Notice, outcome.Findings[0].Severity);
        Assert.True(outcome.Details.IsDetermined(Subject.Selector("formerly-stated")));
        Assert.Contains("tried", FindingTexts.Render(new DkimCheck().Descriptor, inconclusive.Reason, CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selector2")]
    [InlineData("google")]
    [InlineData("protonmail3")]
    public async Task Run_WellKnownSelector_IsFound(string selector)
    {
        var outcome = await RunAsync(Dns().Txt($"{selector}.{Node}", Good));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Theory]
    [InlineData("v=DKIM1; p=", "DKIM003", Severity.Info)]
    [InlineData("v=DKIM1; p=abc!", "DKIM008", Severity.Warning)]
    [InlineData("v=spf1 -all", "", null)]
    public async Task Run_LeftoverUnderAWellKnownName_WeighsLess(string record, string code, Severity? severity)
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, Good).Txt("k1." + Node, record), "a");

        Assert.Equal((code, "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
        Assert.Equal(severity, outcome.Findings.FirstOrDefault()?.Severity);
    }

    [Fact]
    public async Task Run_FactorableLeftover_CostsTheFullGrade()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, Good).Txt("k1." + Node, $"p={Keys.Rsa(512)}"), "a");

        Assert.Equal(("DKIM012", "partial"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Fact]
    public async Task Run_NodeDoesNotExist_AsksOnlyTheCommonest()
    {
        var dns = new FakeDns().A("example.org", "192.0.2.1");

        var outcome = await RunAsync(dns);

        Assert.Equal("DKIM023", outcome.Codes());
        Assert.Equal(DkimSelectors.Commonest.Length + 2, dns.Asked.Count);
        Assert.Contains(outcome.Details.Facts, f => f is { Key: "node", Value: "NXDOMAIN" });
    }

    [Fact]
    public async Task Run_ServerThatDeniesTheNodeAboveAKey_IsNotBelieved()
    {
        var outcome = await RunAsync(new FakeDns().Txt("google." + Node, Good).Txt("fm3." + Node, $"p={Keys.Rsa(1024)}"));

        Assert.Equal("DKIM013", outcome.Codes());
        Assert.Equal(Subject.Selector("fm3"), outcome.Findings[0].Subject);
    }

    [Fact]
    public async Task Run_NodeFailsAndNothingStated_IsUndetermined()
    {
        var outcome = await RunAsync(Dns().Fail(Node, DnsRecordType.TXT, DnsStatus.Timeout));

        Assert.Equal("DnsTimeout", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Equal(("", "?"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Fact]
    public async Task Run_WildcardWithAKey_ProvesNothing()
    {
        var outcome = await RunAsync(Dns().Txt("*." + Node, Good));

        Assert.Equal("DKIM022 DKIM023", outcome.Codes());
        Assert.Equal("?", outcome.Grade("dkim-key"));
    }

    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData("v=DKIM1; p=")]
    public async Task Run_OtherWildcard_IsNoKeyForTheWellKnown(string text)
    {
        var outcome = await RunAsync(Dns().Txt("*." + Node, text).Txt("s1." + Node, Good));

        Assert.Equal(("", "full"), (outcome.Codes(), outcome.Grade("dkim-key")));
    }

    [Fact]
    public async Task Run_WildcardAliasIntoNowhere_IsNotNamedForEachGuess()
    {
        var outcome = await RunAsync(Dns().Cname("*." + Node, "gone.example"));

        Assert.Equal("DKIM023", outcome.Codes());
    }

    [Fact]
    public async Task Run_DomainThatDoesNotSend_AsksNothing()
    {
        var dns = Dns();

        var outcome = await DnsOnlyAudit.RunAsync(new DkimCheck(), dns, new AuditTarget("example.org") { Roles = MailRoles.Parked });

        Assert.IsType<CheckOutcome.NotApplicable>(outcome);
        Assert.Equal("-", outcome.Grade("dkim-key"));
        Assert.Empty(dns.Asked);
    }

    [Fact]
    public async Task Run_OnlyAnEd25519KeyFound_IsANoticeUntilASelectorIsStated()
    {
        var outcome = await RunAsync(Dns().Txt("s1." + Node, $"v=DKIM1; k=ed25519; p={Keys.Ed25519}"));

        Assert.Equal(Severity.Notice, outcome.Finding("DKIM018").Severity);
    }

    [Fact]
    public async Task Run_SixtyKilobytesAtASelector_IsJudged()
    {
        var outcome = await RunAsync(Dns().Txt("a." + Node, "v=DKIM1; p=" + new string('A', 60_000)), "a");

        Assert.Equal("DKIM009", outcome.Codes());
    }
}
