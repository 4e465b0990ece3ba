using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Publishing;
using MailDashboard.Tests.Fakes;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class DmarcPlanTests
{
    private const string Reports = "dmarc@harbour.example";
    private const string Rua = "rua=mailto:dmarc@harbour.example";

    [Theory]
    [InlineData(DmarcStage.Monitor, $"v=DMARC1; p=none; {Rua}")]
    [InlineData(DmarcStage.TestQuarantine, $"v=DMARC1; p=quarantine; np=reject; t=y; {Rua}")]
    [InlineData(DmarcStage.Quarantine, $"v=DMARC1; p=quarantine; np=reject; {Rua}")]
    [InlineData(DmarcStage.Reject, $"v=DMARC1; p=reject; np=reject; {Rua}")]
    public async Task Plan_NothingThere_WritesTheStage(DmarcStage stage, string expected) => Assert.Equal(expected, (await DmarcAsync(stage)).Value());

    [Theory]
    [InlineData("v=DMARC1; p=none; adkim=s; fo=1; x=1", DmarcStage.Monitor, $"v=DMARC1; p=none; adkim=s; fo=1; {Rua}; x=1", "")]
    [InlineData($"v=DMARC1; p=none; {Rua}", DmarcStage.TestQuarantine, $"v=DMARC1; p=quarantine; np=reject; t=y; {Rua}", "")]
    [InlineData($"v=DMARC1; p=quarantine; t=y; {Rua}", DmarcStage.Quarantine, $"v=DMARC1; p=quarantine; np=reject; {Rua}", "")]
    [InlineData($"v=DMARC1; p=reject; {Rua}", DmarcStage.Monitor, $"v=DMARC1; p=reject; {Rua}", "DmarcStronger")]
    [InlineData($"v=DMARC1; p=quarantine; {Rua}", DmarcStage.TestQuarantine, $"v=DMARC1; p=quarantine; np=reject; {Rua}", "DmarcStronger")]
    [InlineData($"v=DMARC1; p=reject; t=y; {Rua}", DmarcStage.Quarantine, $"v=DMARC1; p=reject; np=reject; t=y; {Rua}", "DmarcStronger")]
    [InlineData($"v=DMARC1; p=reject; t=y; {Rua}", DmarcStage.Reject, $"v=DMARC1; p=reject; np=reject; {Rua}", "")]
    [InlineData($"v=DMARC1; p=reject; t=y; {Rua}", DmarcStage.Monitor, $"v=DMARC1; p=reject; t=y; {Rua}", "DmarcStronger")]
    [InlineData($"v=DMARC1; p=none; pct=50; rf=afrf; {Rua}", DmarcStage.Monitor, $"v=DMARC1; p=none; {Rua}", "DmarcTagDropped DmarcTagDropped")]
    [InlineData($"v=DMARC1; p=quarantine; pct=0; {Rua}", DmarcStage.Monitor, $"v=DMARC1; p=quarantine; t=y; {Rua}", "DmarcTagDropped DmarcStronger")]
    [InlineData($"v=DMARC1; p=none; sp=none; {Rua}", DmarcStage.Reject, $"v=DMARC1; p=reject; sp=none; np=reject; {Rua}", "DmarcSubdomainsWeaker")]
    [InlineData("v=DMARC1; p=none; rua=mailto:old@harbour.example", DmarcStage.Monitor, $"v=DMARC1; p=none; rua=mailto:old@harbour.example,mailto:{Reports}", "")]
    [InlineData("v=DMARC1; p=none; rua=old@harbour.example; ruf=mailto:f@harbour.example", DmarcStage.Monitor, $"v=DMARC1; p=none; rua=mailto:old@harbour.example,mailto:{Reports}; ruf=mailto:f@harbour.example", "")]
    [InlineData("v=DMARC1; p=nonsense", DmarcStage.Monitor, $"v=DMARC1; p=none; {Rua}", "DmarcTagDropped")]
    [InlineData("\"v=DMARC1; p=none; adkim=s\"", DmarcStage.Monitor, $"v=DMARC1; p=none; adkim=s; {Rua}", "")]
    [InlineData("v=DMARC1\\; p=reject", DmarcStage.Monitor, $"v=DMARC1; p=reject; {Rua}", "DmarcStronger")]
    public async Task Plan_RecordThere_KeepsTheRestAndWeakensNothing(string there, DmarcStage stage, string expected, string notes)
    {
        var dmarc = await DmarcAsync(stage, there);

        Assert.Equal((expected, notes), (dmarc.Value(), string.Join(' ', dmarc.NoteKeys())));
    }

    [Fact]
    public async Task Plan_SameRecordOtherwiseWritten_IsAlreadyRight()
    {
        var dmarc = await DmarcAsync(DmarcStage.Monitor, $"v=DMARC1;{Rua} ;p=none;");

        Assert.Equal((PlanAction.AlreadyRight, $"v=DMARC1;{Rua} ;p=none;"), (dmarc.Action, dmarc.Value()));
    }

    [Theory]
    [InlineData("v=DMARC1; p=none; rua=mailto:d@harbour.example", DmarcStage.Monitor)]
    [InlineData("v=DMARC1; p=quarantine; t=y", DmarcStage.TestQuarantine)]
    [InlineData("v=DMARC1; p=reject; t=y", DmarcStage.Quarantine)]
    [InlineData("v=DMARC1; p=reject", DmarcStage.Reject)]
    [InlineData("v=DMARC1; p=nonsense", null)]
    [InlineData("other", null)]
    public async Task DmarcStage_OfWhatIsThere_IsRead(string there, DmarcStage? expected)
    {
        var current = await CurrentRecords.AskAsync(Request(), new FakeDns().Txt($"_dmarc.{Domain}", there), TestContext.Current.CancellationToken);

        Assert.Equal(expected, current.DmarcStage(Domain));
    }

    [Fact]
    public async Task Plan_SeveralRecords_TheStrictestIsKept()
    {
        var dmarc = await DmarcAsync(DmarcStage.Monitor, $"v=DMARC1; p=none; {Rua}", "v=DMARC1; p=reject");

        Assert.Equal(($"v=DMARC1; p=reject; {Rua}", 2), (dmarc.Value(), dmarc.Replaces.Length));
        Assert.Contains("DmarcJoined", dmarc.NoteKeys());
    }

    [Fact]
    public async Task Plan_BehindAnAlias_ReplacesTheAlias()
    {
        var dns = new FakeDns().Cname($"_dmarc.{Domain}", "policy.elsewhere.example").Txt("policy.elsewhere.example", "v=DMARC1; p=reject");

        var dmarc = await PlanAsync(PlanPart.Dmarc, Request() with { DmarcReports = Reports }, dns);

        Assert.Equal([new OldRecord(DnsRecordType.CNAME, "policy.elsewhere.example")], dmarc.Replaces);
    }

    [Theory]
    [InlineData(null, "DmarcNeedsReports")]
    [InlineData("not an address", "ReportAddressUnusable")]
    [InlineData("a;p=none@harbour.example", "ReportAddressUnusable")]
    [InlineData("a@harbour.example,mailto:b@x.example", "ReportAddressUnusable")]
    [InlineData("a@harbour.example?x", "ReportAddressUnusable")]
    public async Task Plan_WithoutAnAddressForReports_CannotWatch(string? address, string obstacle) =>
        Assert.Equal(obstacle, (await PlanAsync(PlanPart.Dmarc, Request() with { DmarcReports = address }, new FakeDns())).Obstacle?.Key);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plan_SendsNothing_RefusesAtOnce(bool receives)
    {
        var dmarc = await PlanAsync(PlanPart.Dmarc, Request(new MailRoles(false, receives)), new FakeDns().Mx(Domain, (10, "mx.example")));

        Assert.Equal(("v=DMARC1; p=reject; np=reject", "DmarcClosed"), (dmarc.Value(), dmarc.Why.Key));
    }

    [Fact]
    public async Task Consent_SameOrganisation_IsNotNeeded()
    {
        var request = Request() with { Domain = "mail.harbour.example", DmarcReports = Reports };

        Assert.DoesNotContain((await PlanAsync(request, new FakeDns())).Records, r => r.Part == PlanPart.ReportAuthorization);
    }

    [Fact]
    public async Task Consent_ZoneOfTheUsers_IsPlannedThere()
    {
        var request = Request() with { DmarcReports = "dmarc@reports.office.example", OwnZones = ["office.example"] };

        var consent = await PlanAsync(PlanPart.ReportAuthorization, request, new FakeDns());

        Assert.Equal(("office.example", "harbour.example._report._dmarc.reports.office.example", "v=DMARC1", PlanAction.Add), (consent.Zone, consent.Owner, consent.Value(), consent.Action));
        Assert.Equal("harbour.example._report._dmarc.reports", RecordFormat.Console(consent)[0].Host);
    }

    [Fact]
    public async Task Consent_SomebodyElsesZone_IsAskedFor()
    {
        var consent = await PlanAsync(PlanPart.ReportAuthorization, Request() with { DmarcReports = "d@service.example" }, new FakeDns());

        Assert.Equal((PlanAction.Cannot, "ReportConsentElsewhere"), (consent.Action, consent.Obstacle?.Key));
    }

    [Theory]
    [InlineData("v=DMARC1")]
    [InlineData("v=DMARC1; rua=mailto:x@service.example")]
    public async Task Consent_AlreadyGiven_IsRight(string text)
    {
        var dns = new FakeDns().Txt("*._report._dmarc.service.example", text);

        var consent = await PlanAsync(PlanPart.ReportAuthorization, Request() with { DmarcReports = "d@service.example" }, dns);

        Assert.Equal((PlanAction.AlreadyRight, text), (consent.Action, consent.Value()));
    }

    [Fact]
    public async Task Consent_OfADestinationThatIsThereAlready_IsLookedAtToo()
    {
        var dns = new FakeDns().Txt($"_dmarc.{Domain}", "v=DMARC1; p=none; rua=mailto:a@service.example").Txt($"{Domain}._report._dmarc.service.example", "v=DMARC1;");

        var consent = await PlanAsync(PlanPart.ReportAuthorization, Request() with { DmarcReports = Reports }, dns);

        Assert.Equal(PlanAction.AlreadyRight, consent.Action);
    }

    private static async Task<PlannedRecord> DmarcAsync(DmarcStage stage, params string[] there) =>
        await PlanAsync(PlanPart.Dmarc, Request() with { DmarcStage = stage, DmarcReports = Reports }, there.Length == 0 ? new FakeDns() : new FakeDns().Txt($"_dmarc.{Domain}", there));
}
