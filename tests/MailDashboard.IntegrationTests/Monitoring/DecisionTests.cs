using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Monitoring.Search;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>What people decide beside what is seen: wanted records, accepted findings.</summary>
public sealed class DecisionTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string By = "ada@example.org";

    private static readonly FindingDefinition Fault = new("SPF001", Severity.Error, "RFC 7208 §3");
    private static readonly Subject Domain = Subject.Domain("example.org");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Pin_RecordThatDrifts_IsAFindingUntilItIsAsWanted(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await WatchTests.LookAsync(dashboard, id, WatchTests.Dmarc("v=DMARC1; p=none"));
        var desired = dashboard.Get<DesiredRecords>();

        Assert.IsType<PinChange.Done>(await desired.PinAsync(id, new DesiredDraft("_dmarc.Example.org.", "txt", ["v=DMARC1;p=none"]), By, Token));
        Assert.Empty((await WatchTests.DossierAsync(dashboard, id)).Findings);
        Assert.IsType<PinChange.Done>(await desired.PinAsync(id, new DesiredDraft("_dmarc.example.org", "TXT", ["v=DMARC1; p=reject"]), By, Token));

        var dossier = await WatchTests.DossierAsync(dashboard, id);
        var finding = Assert.Single(dossier.Findings);
        Assert.Equal(("DRF002", new ProposedRecord("_dmarc.example.org", "TXT", "v=DMARC1; p=reject")), (finding.Code, finding.Proposal));
        Assert.Equal(["v=DMARC1; p=reject", "v=DMARC1; p=none"], finding.Evidence.Select(e => e.Value));
        Assert.Equal((1, By), (dossier.Domain.WarningCount, Assert.Single(dossier.Desired).PinnedBy));

        await WatchTests.LookAsync(dashboard, id, WatchTests.Dmarc("v=DMARC1;  p=reject;"));
        Assert.Empty((await WatchTests.DossierAsync(dashboard, id)).Findings);
        await WatchTests.LookAsync(dashboard, id, ("dmarc", new OutcomeBuilder().Build()));
        Assert.Contains("DRF001", (await WatchTests.DossierAsync(dashboard, id)).Findings.Select(f => f.Code));
        Assert.True(await desired.UnpinAsync(id, "_dmarc.example.org", "TXT", Token));
        Assert.DoesNotContain("DRF001", (await WatchTests.DossierAsync(dashboard, id)).Findings.Select(f => f.Code));
        Assert.False(await desired.UnpinAsync(id, "_dmarc.example.org", "TXT", Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Pin_WhatNobodyHasLookedAt_IsNeitherGoodNorBad(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        var desired = dashboard.Get<DesiredRecords>();
        await desired.PinAsync(id, new DesiredDraft("_dmarc.example.org", "TXT", ["v=DMARC1; p=reject"]), By, Token);
        await desired.PinAsync(id, new DesiredDraft("www.example.org", "CNAME", ["web.example.net"]), By, Token);
        await WatchTests.LookAsync(dashboard, id, ("dmarc", new OutcomeBuilder().CouldNotTell(Domain, Reason.Of("DnsTimeout", "a", "TXT", "b")).Build()));
        Assert.Empty((await WatchTests.DossierAsync(dashboard, id)).Findings);

        await WatchTests.LookAsync(dashboard, id, ("dmarc", new OutcomeBuilder().Build()));

        Assert.Equal(("DRF001", "_dmarc.example.org"), (await WatchTests.DossierAsync(dashboard, id)).Findings.Select(f => (f.Code, f.Subject.Name)).Single());
        Assert.Equal(DesiredProblem.OtherDomain, Assert.IsType<PinChange.BadDraft>(await desired.PinAsync(id, new DesiredDraft("example.net", "TXT", ["x"]), By, Token)).Problem);
        Assert.IsType<PinChange.Gone>(await desired.PinAsync(id + 1, new DesiredDraft("example.org", "TXT", ["x"]), By, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Accept_AFinding_LeavesTheCountsUntilTheEnd(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Error));
        var accepted = dashboard.Get<AcceptedFindings>();
        var score = (await WatchTests.DossierAsync(dashboard, id)).Domain.Score;
        var today = accepted.FirstDay;

        Assert.Equal(AcceptResult.Done, await accepted.AcceptAsync(id, "SPF001", Domain, " the provider wants it ", today.AddDays(1), By, Token));

        var dossier = await WatchTests.DossierAsync(dashboard, id);
        Assert.Equal((0, null, score), (dossier.Domain.ErrorCount, dossier.Domain.WorstSeverity, dossier.Domain.Score));
        Assert.Empty(dossier.Findings);
        var view = Assert.Single(dossier.Accepted).Accepted;
        Assert.Equal(("the provider wants it", By), (view?.Reason, view?.By));
        Assert.Empty((await dashboard.Get<OverviewQuery>().ReadAsync(Token)).Needy);
        Assert.Equal(0, (await dashboard.Get<OpenFindings>().ReadAsync("SPF001", Token)).DomainCount);
        Assert.Empty(await dashboard.Get<SearchQuery>().OpenCountsAsync(["SPF001"], Token));

        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Error));
        Assert.Equal(0, (await WatchTests.DossierAsync(dashboard, id)).Domain.ErrorCount);
        dashboard.Time.Advance(TimeSpan.FromDays(2));
        dossier = await WatchTests.DossierAsync(dashboard, id);
        Assert.Single(dossier.Findings);
        Assert.Equal(1, (await dashboard.Get<OpenFindings>().ReadAsync("SPF001", Token)).DomainCount);
        Assert.InRange(dossier.Domain.NextDueAt, DateTimeOffset.MinValue, new DateTimeOffset(today.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Error));
        Assert.Equal(1, (await WatchTests.DossierAsync(dashboard, id)).Domain.ErrorCount);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Accept_AFindingThatGetsWorse_CountsAgain_AndUndoingToo(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Warning));
        var accepted = dashboard.Get<AcceptedFindings>();
        await accepted.AcceptAsync(id, "SPF001", Domain, "imposed", accepted.LastDay, By, Token);
        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Notice));
        Assert.Null((await WatchTests.DossierAsync(dashboard, id)).Domain.WorstSeverity);

        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Error));
        var dossier = await WatchTests.DossierAsync(dashboard, id);
        Assert.Equal((1, 0), (dossier.Domain.ErrorCount, dossier.Accepted.Count));

        Assert.Equal(AcceptResult.Done, await accepted.AcceptAsync(id, "SPF001", Domain, "imposed, still", accepted.FirstDay, By, Token));
        Assert.Null((await WatchTests.DossierAsync(dashboard, id)).Domain.WorstSeverity);
        Assert.True(await accepted.UndoAsync(id, "SPF001", Domain, Token));
        Assert.Equal(Severity.Error, (await WatchTests.DossierAsync(dashboard, id)).Domain.WorstSeverity);
        Assert.False(await accepted.UndoAsync(id, "SPF001", Domain, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Accept_WithoutReasonOrWithABadEnd_IsRefused(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Error), WatchTests.Dmarc("v=DMARC1; p=reject"));
        await WatchTests.LookAsync(dashboard, id, Faulty(Severity.Error), WatchTests.Dmarc("v=DMARC1; p=none"));
        var accepted = dashboard.Get<AcceptedFindings>();

        Assert.Equal(AcceptResult.BadReason, await accepted.AcceptAsync(id, "SPF001", Domain, "  ", accepted.FirstDay, By, Token));
        Assert.Equal(AcceptResult.BadReason, await accepted.AcceptAsync(id, "SPF001", Domain, new string('x', 501), accepted.FirstDay, By, Token));
        Assert.Equal(AcceptResult.BadEnd, await accepted.AcceptAsync(id, "SPF001", Domain, "x", accepted.FirstDay.AddDays(-1), By, Token));
        Assert.Equal(AcceptResult.BadEnd, await accepted.AcceptAsync(id, "SPF001", Domain, "x", accepted.LastDay.AddDays(1), By, Token));
        Assert.Equal(AcceptResult.Gone, await accepted.AcceptAsync(id, "SPF002", Domain, "x", accepted.FirstDay, By, Token));
        Assert.Equal(AcceptResult.NotThisOne, await accepted.AcceptAsync(id, "CHG002", Subject.Record("_dmarc.example.org", "TXT"), "x", accepted.FirstDay, By, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Pin_ByTwoPeopleInTheSameMoment_IsOneRecord(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");

        var changes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            dashboard.Get<DesiredRecords>().PinAsync(id, new DesiredDraft("example.org", "TXT", [$"value {i}"]), By, Token)));

        Assert.All(changes, c => Assert.IsType<PinChange.Done>(c));
        Assert.Single((await WatchTests.DossierAsync(dashboard, id)).Desired);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Edit_ClientHostsVolumeAndStrictness_AreStored(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        var draft = new DomainDraft { ClientHosts = ["IMAP.example.org."], DailyVolume = 6000, IsStrict = true };

        Assert.IsType<DomainChange.Done>(await dashboard.Get<DomainDirectory>().EditAsync(id, draft, new DomainDraft(), Token));

        var domain = (await WatchTests.DossierAsync(dashboard, id)).Domain;
        Assert.Equal(("imap.example.org", 6000, true), (domain.ClientHosts.Single(), domain.DailyVolume, domain.IsStrict));
        Assert.IsType<DomainChange.ChangedMeanwhile>(await dashboard.Get<DomainDirectory>().EditAsync(id, draft, new DomainDraft(), Token));
    }

    private static (string, CheckOutcome) Faulty(Severity severity) =>
        ("spf", new OutcomeBuilder().Report(new Finding(Fault, Domain, ImmutableArray<Evidence>.Empty, SeverityOverride: severity)).Grade("spf-valid", "none").Build());
}
