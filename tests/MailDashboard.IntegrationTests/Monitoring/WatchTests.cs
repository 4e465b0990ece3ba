using MailDashboard.Checks;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Monitoring.Watching;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>What changes leave behind: events, and findings until somebody says that it was meant.</summary>
public sealed class WatchTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Name = "example.org";
    private const string Reject = "v=DMARC1; p=reject";
    private const string Quarantine = "v=DMARC1; p=quarantine";
    private const string None = "v=DMARC1; p=none";

    private static readonly Subject Policy = Subject.Record("_dmarc.example.org", "TXT");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Policy_ChangedWithoutItsId_IsAFindingUntilTheIdChanges(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, MtaSts("1", "mx1"));
        await LookAsync(dashboard, id, MtaSts("1", "mx2"));

        Assert.Equal("CHG017", Assert.Single((await DossierAsync(dashboard, id)).Findings).Code);
        await LookAsync(dashboard, id, MtaSts("2", "mx2"));
        Assert.Empty((await DossierAsync(dashboard, id)).Findings);

        await LookAsync(dashboard, id, MtaSts("3", "mx1"));
        Assert.Empty((await DossierAsync(dashboard, id)).Findings);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Change_ForTheWorse_IsAFindingUntilSomebodyConfirmsIt(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, Dmarc(Reject));
        var first = await DossierAsync(dashboard, id);
        Assert.Empty(first.Changes);

        await LookAsync(dashboard, id, Dmarc(None));

        var dossier = await DossierAsync(dashboard, id);
        var change = Assert.Single(dossier.Changes);
        Assert.Equal((WatchedChange.Changed, "CHG002", Severity.Error, true), (change.Kind, change.Code, change.WorseSeverity, change.IsWaiting));
        Assert.Equal((Reject, None), (Assert.Single(change.Before), Assert.Single(change.After)));
        var finding = Assert.Single(dossier.Findings);
        Assert.Equal(("CHG002", Policy, change.At, Reject), (finding.Code, finding.Subject, finding.FirstSeenAt, finding.Proposal?.Value));
        Assert.Equal((1, Severity.Error), (dossier.Domain.ErrorCount, dossier.Domain.WorstSeverity));
        var overview = await dashboard.Get<OverviewQuery>().ReadAsync(Token);
        Assert.Equal("CHG002", Assert.Single(overview.Worse.Incidents).Alert.Code);
        Assert.Empty(overview.Worse.Findings);
        Assert.Empty(overview.Changes);
        Assert.Equal("CHG002", Assert.Single(overview.Needy).Top?.Code);

        Assert.True(await dashboard.Get<ChangeConfirmations>().ConfirmAsync(id, Policy, " move to another provider ", "ada@example.org", Token));
        dossier = await DossierAsync(dashboard, id);
        Assert.Empty(dossier.Findings);
        Assert.Null(dossier.Domain.WorstSeverity);
        Assert.Equal(("ada@example.org", "move to another provider"), (dossier.Changes[0].ConfirmedBy, dossier.Changes[0].Note));
        await LookAsync(dashboard, id, Dmarc(None));
        Assert.Empty((await DossierAsync(dashboard, id)).Findings);
        Assert.False(await dashboard.Get<ChangeConfirmations>().ConfirmAsync(id, Policy, null, "ada@example.org", Token));

        Assert.True(await dashboard.Get<ChangeConfirmations>().UndoAsync(id, change.Id, Token));
        dossier = await DossierAsync(dashboard, id);
        Assert.Equal("CHG002", Assert.Single(dossier.Findings).Code);
        Assert.Equal(1, dossier.Domain.ErrorCount);
        Assert.False(await dashboard.Get<ChangeConfirmations>().UndoAsync(id, change.Id, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Change_InSteps_IsOneFindingThatAStepBackEnds(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        foreach (var record in new[] { Reject, Quarantine, None })
        {
            await LookAsync(dashboard, id, Dmarc(record));
        }

        var dossier = await DossierAsync(dashboard, id);
        Assert.Equal(2, dossier.Changes.Count);
        var finding = Assert.Single(dossier.Findings);
        Assert.Equal((Severity.Error, Reject), (finding.Severity, finding.Evidence.First(e => e.Label == "before").Value));

        await LookAsync(dashboard, id, Dmarc(Reject));
        dossier = await DossierAsync(dashboard, id);
        Assert.Empty(dossier.Findings);
        Assert.DoesNotContain(dossier.Changes, c => c.IsWaiting);

        await LookAsync(dashboard, id, Dmarc(Quarantine));
        Assert.Equal(Severity.Warning, Assert.Single((await DossierAsync(dashboard, id)).Findings).Severity);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Look_ThatFailed_IsNoChange(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, Dmarc(Reject));
        for (var i = 0; i < 3; i++)
        {
            await LookAsync(dashboard, id, ServFail());
            await LookAsync(dashboard, id, Dmarc(Reject));
        }

        Assert.Empty((await DossierAsync(dashboard, id)).Changes);
        await LookAsync(dashboard, id, ServFail());
        await LookAsync(dashboard, id, Dmarc(None));
        Assert.Equal((Reject, None), (await DossierAsync(dashboard, id)).Changes.Select(c => (c.Before[0], c.After[0])).Single());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Look_ThatIsTheFirstToSucceed_IsNoChange(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, ServFail());
        await LookAsync(dashboard, id, Dmarc(Reject));

        Assert.Empty((await DossierAsync(dashboard, id)).Changes);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_GoneAndBack_IsRemovedAndAppeared(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, Dmarc(Reject));
        await LookAsync(dashboard, id, ("dmarc", new OutcomeBuilder().Build()));
        Assert.Equal("CHG001", Assert.Single((await DossierAsync(dashboard, id)).Findings).Code);

        await LookAsync(dashboard, id, Dmarc(Quarantine));
        var dossier = await DossierAsync(dashboard, id);
        Assert.Equal([WatchedChange.Appeared, WatchedChange.Removed], dossier.Changes.Select(c => c.Kind));
        Assert.Equal("CHG002", Assert.Single(dossier.Findings).Code);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Tlsa_RemovedFromAHostThatIsStillThere_IsAChange_AndOfOneThatLeftIsNone(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, Dane(published: ["mx1", "mx2"], asked: ["mx1", "mx2"]));

        await LookAsync(dashboard, id, Dane(published: ["mx1"], asked: ["mx1"]));
        Assert.Empty((await DossierAsync(dashboard, id)).Changes);
        await LookAsync(dashboard, id, Dane(published: [], asked: []));
        await LookAsync(dashboard, id, Dane(published: ["mx1"], asked: ["mx1"]));
        Assert.Empty((await DossierAsync(dashboard, id)).Findings);

        await LookAsync(dashboard, id, Dane(published: [], asked: ["mx1"]));
        var finding = Assert.Single((await DossierAsync(dashboard, id)).Findings);
        Assert.Equal(("CHG015", Subject.Record("_25._tcp.mx1.example.org", "TLSA")), (finding.Code, finding.Subject));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Tlsa_RemovedWhileAnotherHostIsOpen_IsSeenAllTheSame(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        await LookAsync(dashboard, id, Dane(published: ["mx1", "mx2"], asked: ["mx1", "mx2"]));

        await LookAsync(dashboard, id, Dane(published: ["mx2"], asked: ["mx1", "mx2"], open: "mx2.example.org"));

        Assert.Equal("_25._tcp.mx1.example.org", Assert.Single((await DossierAsync(dashboard, id)).Findings).Subject.Name);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Selector_NoLongerLookedFor_IsNoChange_AndItsKeyGoneIs(string database)
    {
        await using var dashboard = await StartAsync(database);
        var added = await dashboard.Get<DomainDirectory>().AddAsync(Name, new DomainDraft { Selectors = ["office7", "office8"] }, Token);
        var id = Assert.IsType<DomainChange.Done>(added).Id;
        await LookAsync(dashboard, id, Dkim("office7", "office8"));
        var read = DomainDraft.Of((await DossierAsync(dashboard, id)).Domain);
        await dashboard.Get<DomainDirectory>().EditAsync(id, read with { Selectors = ["office8"] }, read, Token);

        await LookAsync(dashboard, id, Dkim("office8"));
        Assert.Empty((await DossierAsync(dashboard, id)).Changes);
        await LookAsync(dashboard, id, Dkim());

        Assert.Equal(("CHG006", "office8._domainkey.example.org"), (await DossierAsync(dashboard, id)).Findings.Select(f => (f.Code, f.Subject.Name)).Single());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Certificate_RenewedThenSelfSigned_IsAnEventAndThenAFinding(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        var first = new ObservedCertificate("192.0.2.1", "aa", dashboard.Time.GetUtcNow(), CertificateTrust.Trusted, "CN=R10, O=Authority", "CN=mx", ["mx.example.org"]);
        await LookAsync(dashboard, id, Certificate(first));
        await LookAsync(dashboard, id, Certificate(first with { Thumbprint = "bb", Issuer = "CN=R11, O=Authority" }));
        var dossier = await DossierAsync(dashboard, id);
        Assert.Equal((WatchedChange.CertificateRenewed, null), dossier.Changes.Select(c => (c.Kind, c.Code)).Single());
        Assert.Empty(dossier.Findings);
        Assert.Equal(ChangeKind.CertificateChanged, Assert.Single((await dashboard.Get<OverviewQuery>().ReadAsync(Token)).Changes).Kind);

        await LookAsync(dashboard, id, Certificate(first with { Thumbprint = "cc", Issuer = "CN=mx", Trust = CertificateTrust.SelfSigned }));
        Assert.Equal("CHG013", Assert.Single((await DossierAsync(dashboard, id)).Findings).Code);

        // The host is no longer among the mail servers: nothing is left to confirm.
        await LookAsync(dashboard, id, ("starttls", new OutcomeBuilder().Build()));
        Assert.Empty((await DossierAsync(dashboard, id)).Findings);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Changes_OfAHostileZone_AreBounded(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        for (var look = 0; look < 13; look++)
        {
            var outcome = new OutcomeBuilder();
            for (var i = 0; i < 300; i++)
            {
                outcome.Record($"h{i}.example.org", "TXT", [$"{look} {new string('x', 9000)}"]);
            }

            await LookAsync(dashboard, id, ("dkim", outcome.Build()));
            Assert.InRange(await dashboard.ReadAsync(db => db.ChangeEvents.CountAsync(Token)), 0, look == 1 ? ChangeWatch.MostAtOnce : ChangeWatch.MostKept);
        }

        Assert.Equal(ChangeWatch.MostKept, await dashboard.ReadAsync(db => db.ChangeEvents.CountAsync(Token)));
        Assert.All((await DossierAsync(dashboard, id)).Changes, c => Assert.InRange(c.After[0].Length, 1, Evidence.MaximumLength));
    }

    internal static (string, CheckOutcome) Dmarc(string record) =>
        ("dmarc", new OutcomeBuilder().Record("_dmarc.example.org", "TXT", [record]).Fact(Subject.Domain(Name), "policy", DmarcRecord.Parse(record)?.Policy?.Keyword() ?? "none").Build());

    private static (string, CheckOutcome) MtaSts(string id, string host) =>
        ("mta-sts", new OutcomeBuilder()
            .Record("_mta-sts.example.org", "TXT", [$"v=STSv1; id={id}"])
            .Record("mta-sts.example.org", "POLICY", ["version: STSv1", "mode: enforce", $"mx: {host}.example.org", "max_age: 604800"])
            .Build());

    internal static async Task LookAsync(TestDashboard dashboard, int id, params (string, CheckOutcome)[] families)
    {
        dashboard.Time.Advance(TimeSpan.FromMinutes(10));
        await dashboard.RecordAsync(id, families);
    }

    internal static async Task<DomainDossier> DossierAsync(TestDashboard dashboard, int id) => (await dashboard.Get<DomainReader>().ReadAsync(id, Token))!;

    private static (string, CheckOutcome) ServFail() =>
        ("dmarc", new OutcomeBuilder().CouldNotTell(Subject.Domain(Name), Reason.Of("DnsServFail", "_dmarc.example.org", "TXT", "192.0.2.53")).Build());

    private static (string, CheckOutcome) Dkim(params string[] selectors)
    {
        var outcome = new OutcomeBuilder();
        foreach (var selector in selectors)
        {
            outcome.Record($"{selector}._domainkey.example.org", "TXT", ["v=DKIM1; p=AAAA"]);
        }

        return ("dkim", outcome.Build());
    }

    private static (string, CheckOutcome) Dane(string[] published, string[] asked, string? open = null)
    {
        var outcome = new OutcomeBuilder();
        foreach (var host in asked)
        {
            outcome.Determined(Subject.Record($"_25._tcp.{host}.example.org", "TLSA"));
        }

        foreach (var host in published)
        {
            outcome.Record($"_25._tcp.{host}.example.org", "TLSA", ["3 1 1 ab"]);
        }

        if (open is not null)
        {
            outcome.CouldNotTell(Subject.Host(open), Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false);
        }

        return ("dane", outcome.Build());
    }

    private static (string, CheckOutcome) Certificate(ObservedCertificate certificate) =>
        ("starttls", new OutcomeBuilder().Record("mx.example.org", ObservedCertificate.RecordType, [certificate.ToString()]).Build());
}
