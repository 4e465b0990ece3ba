using MailDashboard.Checks;
using MailDashboard.Checks.StartTls;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Overview;
using static MailDashboard.IntegrationTests.Monitoring.ListingOutcomes;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>What operators see first: broken, worse, ending, unknown.</summary>
public sealed class OverviewTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string By = "ada@example.org";
    private const string Name = "example.org";

    private static readonly FindingDefinition Missing = new("SPF001", Severity.Warning, "RFC 7208 §3");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Broken_WhatWaitsForSomebody_StandsBeforeWhatIsTakenCareOf(string database)
    {
        await using var dashboard = await StartAsync(database);
        var first = await dashboard.AddDomainAsync(Name);
        var second = await dashboard.AddDomainAsync("example.net");
        await dashboard.RecordAsync(first, ("blocklists", Listed("192.0.2.1", "192.0.2.2")));
        await dashboard.RecordAsync(second, ("blocklists", Listed("192.0.2.1")));
        dashboard.Time.Advance(TimeSpan.FromMinutes(2));
        await dashboard.SecondLookAsync();

        var broken = (await ReadAsync(dashboard)).Broken;
        Assert.Equal((2, 0, 2), (broken.Waiting, broken.Handled, broken.Listings));
        var shared = broken.First.Single(l => l.Alert.Subject.Name == "192.0.2.1");
        Assert.Equal(2, shared.DomainCount);

        await dashboard.Get<IncidentActions>().AcknowledgeAsync(shared.Alert.Id, null, By, Token);
        var after = (await ReadAsync(dashboard)).Broken;
        Assert.Equal((1, 1), (after.Waiting, after.Handled));
        Assert.Equal(["192.0.2.2", "192.0.2.1"], after.First.Select(l => l.Alert.Subject.Name));
        Assert.Equal(By, after.First[1].Alert.AcknowledgedBy);
        await AssertListAsync(dashboard, AlertShow.Unhandled, after.Waiting);
        await AssertListAsync(dashboard, AlertShow.Handled, after.Handled);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Worse_SinceYesterday_AreNewFindingsByCodeAlertsAndFalls(string database)
    {
        await using var dashboard = await StartAsync(database);
        var ids = new[] { await dashboard.AddDomainAsync(Name), await dashboard.AddDomainAsync("example.net") };
        foreach (var id in ids)
        {
            await dashboard.RecordAsync(id, Spf(isRight: true));
        }

        Assert.True((await ReadAsync(dashboard)).Worse.IsEmpty);
        dashboard.Time.Advance(TimeSpan.FromDays(2));
        foreach (var id in ids)
        {
            await dashboard.RecordAsync(id, Spf(isRight: false));
        }

        await dashboard.RecordAsync(ids[0], ("blocklists", Listed("192.0.2.1")));
        dashboard.Time.Advance(TimeSpan.FromMinutes(2));
        await dashboard.SecondLookAsync();

        var worse = (await ReadAsync(dashboard)).Worse;
        var finding = Assert.Single(worse.Findings);
        Assert.Equal(("SPF001", Severity.Warning, 2), (finding.Example.Code, finding.Severity, finding.DomainCount));
        Assert.Equal((1, 2), (worse.IncidentCount, worse.FallCount));
        Assert.Equal("192.0.2.1", Assert.Single(worse.Incidents).Alert.Subject.Name);
        Assert.All(worse.Falls, f => Assert.True(f.From > f.To));
        await AssertListAsync(dashboard, AlertShow.New, worse.IncidentCount);

        dashboard.Time.Advance(TimeSpan.FromDays(2));
        Assert.True((await ReadAsync(dashboard)).Worse.IsEmpty);
        await dashboard.RecordAsync(ids[0], Spf(isRight: true));
        var mended = Assert.Single((await ReadAsync(dashboard)).Changes);
        Assert.Equal((ChangeKind.FindingResolved, "SPF001"), (mended.Kind, mended.Finding?.Code));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Expiring_CertificatesAcceptancesMutesAndWork_AreInTheOrderOfTheirEnds(string database)
    {
        await using var dashboard = await StartAsync(database);
        var ids = new[] { await dashboard.AddDomainAsync(Name), await dashboard.AddDomainAsync("example.net") };
        foreach (var id in ids)
        {
            await dashboard.RecordAsync(id, Spf(isRight: false), ("starttls", NearEnd()), ("blocklists", Listed("192.0.2.1")));
        }

        dashboard.Time.Advance(TimeSpan.FromMinutes(2));
        await dashboard.SecondLookAsync();
        var now = dashboard.Time.GetUtcNow();
        var accepted = dashboard.Get<AcceptedFindings>();
        Assert.Equal(AcceptResult.Done, await accepted.AcceptAsync(ids[0], "SPF001", Subject.Domain(Name), "imposed", accepted.FirstDay.AddDays(2), By, Token));
        Assert.Equal(AcceptResult.Done, await accepted.AcceptAsync(ids[1], "SPF001", Subject.Domain(Name), "imposed", accepted.FirstDay.AddDays(60), By, Token));
        var listing = (await ReadAsync(dashboard)).Broken.First.Single(l => l.Alert.Family == ListingWatch.Family).Alert.Id;
        await dashboard.Get<IncidentActions>().MuteAsync(listing, now.AddDays(1), null, By, Token);
        var work = dashboard.Get<MaintenanceStore>();
        Assert.Empty(await work.AddAsync(new MaintenanceDraft("moving", now.AddMinutes(-5), 60, 0, "UTC", null, [], []), By, Token));
        Assert.Empty(await work.AddAsync(new MaintenanceDraft("far away", now.AddDays(20), 60, 0, "UTC", null, [], []), By, Token));

        var ends = (await ReadAsync(dashboard)).Expiring;

        Assert.Equal([typeof(Expiry.Work), typeof(Expiry.Mute), typeof(Expiry.Acceptance), typeof(Expiry.Certificate)], ends.Select(e => e.GetType()));
        Assert.True(Assert.IsType<Expiry.Work>(ends[0]).IsRunning);
        var certificate = Assert.IsType<Expiry.Certificate>(ends[3]);
        Assert.Equal(("mx.example.org", 92, new DateTimeOffset(2026, 3, 6, 8, 0, 0, TimeSpan.Zero)), (certificate.Host, certificate.Share, certificate.At));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Unknown_FamiliesThatCouldNotBeChecked_SaySinceWhenAndWhy(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync(Name);
        var since = dashboard.Time.GetUtcNow();
        await dashboard.RecordAsync(id, ("dmarc", new OutcomeBuilder().CouldNotTell(Subject.Domain(Name), Reason.Of("DnsServFail", "_dmarc.example.org", "TXT", "192.0.2.53")).Build()));

        var unknown = (await ReadAsync(dashboard)).Unknown;

        Assert.Null(unknown.ResolverSilentSince);
        var family = Assert.Single(Assert.Single(unknown.Domains).Families);
        Assert.Equal(("dmarc", since, "DnsServFail"), (family.Family, family.Since, family.Reason?.Key));
    }

    private static Task<OverviewModel> ReadAsync(TestDashboard dashboard) => dashboard.Get<OverviewQuery>().ReadAsync(Token);

    /// <summary>A number leads to a list with as many rows.</summary>
    private static async Task AssertListAsync(TestDashboard dashboard, AlertShow show, int expected) =>
        Assert.Equal(expected, (await dashboard.Get<AlertLog>().ListAsync(new AlertFilter(show), 0, 50, Token)).Total);

    private static (string, CheckOutcome) Spf(bool isRight)
    {
        var outcome = new OutcomeBuilder().Grade("spf-valid", isRight ? "full" : "none");
        return ("spf", (isRight ? outcome : outcome.Report(Missing, Subject.Domain(Name), new Evidence("record", "–"))).Build());
    }

    private static CheckOutcome NearEnd() => new OutcomeBuilder().Report(
        StartTlsFindings.NearEnd,
        Subject.Address(System.Net.IPAddress.Parse("192.0.2.1")),
        new Evidence("host", "mx.example.org"),
        new Evidence("notAfter", "2026-03-06 08:00 UTC"),
        new Evidence("lifetimeUsed", "92 %")).Build();
}
