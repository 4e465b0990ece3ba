using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Each day is written down once, from what was stored, and stays. Today is 1 March 2026, 9:00.</summary>
public sealed class PortfolioHistoryTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_FirstTime_FillsInEveryDay_AndASecondTimeNothing(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (a, b) = (await AddAsync(dashboard, "a.example", 10, "shop"), await AddAsync(dashboard, "b.example", 3));
        await ScoreAsync(dashboard, a, (10, 40, "D", 2), (5, 61.5, "C", 3), (5, 90.2, "A", 3));
        await ScoreAsync(dashboard, b, (2, 50, "D", 3));

        Assert.Equal(20, await dashboard.Get<PortfolioRecorder>().RecordAsync(Token));
        Assert.Equal(0, await dashboard.Get<PortfolioRecorder>().RecordAsync(Token));

        var rows = await RowsAsync(dashboard, "");
        Assert.Equal(Enumerable.Range(-10, 10).Select(Today.AddDays), rows.Select(r => r.Day));
        Assert.Equal([40, 40, 40, 40, 40, 90.2, 90.2, 90.2, 140.2, 140.2], rows.Select(r => r.ScoreSum));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 2, 2, 2], rows.Select(r => r.DomainCount));
        Assert.Equal([2, 2, 2, 2, 2, 3, 3, 3, 3, 3], rows.Select(r => r.TableVersion));
        Assert.Equal("{\"A\":1,\"D\":1}", rows[^1].GradesJson);
        Assert.Equal(90.2, (await RowsAsync(dashboard, "shop"))[^1].ScoreSum);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_DaysMissed_AreWrittenFromWhatHeldThen(string database)
    {
        await using var dashboard = await StartAsync(database);
        var a = await AddAsync(dashboard, "a.example", 10);
        await ScoreAsync(dashboard, a, (10, 40, "D", 3));
        await dashboard.Get<PortfolioRecorder>().RecordAsync(Token);
        dashboard.Time.Advance(TimeSpan.FromDays(3));
        await ScoreAsync(dashboard, a, (1, 70, "C", 3));
        await AddAsync(dashboard, "new.example", 1, "later");

        Assert.Equal(3 + 1, await dashboard.Get<PortfolioRecorder>().RecordAsync(Token));

        Assert.Equal([40, 40, 40, 70], (await RowsAsync(dashboard, ""))[^4..].Select(r => r.ScoreSum));
        Assert.Equal(1, Assert.Single(await RowsAsync(dashboard, "later")).DomainCount);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_AClockThatWasAhead_ThenSetBack_KeepsTheRowsAndMendsYesterday(string database)
    {
        await using var dashboard = await StartAsync(database);
        var a = await AddAsync(dashboard, "a.example", 2);
        await ScoreAsync(dashboard, a, (2, 40, "D", 3));
        await using (var db = await dashboard.OpenAsync())
        {
            foreach (var day in Enumerable.Range(-2, 8))
            {
                db.PortfolioDays.Add(new PortfolioDay { Day = Today.AddDays(day), Tag = "", GradesJson = "{}", DomainCount = 9, ScoreSum = 1 });
            }

            await db.SaveChangesAsync(Token);
        }

        Assert.Equal(1, await dashboard.Get<PortfolioRecorder>().RecordAsync(Token));

        Assert.Equal([1, 40, 1, 1, 1, 1, 1, 1], (await RowsAsync(dashboard, "")).Select(r => r.ScoreSum));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_ListingsAndProblems_AreCountedByDay(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (a, b) = (await AddAsync(dashboard, "a.example", 5), await AddAsync(dashboard, "b.example", 5));
        var now = dashboard.Time.GetUtcNow();
        await using (var db = await dashboard.OpenAsync())
        {
            db.Alerts.AddRange(
                Listing("192.0.2.1|x", now.AddDays(-4), now.AddDays(-3), a, b),
                Listing("192.0.2.1|y", now.AddDays(-4), now.AddDays(-4).AddHours(1), a),
                Listing("192.0.2.2|x", now.AddDays(-1), null, b),
                new Alert { Family = "spf", Code = "SPF001", SubjectKey = "a.example", EvidenceJson = "[]", OpenedAt = now.AddDays(-4), Status = AlertStatus.Open, Domains = [new() { DomainId = a }] });
            db.Findings.AddRange(
                Finding(a, "SPF001", Severity.Error, now.AddDays(-3), now.AddDays(-1)),
                Finding(a, "SPF013", Severity.Warning, now.AddDays(-3), null),
                Finding(b, "SPF012", Severity.Critical, now.AddDays(-2), null));
            db.AcceptedFindings.Add(new AcceptedFinding { DomainId = b, Code = "SPF012", SubjectKey = "Domain:s", Severity = Severity.Error, Reason = "", AcceptedBy = "", AcceptedAt = now.AddDays(-9), Until = now.AddDays(9) });
            await db.SaveChangesAsync(Token);
        }

        await dashboard.Get<PortfolioRecorder>().RecordAsync(Token);

        var rows = await RowsAsync(dashboard, "");
        Assert.Equal([0, 2, 2, 0, 1], rows.Select(r => r.ListedCount));
        Assert.Equal([0, 0, 1, 2, 1], rows.Select(r => r.ProblemCount));
    }

    [Fact]
    public async Task Record_TwoProcesses_WriteTheSame()
    {
        var connection = await ConnectionAsync("postgres");
        await using var one = await TestDashboard.StartAsync(connection);
        var id = await AddAsync(one, "a.example", 400, "shop");
        await ScoreAsync(one, id, (400, 40, "D", 3));
        await using var two = await TestDashboard.StartAsync(connection, one.Folder);

        await Task.WhenAll(one.Get<PortfolioRecorder>().RecordAsync(Token), two.Get<PortfolioRecorder>().RecordAsync(Token));

        Assert.Equal(400, (await RowsAsync(two, "")).Count);
        Assert.Equal(400, (await RowsAsync(two, "shop")).Count);
    }

    internal static async Task<int> AddAsync(TestDashboard dashboard, string name, int daysAgo, params string[] tags)
    {
        var at = dashboard.Time.GetUtcNow().AddDays(-daysAgo);
        await using var db = await dashboard.OpenAsync();
        var domain = new MailDomain { Name = name, DisplayName = name, CreatedAt = at, FirstAuditAt = at, LastAuditAt = at, Tags = [.. tags.Select(t => new DomainTag { Tag = t })] };
        db.Domains.Add(domain);
        await db.SaveChangesAsync(Token);
        return domain.Id;
    }

    internal static async Task ScoreAsync(TestDashboard dashboard, int domain, params (int DaysAgo, double Value, string Grade, int Version)[] versions)
    {
        await using var db = await dashboard.OpenAsync();
        db.Scores.AddRange(versions.Select((v, i) => new ScoreVersion
        {
            DomainId = domain,
            At = dashboard.Time.GetUtcNow().AddDays(-v.DaysAgo).AddMinutes(i),
            Value = v.Value,
            Maximum = 100,
            Grade = v.Grade,
            TableVersion = v.Version,
            DetailJson = "{}",
        }));
        await db.Domains.Where(d => d.Id == domain).ExecuteUpdateAsync(s => s.SetProperty(d => d.Score, versions[^1].Value).SetProperty(d => d.Grade, versions[^1].Grade), Token);
        await db.SaveChangesAsync(Token);
    }

    internal static Alert Listing(string subject, DateTimeOffset from, DateTimeOffset? until, params int[] domains) => new()
    {
        Family = "blocklists",
        Code = "BLK001",
        SubjectKey = subject,
        Severity = Severity.Error,
        EvidenceJson = "[]",
        Status = until is null ? AlertStatus.Open : AlertStatus.Resolved,
        FirstSeenAt = from,
        LastSeenAt = until ?? from,
        OpenedAt = from,
        ResolvedAt = until,
        Domains = [.. domains.Select(d => new AlertDomain { DomainId = d })],
    };

    internal static FindingRow Finding(int domain, string code, Severity severity, DateTimeOffset from, DateTimeOffset? until, string family = "spf") => new()
    {
        DomainId = domain,
        Family = family,
        Code = code,
        SubjectKey = "Domain:s",
        Severity = severity,
        EvidenceJson = "[]",
        FirstSeenAt = from,
        LastSeenAt = until ?? from,
        ResolvedAt = until,
    };

    private static Task<List<PortfolioDay>> RowsAsync(TestDashboard dashboard, string tag) =>
        dashboard.ReadAsync(db => db.PortfolioDays.AsNoTracking().Where(d => d.Tag == tag).OrderBy(d => d.Day).ToListAsync(Token));
}
