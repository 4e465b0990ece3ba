using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

public sealed class RecorderTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly FindingDefinition Fault = new("SPF001", Severity.Error, "RFC 7208 §3");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_TheSameTwice_WritesHistoryOnce(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");

        await dashboard.RecordAsync(id, ("spf", Spf("v=spf1 -all", isFaulty: true)));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.RecordAsync(id, ("spf", Spf("v=spf1 -all", isFaulty: true)));

        await using var db = await dashboard.OpenAsync();
        Assert.Equal(1, await db.Records.CountAsync(Token));
        Assert.Equal(1, await db.Findings.CountAsync(Token));
        Assert.Equal(1, await db.Scores.CountAsync(Token));
        Assert.True(await db.Findings.AllAsync(f => f.LastSeenAt > f.FirstSeenAt, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_Changed_KeepsTheOldVersionAndResolvesTheFinding(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");

        await dashboard.RecordAsync(id, ("spf", Spf("v=spf1 +all", isFaulty: true)));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.RecordAsync(id, ("spf", Spf("v=spf1 -all", isFaulty: false)));

        await using var db = await dashboard.OpenAsync();
        Assert.Equal(["[\"v=spf1 +all\"]", "[\"v=spf1 -all\"]"], await db.Records.OrderBy(r => r.SeenFrom).Select(r => r.ValuesJson.Replace("\\u002B", "+")).ToListAsync(Token));
        Assert.Equal(1, await db.Records.CountAsync(r => r.SeenUntil == null, Token));
        Assert.NotNull((await db.Findings.SingleAsync(Token)).ResolvedAt);
        Assert.Equal(2, await db.Scores.CountAsync(Token));
        Assert.Null((await db.Domains.SingleAsync(Token)).WorstSeverity);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_CouldNotLook_KeepsEverythingAsItWas(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("spf", Spf("v=spf1 -all", isFaulty: true)));
        dashboard.Time.Advance(TimeSpan.FromHours(1));

        await dashboard.RecordAsync(id, ("spf", new OutcomeBuilder().CouldNotTell(Subject.Domain("example.org"), Reason.Of("DnsTimeout", "example.org", "TXT", "")).Build()));

        await using var db = await dashboard.OpenAsync();
        var domain = await db.Domains.SingleAsync(Token);
        Assert.Equal((1, 1, Severity.Error), (domain.ErrorCount, domain.UndeterminedCount, domain.WorstSeverity));
        Assert.NotNull(domain.Score);
        Assert.Null((await db.Findings.SingleAsync(Token)).ResolvedAt);
        Assert.Null((await db.Records.SingleAsync(Token)).SeenUntil);
        Assert.NotNull((await db.FamilyStates.SingleAsync(Token)).UndeterminedSince);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_AfterTheLeaseRanOut_WritesNothing(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.AddDomainAsync("example.org");
        var zombie = Assert.Single(await dashboard.Get<DueDomains>().TakeAsync(10, Token));
        dashboard.Time.Advance(DueDomains.Length + TimeSpan.FromSeconds(1));
        var second = Assert.Single(await dashboard.Get<DueDomains>().TakeAsync(10, Token));

        Assert.Equal(RecordResult.LeaseLost, await dashboard.RecordAsync(zombie, ("spf", Spf("v=spf1 +all", isFaulty: true))));
        Assert.Equal(RecordResult.Recorded, await dashboard.RecordAsync(second, ("spf", Spf("v=spf1 -all", isFaulty: false))));
        Assert.Equal(RecordResult.LeaseLost, await dashboard.RecordAsync(second, ("spf", Spf("v=spf1 -all", isFaulty: false))));

        Assert.Equal(0, await dashboard.ReadAsync(db => db.Findings.CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_TwoFamiliesGradeOneSubtest_NeitherForgetsTheOther(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        var valid = Spf("v=spf1 -all", isFaulty: false);

        await dashboard.RecordAsync(id, ("spf", valid), ("starttls", new OutcomeBuilder().Grade("tls-versions", "none").Build()));
        await dashboard.RecordAsync(id, ("tls", new OutcomeBuilder().Grade("tls-versions", "full").Build()));

        await using var db = await dashboard.OpenAsync();
        Assert.Equal(2, await db.SubtestStates.CountAsync(s => s.Subtest == "tls-versions", Token));
        Assert.Equal(50, await db.Scores.OrderByDescending(s => s.Id).Select(s => s.Value).FirstAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Take_ByManyWorkers_GivesEachDomainToOne(string database)
    {
        await using var dashboard = await StartAsync(database);
        for (var i = 0; i < 60; i++)
        {
            await dashboard.AddDomainAsync($"d{i}.example.org");
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => dashboard.Get<DueDomains>().TakeAsync(10, Token)));

        Assert.Equal(60, taken.SelectMany(t => t).Select(l => l.Domain.Id).Distinct().Count());
        Assert.Equal(60, taken.Sum(t => t.Count));
        Assert.Empty(await dashboard.Get<DueDomains>().TakeAsync(10, Token));
    }

    private static CheckOutcome Spf(string record, bool isFaulty)
    {
        var outcome = new OutcomeBuilder().Record("example.org", "TXT", [record]).Grade("spf-valid", isFaulty ? "none" : "full");
        return (isFaulty ? outcome.Report(Fault, Subject.Domain("example.org"), new Evidence("record", record)) : outcome).Build();
    }
}
