using System.Collections.Concurrent;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Data;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>The whole line against a real DNS server, by the real clock.</summary>
public sealed class SchedulerTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const int Fleet = 30;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Scheduler_OnEitherDatabase_AuditsEveryDueDomain(string database)
    {
        await using var dns = await ZoneAsync();
        await using var dashboard = await StartAsync(await ConnectionAsync(database), dns);
        await FillAsync(dashboard);

        await using var worker = await WorkAsync(dashboard);
        await AllAuditedAsync(dashboard);

        await using var db = await dashboard.OpenAsync();
        Assert.Equal(0, await db.Domains.CountAsync(d => d.LeaseOwner != null || d.NextDueAt <= d.LastAuditAt, Token));
        Assert.Equal(Fleet, await db.Records.CountAsync(r => r.Family == "spf" && r.ValuesJson.Contains("v=spf1"), Token));
    }

    [Fact]
    public async Task TwoSchedulers_OnOnePostgres_AuditEachDueDomainOnce()
    {
        var connection = await ConnectionAsync("postgres");
        await using var dns = await ZoneAsync();
        await using var first = await StartAsync(connection, dns);
        await FillAsync(first);
        await using var second = await StartAsync(connection, dns, first.Folder);
        var audits = new ConcurrentBag<int>();
        using var one = Count(first, audits);
        using var two = Count(second, audits);

        await using var firstWorker = await WorkAsync(first);
        await using var secondWorker = await WorkAsync(second);
        await AllAuditedAsync(first);

        await Eventually.TrueAsync("every audit was told", () => audits.Count >= Fleet, cancellationToken: Token);
        Assert.Equal(Fleet, audits.Count);
        Assert.Equal(Fleet, audits.Distinct().Count());
    }

    [Fact]
    public async Task Scheduler_PostgresStoppedMidRound_RecoversByItself()
    {
        await using var own = await PostgresServer.StartAsync(Token);
        await using var dns = await ZoneAsync();
        await using var dashboard = await StartAsync(await own.CreateDatabaseAsync(Token), dns);
        await FillAsync(dashboard);
        var audits = new ConcurrentBag<int>();
        using var counting = Count(dashboard, audits);

        await using var worker = await WorkAsync(dashboard);
        await Eventually.TrueAsync("the round is under way", () => !audits.IsEmpty, cancellationToken: Token);
        await own.StopAsync();
        await Eventually.TrueAsync("the round failed", () => dashboard.Get<SchedulerStatus>().LastFailure is not null, cancellationToken: Token);
        await own.RestartAsync(Token);

        // What was leased when it stopped is due again when the leases end; here they end now.
        await Eventually.TrueAsync("the scheduler is back", () => dashboard.Get<SchedulerStatus>().LastFailure is null, cancellationToken: Token);
        await using (var db = await dashboard.OpenAsync())
        {
            await db.Domains.Where(d => d.LastAuditAt == null).ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null), Token);
        }

        await AllAuditedAsync(dashboard);
        Assert.False(worker.IsOver);
    }

    [Fact]
    public async Task Scheduler_ResolverSilent_LeavesEverythingDueAndSaysSo()
    {
        var silent = LoopbackPorts.Free();
        await using var dashboard = await TestDashboard.StartAsync(null, time: TimeProvider.System, settings: [new("MailDashboard:Dns:Servers", silent.ToString())]);
        var id = await dashboard.AddDomainAsync("example.org");

        Assert.Equal(CheckNowResult.ResolverSilent, await dashboard.Get<AuditRunner>().CheckNowAsync(id, null, Token));

        Assert.NotNull((await dashboard.Get<SchedulerStatus>().GetAsync(Token)).ResolverDownSince);
        Assert.Null(await dashboard.ReadAsync(db => db.Domains.Select(d => d.LastAuditAt).SingleAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task CheckNow_ByTwoAtOnce_AuditsOnceAndShowsBothTheProgress(string database)
    {
        await using var dns = await ZoneAsync();
        await using var dashboard = await StartAsync(await ConnectionAsync(database), dns);
        var id = await dashboard.AddDomainAsync("d0.fleet.test");
        var audits = new ConcurrentBag<int>();
        using var counting = Count(dashboard, audits);

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => dashboard.Get<AuditRunner>().CheckNowAsync(id, null, Token)));

        Assert.All(results, r => Assert.Equal(CheckNowResult.Done, r));
        Assert.NotEmpty(audits);
        Assert.Equal(CheckNowResult.Gone, await dashboard.Get<AuditRunner>().CheckNowAsync(id + 1000, null, Token));
    }

    private static Task<KnotServer> ZoneAsync() => KnotServer.StartAsync(
        [new KnotZone("fleet.test", string.Join('\n', Enumerable.Range(0, Fleet).Select(i => $"d{i} TXT \"v=spf1 -all\"\nd{i} MX 0 .")))], cancellationToken: Token);

    private static Task<TestDashboard> StartAsync(string? connection, KnotServer dns, ServerFolder? folder = null) =>
        TestDashboard.StartAsync(connection, folder, time: TimeProvider.System, settings: [new("MailDashboard:Dns:Servers", dns.EndPoint.ToString())]);

    private static async Task FillAsync(TestDashboard dashboard)
    {
        for (var i = 0; i < Fleet; i++)
        {
            await dashboard.AddDomainAsync($"d{i}.fleet.test");
        }
    }

    private static IDisposable Count(TestDashboard dashboard, ConcurrentBag<int> audits) =>
        dashboard.Get<ChangeFeed>().Subscribe(c =>
        {
            if (c.DomainId is { } id)
            {
                audits.Add(id);
            }
        });

    private static Task AllAuditedAsync(TestDashboard dashboard) => Eventually.TrueAsync(
        "every domain was audited",
        async token =>
        {
            await using var db = await dashboard.OpenAsync();
            return !await db.Domains.AnyAsync(d => d.LastAuditAt == null, token);
        },
        cancellationToken: Token);

    private static async Task<Worker> WorkAsync(TestDashboard dashboard)
    {
        var scheduler = ActivatorUtilities.CreateInstance<CheckScheduler>(dashboard.Services, NullLogger<CheckScheduler>.Instance);
        await scheduler.StartAsync(Token);
        return new Worker(scheduler);
    }

    private sealed class Worker(BackgroundService service) : IAsyncDisposable
    {
        public bool IsOver => service.ExecuteTask is not { IsCompleted: false };

        public async ValueTask DisposeAsync()
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }
    }
}
