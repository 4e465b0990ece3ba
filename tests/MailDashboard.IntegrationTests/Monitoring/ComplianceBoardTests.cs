using System.Diagnostics;
using MailDashboard.Checks;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Dmarc;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>How domains stand with providers is kept in the transaction of what changed it, and read a page at a time.</summary>
public sealed class ComplianceBoardTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Record_AFault_IsInTheListAndInTheReasons(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");

        Assert.Empty(Assert.Single((await ListAsync(dashboard)).Rows).Cells);
        await dashboard.RecordAsync(id, ("dmarc", WithoutDmarc()));

        var row = Assert.Single((await ListAsync(dashboard)).Rows);
        Assert.Equal(ComplianceCatalogue.Shipped.Providers.Length, row.Cells.Count);
        Assert.Equal(ComplianceStatus.AtRisk, row.Cells["gmail"]);
        var dossier = await dashboard.Get<ComplianceBoard>().ReadAsync(id, Token);
        var verdict = dossier!.Providers.SelectMany(p => p.Requirements).Single(r => r.Requirement.Id == "gmail-dmarc");
        Assert.Equal([ComplianceCause.VolumeNotStated, ComplianceCause.Finding], verdict.Reasons.Select(r => r.Cause));
        Assert.Equal("DMARC001", dossier.Find(verdict.Reasons[1].Finding)!.Code);
        Assert.All(dossier.Providers, p => Assert.Equal(p.Status, row.Cells[p.Provider.Id]));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Edit_VolumeAndRoles_AreJudgedAtOnce(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("dmarc", WithoutDmarc()));
        var directory = dashboard.Get<DomainDirectory>();

        Assert.IsType<DomainChange.Done>(await directory.EditAsync(id, new DomainDraft { DailyVolume = 6000 }, new DomainDraft(), Token));
        Assert.Equal(ComplianceStatus.NotMet, (await ListAsync(dashboard)).Rows[0].Cells["gmail"]);

        Assert.IsType<DomainChange.Done>(await directory.EditAsync(id, new DomainDraft { Sends = false }, new DomainDraft { DailyVolume = 6000 }, Token));
        Assert.All((await ListAsync(dashboard)).Rows[0].Cells.Values, s => Assert.Equal(ComplianceStatus.NotApplicable, s));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Refresh_JudgedByOlderRulesOrNever_IsJudgedAgain(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (first, second) = (await dashboard.AddDomainAsync("a.example"), await dashboard.AddDomainAsync("b.example"));
        await dashboard.AddDomainAsync("new.example");
        await dashboard.RecordAsync(first, ("dmarc", WithoutDmarc()));
        await dashboard.RecordAsync(second, ("dmarc", WithoutDmarc()));
        await using (var db = await dashboard.OpenAsync())
        {
            await db.ComplianceStates.Where(s => s.DomainId == first).ExecuteDeleteAsync(Token);
            await db.ComplianceStates.Where(s => s.DomainId == second).ExecuteUpdateAsync(s => s.SetProperty(x => x.RulesVersion, 0).SetProperty(x => x.Status, ComplianceStatus.Met), Token);
            db.ComplianceStates.Add(new ComplianceState { DomainId = second, Provider = "closed-down", Status = ComplianceStatus.NotMet });
            await db.SaveChangesAsync(Token);
        }

        Assert.Equal(2, await dashboard.Get<ComplianceRefresh>().RefreshAsync(Token));
        Assert.Equal(0, await dashboard.Get<ComplianceRefresh>().RefreshAsync(Token));

        var rows = (await ListAsync(dashboard)).Rows;
        Assert.Equal([ComplianceStatus.AtRisk, ComplianceStatus.AtRisk], rows.Take(2).Select(r => r.Cells["gmail"]));
        Assert.DoesNotContain("closed-down", rows[1].Cells.Keys);
        Assert.Empty(rows[2].Cells);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task List_TextTagStatusAndProvider_NarrowIt(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SeedAsync(dashboard, 120);

        Assert.Equal((120, 50), await CountAsync(dashboard, new()));
        Assert.Equal((120, 20), await CountAsync(dashboard, new() { Page = 9 }));
        Assert.Equal((1, 1), await CountAsync(dashboard, new() { Search = "D0007." }));
        Assert.Equal((12, 12), await CountAsync(dashboard, new() { Tag = "tenth" }));
        Assert.Equal((24, 24), await CountAsync(dashboard, new() { Status = ComplianceStatus.NotMet }));
        Assert.Equal((24, 24), await CountAsync(dashboard, new() { Status = ComplianceStatus.NotMet, Provider = "gmail" }));
        Assert.Equal((0, 0), await CountAsync(dashboard, new() { Status = ComplianceStatus.NotMet, Provider = "yahoo" }));
        var counts = await dashboard.Get<ComplianceBoard>().CountsAsync(null, Token);
        Assert.Equal((120, 24, 120), (counts.All, counts.Of(ComplianceStatus.NotMet), counts.Of(ComplianceStatus.Met)));
        Assert.Equal(96, (await dashboard.Get<ComplianceBoard>().CountsAsync("gmail", Token)).Of(ComplianceStatus.Met));
    }

    [Fact]
    public async Task List_OfThousandsOfDomains_IsThereAtOnce()
    {
        await using var dashboard = await StartAsync("sqlite");
        await SeedAsync(dashboard, 10_000);
        var (board, queries) = (dashboard.Get<ComplianceBoard>(), new ComplianceQuery[] { new(), new() { Page = 150 }, new() { Search = "d00" }, new() { Tag = "tenth" }, new() { Status = ComplianceStatus.NotMet, Provider = "gmail" } });

        foreach (var query in queries)
        {
            var promised = TimeSpan.FromMilliseconds(300);
            var best = await Fastest.OfAsync(promised, async () =>
            {
                var started = Stopwatch.GetTimestamp();
                await board.ListAsync(query, Token);
                await board.CountsAsync(query.Provider, Token);
                await dashboard.Get<DomainCatalogue>().TagsAsync(Token);
                return Stopwatch.GetElapsedTime(started);
            });

            Assert.True(best < promised, $"{query}: {best}");
        }
    }

    private static CheckOutcome WithoutDmarc() =>
        new OutcomeBuilder().Report(DmarcFindings.NoRecord, Subject.Domain("example.org"), new Evidence("asked", "_dmarc.example.org")).Grade("dmarc-valid", "none").Build();

    private static Task<ComplianceList> ListAsync(TestDashboard dashboard, ComplianceQuery? query = null) => dashboard.Get<ComplianceBoard>().ListAsync(query ?? new(), Token);

    private static async Task<(int Total, int Shown)> CountAsync(TestDashboard dashboard, ComplianceQuery query)
    {
        var list = await ListAsync(dashboard, query);
        return (list.Total, list.Rows.Count);
    }

    /// <summary>Every fifth does not meet Gmail's rules, every tenth bears a tag; all meet the others'.</summary>
    private static async Task SeedAsync(TestDashboard dashboard, int count)
    {
        await using var db = await dashboard.OpenAsync();
        var now = dashboard.Time.GetUtcNow();
        var domains = Enumerable.Range(0, count).Select(i => new MailDomain
        {
            Name = $"d{i:0000}.example",
            DisplayName = $"d{i:0000}.example",
            CreatedAt = now,
            FirstAuditAt = now,
            LastAuditAt = now,
            NextDueAt = now.AddDays(1),
            Tags = i % 10 == 0 ? [new DomainTag { Tag = "tenth" }] : [],
        }).ToList();
        db.Domains.AddRange(domains);
        await db.SaveChangesAsync(Token);
        db.ChangeTracker.Clear();
        db.ComplianceStates.AddRange(domains.SelectMany((d, i) => ComplianceCatalogue.Shipped.Providers.Select(p => new ComplianceState
        {
            DomainId = d.Id,
            Provider = p.Id,
            Status = p.Id == "gmail" && i % 5 == 0 ? ComplianceStatus.NotMet : ComplianceStatus.Met,
            RulesVersion = ComplianceCatalogue.Shipped.Version,
        })));
        await db.SaveChangesAsync(Token);
    }
}
