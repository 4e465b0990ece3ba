using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>What whole audits of a real zone leave in the database: something when something changed, nothing when not.</summary>
public sealed class HistoryTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const int Looks = 50;

    private static readonly KnotZone Right = new("hist.test", "@ TXT \"v=spf1 -all\"\n@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@hist.test\"");
    private static readonly KnotZone Worse = new("hist.test", "@ TXT \"v=spf1 +all\"\n@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@hist.test\"");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Audit_ZoneChangedAndMended_KeepsRecordsFindingsAndScores(string database)
    {
        await using var dns = await KnotServer.StartAsync([Right], cancellationToken: Token);
        var connection = await ConnectionAsync(database);
        var began = TimeProvider.System.GetUtcNow().AddSeconds(-1);

        await using var dashboard = await StartAsync(connection, dns);
        var id = await dashboard.AddDomainAsync("hist.test");

        // One look right after the other: "check now" sees what was changed, whatever our cache still holds.
        foreach (var zone in new[] { Right, Worse, Right })
        {
            await dns.SetZoneAsync(zone, Token);
            await LookAsync(dashboard, id);
        }

        await using var db = await dashboard.OpenAsync();
        var spf = await db.Records.Where(r => r.Family == "spf").OrderBy(r => r.SeenFrom).ToListAsync(Token);
        Assert.Equal(3, spf.Count);
        Assert.All(spf.Zip(spf.Skip(1)), p => Assert.Equal(p.First.SeenUntil, p.Second.SeenFrom));
        Assert.Null(spf[2].SeenUntil);
        var scores = await db.Scores.OrderBy(s => s.Id).Select(s => s.Value).ToListAsync(Token);
        Assert.Equal(3, scores.Count);
        Assert.True(scores[1] < scores[0]);
        Assert.Equal(scores[0], scores[2]);
        var fault = await db.Findings.FirstAsync(f => f.Family == "spf" && f.ResolvedAt != null && f.FirstSeenAt > spf[0].SeenFrom, Token);
        Assert.True(began < fault.FirstSeenAt && fault.FirstSeenAt <= fault.LastSeenAt && fault.LastSeenAt < fault.ResolvedAt);
        Assert.Equal(spf[2].SeenFrom, fault.ResolvedAt);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Audit_NothingChanged_AddsNoRowAndNoPage(string database)
    {
        await using var dns = await KnotServer.StartAsync([Worse], cancellationToken: Token);
        await using var dashboard = await StartAsync(await ConnectionAsync(database), dns);
        var id = await dashboard.AddDomainAsync("hist.test");
        await LookAsync(dashboard, id);
        await LookAsync(dashboard, id);
        var before = await CountAsync(dashboard);

        for (var i = 0; i < Looks; i++)
        {
            await LookAsync(dashboard, id);
        }

        var after = await CountAsync(dashboard);
        Assert.Equal(before.Rows, after.Rows);
        // Milliseconds differ from look to look: a few bytes more or less once compressed.
        Assert.InRange(after.Bytes, before.Bytes - 400, before.Bytes + 400);
        TestContext.Current.TestOutputHelper?.WriteLine($"{database}: {before.Rows} rows; transcript {before.Bytes} then {after.Bytes} bytes; pages {before.Pages} then {after.Pages}");
        Assert.True(after.Pages <= before.Pages + 2, $"{before.Pages} pages became {after.Pages}");
    }

    private static Task<TestDashboard> StartAsync(string? connection, KnotServer dns) =>
        TestDashboard.StartAsync(connection, time: TimeProvider.System, settings: [new("MailDashboard:Dns:Servers", dns.EndPoint.ToString())]);

    private static async Task LookAsync(TestDashboard dashboard, int id) =>
        Assert.Equal(CheckNowResult.Done, await dashboard.Get<AuditRunner>().CheckNowAsync(id, null, Token));

    private static Task<(string Rows, int Bytes, long Pages)> CountAsync(TestDashboard dashboard) => dashboard.ReadAsync(async db =>
    {
        var rows = new[]
        {
            await db.Domains.CountAsync(Token), await db.FamilyStates.CountAsync(Token), await db.SubtestStates.CountAsync(Token), await db.Findings.CountAsync(Token),
            await db.Records.CountAsync(Token), await db.Scores.CountAsync(Token), await db.Transcripts.CountAsync(Token), await db.Alerts.CountAsync(Token), await db.Outbox.CountAsync(Token),
        };
        return (string.Join(' ', rows), (await db.Transcripts.SingleAsync(Token)).Content.Length, await PagesAsync(db));
    });

    private static async Task<long> PagesAsync(DashboardContext db) =>
        db.Database.IsSqlite() ? (await db.Database.SqlQueryRaw<long>("SELECT page_count AS \"Value\" FROM pragma_page_count()").ToListAsync(Token))[0] : 0;
}
