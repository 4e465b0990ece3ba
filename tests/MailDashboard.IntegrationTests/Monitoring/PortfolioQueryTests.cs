using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Scoring;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>The model of the managers' page, from real rows. Today is 1 March 2026, 9:00.</summary>
public sealed class PortfolioQueryTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_NoDomain_IsEmpty(string database)
    {
        await using var dashboard = await StartAsync(database);

        var model = await ReadAsync(dashboard, PeriodKind.Quarter);

        Assert.Null(model.Now);
        Assert.Empty(model.Trend);
        Assert.True(model.Urgent.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_ARunningPeriod_ComparesWithTheEndOfTheOneBefore(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SeedAsync(dashboard);

        var model = await ReadAsync(dashboard, PeriodKind.Quarter);

        Assert.Equal((2, 2, 65.0, "C"), (model.Now!.Domains, model.Now.Scored, model.Now.Mean, model.Now.Grade));
        Assert.Equal((BaselineKind.PeriodBefore, 80.0), (model.Baseline!.Kind, model.Baseline.Stand.Mean));
        Assert.Equal(-15, model.Change);
        Assert.Equal(90, model.Trend.Count);
        Assert.Equal(Today, model.Trend[^1].Day);
        Assert.Equal([("A", 1), ("D", 1)], model.Now.Grades.Select(g => (g.Key, g.Value)));
        Assert.Equal([("shop", 1, 40.0, -50.0)], model.Tags.Select(t => (t.Tag, t.Domains, t.Mean!.Value, t.Change!.Value)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_Movers_SayWhatOpenedAndWhatWasMended(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SeedAsync(dashboard);

        var movers = (await ReadAsync(dashboard, PeriodKind.Quarter)).Movers;

        var worse = Assert.Single(movers.Worse);
        Assert.Equal(("worse.example", 90.0, 40.0), (worse.DisplayName, worse.Before, worse.Now));
        Assert.Equal([(MoveCauseKind.CapApplied, "no-dmarc"), (MoveCauseKind.FindingOpened, "DMARC001"), (MoveCauseKind.FindingOpened, "SPF013")], worse.Causes.Select(c => (c.Kind, c.Code)));
        var better = Assert.Single(movers.Better);
        Assert.Equal(("better.example", 20.0), (better.DisplayName, better.Change));
        Assert.Equal([(MoveCauseKind.FindingResolved, "SPF001")], better.Causes.Select(c => (c.Kind, c.Code)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_OfATag_CountsNothingElse(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SeedAsync(dashboard);

        var model = await ReadAsync(dashboard, PeriodKind.Quarter, "shop");

        Assert.Equal((1, 40.0), (model.Now!.Domains, model.Now.Mean));
        Assert.Empty(model.Movers.Better);
        Assert.Equal(1, model.Urgent.CriticalDomains);
        Assert.Equal([("gmail", 1)], model.Providers.Select(p => (p.Provider, p.Of(ComplianceStatus.NotMet))));
        Assert.Null((await ReadAsync(dashboard, PeriodKind.Quarter, "nobody' OR 1=1")).Now);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_ListingsProvidersDecisionsAndUrgency(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SeedAsync(dashboard);

        var model = await ReadAsync(dashboard, PeriodKind.Quarter);

        // Both for two days, one for three more until today; the third listing is older than the period.
        Assert.Equal(2 + 2 + 3, model.Listings.DomainDays);
        Assert.Equal(1, model.Listings.DomainDaysBefore);
        Assert.Equal([("worse.example", 5, true), ("better.example", 2, false)], model.Listings.Domains.Select(d => (d.DisplayName, d.Days, d.IsOpen)));
        Assert.Equal([("192.0.2.2", 1, 3), ("192.0.2.1", 2, 2)], model.Listings.Subjects.Select(s => (s.Name, s.Domains, s.Days)));
        Assert.Equal([("gmail", 1, 1)], model.Providers.Select(p => (p.Provider, p.Of(ComplianceStatus.Met), p.Of(ComplianceStatus.NotMet))));
        var decision = model.Decisions[0];
        Assert.Equal(("dmarc-valid", 1, "DMARC001", 1), (decision.Subtest, decision.Domains, decision.Code, decision.CodeDomains));
        Assert.True(decision.Points > 0);
        Assert.Equal(1, model.Urgent.ListedDomains);
        Assert.Equal("192.0.2.2", Assert.Single(model.Urgent.Listings).Subject.Name);
        Assert.Equal("SPF012", Assert.Single(model.Urgent.Critical).Finding.Code);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_APeriodThatIsOver_DoesNotSeeWhatCameLater(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SeedAsync(dashboard);

        var model = await dashboard.Get<PortfolioQuery>().ReadAsync(ReportPeriod.Between(Today.AddDays(-60), Today.AddDays(-30), Today), "", Token);

        Assert.Equal((80.0, 0.0), (model.Now!.Mean!.Value, model.Change!.Value));
        Assert.Equal(30, model.Trend.Count);
        Assert.Empty(model.Movers.Worse);
        Assert.False(model.IsRunning);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Read_WhereTheTableChanged_BlamesNoDomain(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await PortfolioHistoryTests.AddAsync(dashboard, "a.example", 200);
        await PortfolioHistoryTests.ScoreAsync(dashboard, id, (200, 95, "A", ScoreTable.Version - 1), (20, 60, "C", ScoreTable.Version), (5, 64, "C", ScoreTable.Version));
        await dashboard.Get<PortfolioRecorder>().RecordAsync(Token);

        var model = await ReadAsync(dashboard, PeriodKind.Quarter);

        Assert.Equal((BaselineKind.TableChanged, Today.AddDays(-20)), (model.Baseline!.Kind, model.Baseline.Stand.Day));
        Assert.Equal(4, model.Change);
        Assert.Contains(model.Events, e => e.Kind == PortfolioEventKind.TableChanged && e.Day == Today.AddDays(-20));
        Assert.Empty(model.Movers.Worse);
        Assert.Equal(4, Assert.Single(model.Movers.Better).Change);
    }

    private static Task<PortfolioModel> ReadAsync(TestDashboard dashboard, PeriodKind kind, string tag = "") =>
        dashboard.Get<PortfolioQuery>().ReadAsync(ReportPeriod.Of(kind, Today), tag, Token);

    /// <summary>One domain falls, one rises, ten days ago.</summary>
    private static async Task SeedAsync(TestDashboard dashboard)
    {
        var (worse, better) = (await PortfolioHistoryTests.AddAsync(dashboard, "worse.example", 300, "shop"), await PortfolioHistoryTests.AddAsync(dashboard, "better.example", 300));
        var now = dashboard.Time.GetUtcNow();
        await PortfolioHistoryTests.ScoreAsync(dashboard, worse, (300, 90, "A", ScoreTable.Version), (10, 40, "D", ScoreTable.Version));
        await PortfolioHistoryTests.ScoreAsync(dashboard, better, (300, 70, "C", ScoreTable.Version), (10, 90, "A", ScoreTable.Version));
        await using var db = await dashboard.OpenAsync();
        var (good, bad) = (Detail("full", "reject"), Detail("none", "none"));
        await db.Scores.ExecuteUpdateAsync(s => s.SetProperty(v => v.DetailJson, good), Token);
        await db.Scores.Where(s => s.Value == 40).ExecuteUpdateAsync(s => s.SetProperty(v => v.DetailJson, bad), Token);
        await db.Domains.Where(d => d.Id == worse).ExecuteUpdateAsync(s => s.SetProperty(d => d.CriticalCount, 1), Token);
        db.Findings.AddRange(
            PortfolioHistoryTests.Finding(worse, "DMARC001", Severity.Error, now.AddDays(-10), null, "dmarc"),
            PortfolioHistoryTests.Finding(worse, "SPF013", Severity.Warning, now.AddDays(-9), null),
            PortfolioHistoryTests.Finding(worse, "SPF012", Severity.Critical, now.AddDays(-200), null),
            PortfolioHistoryTests.Finding(worse, "SPF014", Severity.Warning, now.AddDays(-9), now.AddDays(-8)),
            PortfolioHistoryTests.Finding(better, "SPF001", Severity.Error, now.AddDays(-200), now.AddDays(-10)));
        db.Alerts.AddRange(
            PortfolioHistoryTests.Listing("Listing:192.0.2.1|x", now.AddDays(-50), now.AddDays(-49), worse, better),
            PortfolioHistoryTests.Listing("Listing:192.0.2.2|x", now.AddDays(-2), null, worse),
            PortfolioHistoryTests.Listing("Listing:192.0.2.3|x", now.AddDays(-120), now.AddDays(-120), better));
        db.ComplianceStates.AddRange(
            new ComplianceState { DomainId = worse, Provider = "gmail", Status = ComplianceStatus.NotMet },
            new ComplianceState { DomainId = better, Provider = "gmail", Status = ComplianceStatus.Met });
        await db.SaveChangesAsync(Token);
        await dashboard.Get<PortfolioRecorder>().RecordAsync(Token);
    }

    private static string Detail(string dmarc, string policy) => StoredJson.Write(Scorer.Compute(
        [new SubtestGrade("spf-valid", "full"), new SubtestGrade("dmarc-valid", dmarc), new SubtestGrade("dmarc-policy", policy)],
        [],
        MailRoles.Both,
        DateTimeOffset.UnixEpoch)!);
}
