using System.Globalization;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Tests.Checks.Blocklists;

public sealed class BlocklistCheckTests : IDisposable
{
    private readonly ListWorld _world = new();
    private readonly string _file = Path.GetTempFileName();
    private readonly BlocklistCheck _check = new();

    public BlocklistCheckTests()
    {
        File.WriteAllText(_file, ListWorld.Json);
        _world.Dns.Mx("example.org", (10, "mx.example.org")).Txt("example.org", "v=spf1 ip4:192.0.2.10 ip4:198.51.100.0/24 mx -all").A("mx.example.org", "203.0.113.5");
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Run_NothingListed_IsCompletedWithoutAWord()
    {
        var outcome = await RunAsync();

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Empty(outcome.Findings);
        Assert.Equal(["address-lists full", "domain-lists full"], Grades(outcome));
    }

    [Fact]
    public async Task Run_SpfAddressListed_IsFoundWithItsDetails()
    {
        const string labels = "10.2.0.192";
        _world.Dns.A($"{labels}.{ListWorld.Ip}", "127.0.0.2").Txt($"{labels}.{ListWorld.Ip}", "spam seen");

        var finding = Assert.Single((await RunAsync()).Findings);

        Assert.Equal(("BLK001", Severity.Critical, "192.0.2.10 ip.lists.example"), (finding.Code, finding.Severity, finding.Subject.ToString()));
        var details = ListingDetails.Of(finding)!;
        Assert.Equal(("127.0.0.2", "Spam.", "Du spam.", ListWeight.Critical, true, "spam seen", "ip"),
            (details.Answer, details.Meaning.En, details.Meaning.Fr, details.Weight, details.IsWatched, details.Text, details.ListId));
        Assert.True(details.IsAlerting);
    }

    [Fact]
    public async Task Run_ListWithoutARemovalPage_LeavesNoPlaceholder()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Other}", "127.0.0.2");

        var finding = Assert.Single((await RunAsync()).Findings);

        Assert.DoesNotContain(FindingTexts.Render(_check.Descriptor, finding, "example.org", CultureInfo.InvariantCulture).Remedy, r => r.Contains('{'));
        Assert.Null(ListingDetails.Of(finding)!.RemovalUrl);
        Assert.False(ListingDetails.Of(finding)!.IsAlerting);
    }

    [Fact]
    public async Task Run_SpfTwice_NamesNobody()
    {
        _world.Dns.Txt("example.org", "v=spf1 ip4:192.0.2.11 -all").A($"11.2.0.192.{ListWorld.Ip}", "127.0.0.2").A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");

        Assert.Empty((await RunAsync()).Findings);
    }

    [Fact]
    public async Task Run_DomainListed_IsFound()
    {
        _world.Dns.A($"example.org.{ListWorld.Names}", "127.0.0.4");

        var outcome = await RunAsync();

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("BLK002", Severity.Error), (finding.Code, finding.Severity));
        Assert.Equal(["address-lists full", "domain-lists high"], Grades(outcome));
    }

    [Fact]
    public async Task Run_HostNotMarkedAsOwn_IsShownAndNotAlerted()
    {
        _world.Dns.A($"5.113.0.203.{ListWorld.Ip}", "127.0.0.2");

        var outcome = await RunAsync();

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("BLK003", Severity.Info), (finding.Code, finding.Severity));
        Assert.False(ListingDetails.Of(finding)!.IsAlerting);
        Assert.Equal(["address-lists full", "domain-lists full"], Grades(outcome));
    }

    [Fact]
    public async Task Run_HostMarkedAsOwn_IsWatched()
    {
        _world.Dns.A($"5.113.0.203.{ListWorld.Ip}", "127.0.0.2");

        var outcome = await RunAsync(new AuditTarget("example.org") { OwnHosts = ["MX.example.org."] });

        Assert.Equal("BLK001", Assert.Single(outcome.Findings).Code);
        Assert.Equal(["address-lists critical", "domain-lists full"], Grades(outcome));
    }

    [Fact]
    public async Task Run_StatedAddressOfAProvider_IsNotAlerted()
    {
        _world.Dns.A($"7.113.0.203.{ListWorld.Ip}", "127.0.0.2").Ptr("203.0.113.7", "o1.outbound.sendgrid.net");

        var outcome = await RunAsync(new AuditTarget("example.org") { SendingAddresses = [IPAddress.Parse("203.0.113.7")] });

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal("BLK003", finding.Code);
        Assert.Contains("SendGrid", FindingTexts.Render(_check.Descriptor, finding, "example.org", CultureInfo.InvariantCulture).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PolicyListing_MattersOnlyForWhatDelivers()
    {
        _world.Dns.A($"5.113.0.203.{ListWorld.Ip}", "127.0.0.10").A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.10");

        var findings = (await RunAsync()).Findings;

        Assert.Equal([("BLK001", Severity.Error), ("BLK003", Severity.Info)], findings.Select(f => (f.Code, f.Severity)));
    }

    [Fact]
    public async Task Run_RefusedByTheHeavyList_IsInconclusiveAndSaidOnce()
    {
        _world.Dns.Remove($"2.0.0.127.{ListWorld.Ip}").A($"2.0.0.127.{ListWorld.Ip}", "127.255.255.254").A($"10.2.0.192.{ListWorld.Other}", "127.0.0.2");

        var outcome = await RunAsync();

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal(["BLK001", "BLK004"], outcome.Findings.Select(f => f.Code).Order());
        Assert.Contains(outcome.Undetermined, u => u.Subject.ToString() == "192.0.2.10 ip.lists.example");
        Assert.False(outcome.Details.IsDetermined(Subject.Listing("192.0.2.10", ListWorld.Ip)));
        Assert.True(outcome.Details.IsDetermined(Subject.Listing("192.0.2.10", ListWorld.Other)));
    }

    [Fact]
    public async Task Run_LightListFailsItsTest_IsCompletedWithANotice()
    {
        _world.Dns.Remove($"2.0.0.127.{ListWorld.Other}");

        var outcome = await RunAsync();

        Assert.IsType<CheckOutcome.Completed>(outcome);
        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("BLK005", ListWorld.Other, Severity.Notice), (finding.Code, finding.Subject.Name, finding.Severity));
    }

    [Fact]
    public async Task Run_SpfCannotBeRead_KeepsTheRestAndIsInconclusive()
    {
        _world.Dns.Fail("example.org", DnsRecordType.TXT, DnsStatus.ServFail).A($"example.org.{ListWorld.Names}", "127.0.0.4");

        var outcome = await RunAsync();

        Assert.IsType<CheckOutcome.Inconclusive>(outcome);
        Assert.Equal("BLK002", Assert.Single(outcome.Findings).Code);
        Assert.True(outcome.Details.IsDetermined(Subject.Listing("example.org", ListWorld.Names)));
        Assert.False(outcome.Details.IsDetermined(Subject.Listing("192.0.2.10", ListWorld.Ip)));
    }

    [Fact]
    public async Task Run_OneListNeverAnswers_TheOthersStand()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");
        _world.Dns.Hold($"10.2.0.192.{ListWorld.Other}", DnsRecordType.A);

        var run = RunAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(49));
        var outcome = await run;

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("BLK001", Assert.Single(outcome.Findings).Code);
        Assert.Equal("TimeBudgetSpent", Assert.Single(outcome.Undetermined).Reason.Key);
    }

    [Fact]
    public async Task Run_PrivateAddress_IsUndeterminedOnceAndHarmsNothing()
    {
        var outcome = await RunAsync(new AuditTarget("example.org") { SendingAddresses = [IPAddress.Parse("10.0.0.25")] });

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal("10.0.0.25", Assert.Single(outcome.Undetermined).Subject.ToString());
    }

    [Fact]
    public async Task Run_DataFileBroken_IsInconclusiveWithTheProblem()
    {
        File.WriteAllText(_file, "{");

        var outcome = Assert.IsType<CheckOutcome.Inconclusive>(await RunAsync());

        Assert.Equal("DataFileUnusable", outcome.Reason.Key);
    }

    [Fact]
    public async Task Audit_WithAKey_NothingThatLeavesHoldsIt()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Key}.dq.lists.example", "127.0.0.2")
            .Txt($"10.2.0.192.{ListWorld.Key}.dq.lists.example", $"asked as {ListWorld.Key}.dq.lists.example");
        var audit = new DomainAudit([_check], _world.Dns, new NoSmtp(), new Port25Vantage(_world.Time), _world.Time, _world.Health);

        var report = await audit.RunAsync(
            new AuditTarget("example.org"), new AuditOptions(), ListWorld.WithKey with { DataFile = _file }, null, TestContext.Current.CancellationToken);

        Assert.Contains(report.Families[0].Outcome.Findings, f => f.Subject.List == ListWorld.Keyed);
        Assert.Contains(report.Transcript.Dns, a => a.Question.Name == "10.2.0.192.***.dq.lists.example");
        Assert.DoesNotContain(ListWorld.Key, System.Text.Json.JsonSerializer.Serialize(report.Transcript.Dns.Select(a => a.ToString() + string.Join(' ', a.Records) + string.Join(' ', a.Texts))), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(report.Families[0].Outcome.Findings, f => f.Evidence.Any(e => e.Value.Contains(ListWorld.Key, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Texts_EveryCodeAndReason_IsInBothLanguages()
    {
        var texts = _check.Descriptor.Texts;
        var keys = BlocklistFindings.All.SelectMany(f => new[] { "Title", "Explanation", "Remedy" }.Select(p => $"{f.Code}.{p}"))
            .Concat(["Family.Name", "Family.Summary", "Reason.UnknownAnswer", "Reason.AnswerOutside127", "Reason.NeedsKey", "Reason.NotPublic", "Reason.TooFewLists"]);
        Assert.All(keys, key =>
        {
            var english = texts.GetString(key, CultureInfo.InvariantCulture);
            Assert.NotNull(english);
            Assert.NotEqual(english, texts.GetString(key, CultureInfo.GetCultureInfo("fr")));
        });
    }

    [Fact]
    public async Task Text_FrenchReader_GetsTheFrenchMeaning()
    {
        _world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");
        var finding = Assert.Single((await RunAsync()).Findings);
        var french = CultureInfo.GetCultureInfo("fr-FR");

        Assert.EndsWith("Du spam.", FindingTexts.Render(_check.Descriptor, finding, "example.org", french).Explanation, StringComparison.Ordinal);
        Assert.Equal("Du spam.", FindingTexts.EvidenceFor(finding, french).Single(e => e.Label == "meaning").Value);
        Assert.Equal("Spam.", FindingTexts.EvidenceFor(finding, CultureInfo.InvariantCulture).Single(e => e.Label == "meaning").Value);
    }

    private Task<CheckOutcome> RunAsync(AuditTarget? target = null)
    {
        var context = new AuditContext(
            target ?? new AuditTarget("example.org"),
            new AuditOptions(),
            _world.Dns,
            new NoSmtp(),
            new Port25Vantage(_world.Time),
            _world.Settings with { DataFile = _file },
            _world.Time,
            TestContext.Current.CancellationToken)
        {
            BlocklistHealth = _world.Health,
        };
        return _check.RunAsync(context, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Grades(CheckOutcome outcome) => outcome.Details.Grades.Select(g => $"{g.Subtest} {g.Level}");

    private sealed class NoSmtp : ISmtpProbe
    {
        public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
            Task.FromResult(new SmtpObservation(host, address, SmtpStage.Connecting) { Connect = ConnectStatus.TimedOut });
    }
}
