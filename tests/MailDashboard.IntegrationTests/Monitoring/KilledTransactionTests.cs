using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using static MailDashboard.IntegrationTests.Monitoring.ListingOutcomes;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>
/// Kill -9 inside each transaction that decides what people are told, and right after its commit: everybody is told once. What happens
/// between a server's 250 and our commit is in <see cref="KillTests"/>.
/// </summary>
public sealed class KilledTransactionTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Domain = "d.fleet.test";
    private static readonly string[] Readers = ["chef@example.test", "ops@example.test"];

    public static TheoryData<string, string> Places { get; } = new MatrixTheoryData<string, string>(["sqlite", "postgres"], ["outbox", "alert_notices"]);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Notices_KilledInsideTheirTransaction_TellEverybodyOnce(string database, string table)
    {
        await using var scene = await OpenedAsync(database);
        await using var trap = await TransactionTrap.SetAsync(scene.Dashboard, table);
        await using (var first = scene.StartChild())
        {
            await trap.CaughtAsync();
            await first.KillAsync();
        }

        await trap.OpenAsync();
        Assert.Equal((0, 0, 1), await scene.ReadAsync(async db =>
            (await db.Outbox.CountAsync(Token), await db.AlertNotices.CountAsync(Token), await db.Alerts.CountAsync(a => a.NoticeDueAt != null, Token))));

        await TellsOnceAsync(scene, Readers);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Notices_KilledRightAfterTheirCommit_TellEverybodyOnce(string database)
    {
        await using var scene = await OpenedAsync(database);
        await scene.KillAfterAsync(db => db.Outbox.AnyAsync(Token));

        var written = await scene.ReadAsync(db => db.Outbox.Select(m => m.CreatedAt).ToListAsync(Token));
        Assert.Equal(Readers.Length, written.Count);
        Assert.All(await scene.ReadAsync(db => db.AlertNotices.Select(n => n.ToldAt).ToListAsync(Token)), told => Assert.Equal(written[0], told));
        await TellsOnceAsync(scene, Readers);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Report_KilledInsideItsTransaction_IsSentOnce(string database)
    {
        await using var scene = await SubscribedAsync(database);
        var due = await scene.ReadAsync(db => db.ReportSubscriptions.Select(s => s.NextAt).SingleAsync(Token));
        await using var trap = await TransactionTrap.SetAsync(scene.Dashboard, "outbox");
        await using (var first = scene.StartChild())
        {
            await trap.CaughtAsync();
            await first.KillAsync();
        }

        await trap.OpenAsync();
        Assert.Equal((0, due, null), await scene.ReadAsync(async db =>
            (await db.Outbox.CountAsync(Token), await db.ReportSubscriptions.Select(s => s.NextAt).SingleAsync(Token), await db.ReportSubscriptions.Select(s => s.LastAt).SingleAsync(Token))));

        await TellsOnceAsync(scene, ["boss@example.test"]);
        Assert.True(await scene.ReadAsync(db => db.ReportSubscriptions.AllAsync(s => s.NextAt > due && s.LastAt != null, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Report_KilledRightAfterItsCommit_IsSentOnce(string database)
    {
        await using var scene = await SubscribedAsync(database);
        await scene.KillAfterAsync(db => db.Outbox.AnyAsync(Token));

        Assert.True(await scene.ReadAsync(db => db.ReportSubscriptions.AllAsync(s => s.LastAt != null, Token)));
        await TellsOnceAsync(scene, ["boss@example.test"]);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Audit_KilledInsideItsTransaction_OpensAndTellsOnce(string database)
    {
        await using var scene = await BrokenAsync(database);
        var before = await scene.ReadAsync(db => db.Domains.AsNoTracking().SingleAsync(Token));
        await using var trap = await TransactionTrap.SetAsync(scene.Dashboard, "alerts");
        await using (var first = scene.StartChild())
        {
            await trap.CaughtAsync();
            await first.KillAsync();
        }

        await trap.OpenAsync();
        Assert.Equal((before.LastAuditAt, 0, 0), await scene.ReadAsync(async db =>
            (await db.Domains.Select(d => d.LastAuditAt).SingleAsync(Token), await db.Findings.CountAsync(Token), await db.Alerts.CountAsync(a => a.Family == "spf", Token))));

        await TellsOnceAsync(scene, ["ops@example.test"]);
        Assert.Single(await scene.ReadAsync(db => db.Alerts.Where(a => a.Family == "spf").ToListAsync(Token)));
        Assert.True(await scene.ReadAsync(db => db.Domains.AllAsync(d => d.LastAuditAt > before.LastAuditAt, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Audit_KilledRightAfterItsCommit_OpensAndTellsOnce(string database)
    {
        await using var scene = await BrokenAsync(database);
        await scene.KillAfterAsync(db => db.Alerts.AnyAsync(a => a.Family == "spf", Token));

        Assert.True(await scene.ReadAsync(db => db.Findings.AnyAsync(f => f.Family == "spf" && f.ResolvedAt == null, Token)));
        await TellsOnceAsync(scene, ["ops@example.test"]);
        Assert.Single(await scene.ReadAsync(db => db.Alerts.Where(a => a.Family == "spf").ToListAsync(Token)));
    }

    /// <summary>A process that is started now sends what is left, and nothing besides.</summary>
    private static async Task TellsOnceAsync(Scene scene, string[] readers)
    {
        await scene.EndLeasesAsync();
        await using var second = scene.StartChild();
        await Eventually.TrueAsync("everybody was told", _ => scene.ReadAsync(async db => await db.Outbox.CountAsync(m => m.SentAt != null, Token) >= readers.Length), cancellationToken: Token);

        Assert.Equal(readers, scene.Sink.Received.Select(m => m.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));
        Assert.Equal(readers.Length, await scene.ReadAsync(db => db.Outbox.CountAsync(Token)));
    }

    /// <summary>A confirmed listing that two people are to be told of.</summary>
    private async Task<Scene> OpenedAsync(string database)
    {
        var scene = await Scene.StartAsync(await ConnectionAsync(database), TimeSpan.FromMinutes(5));
        var dashboard = scene.Dashboard;
        await dashboard.TellAsync(scene.Sink.EndPoint.Port);
        await dashboard.TellAsync(scene.Sink.EndPoint.Port, "chef@example.test", "fr");
        var id = await dashboard.AddDomainAsync(Domain);
        await dashboard.RecordAsync(id, ("blocklists", Clean("192.0.2.10")));
        await dashboard.RecordAsync(id, ("blocklists", Listed("192.0.2.10")));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        Assert.Equal(1, await dashboard.Get<DueAlerts>().RunAsync(Token));
        await scene.ScheduleAsync(isDue: false);
        return scene;
    }

    /// <summary>A weekly report whose time came while nobody ran.</summary>
    private async Task<Scene> SubscribedAsync(string database)
    {
        var scene = await Scene.StartAsync(await ConnectionAsync(database), TimeSpan.FromDays(8));
        await scene.Dashboard.TellAsync(scene.Sink.EndPoint.Port);
        Assert.Equal(SubscriptionChange.Done, await scene.Dashboard.Get<SubscriptionStore>().AddAsync(new SubscriptionDraft(ReportKind.Weekly, "boss@example.test", "en", "", 7, "UTC"), Token));
        return scene;
    }

    /// <summary>A domain that was well, is due, and has two SPF records by now; a rule tells of that at the first look.</summary>
    private async Task<Scene> BrokenAsync(string database)
    {
        var scene = await Scene.StartAsync(await ConnectionAsync(database), TimeSpan.FromMinutes(5));
        var dashboard = scene.Dashboard;
        await dashboard.TellAsync(scene.Sink.EndPoint.Port);
        var rules = dashboard.Get<RuleStore>();
        foreach (var shipped in await rules.ListAsync(Token))
        {
            await rules.DeleteAsync(shipped.Id, Token);
        }

        var terms = new RuleTerms { Topic = RuleTopic.Finding, MinimumSeverity = Severity.Error, Families = ["spf"], ConfirmAfter = 1, ResolveAfter = 1 };
        var channel = (await rules.ChannelsAsync(Token))[0].Id;
        Assert.Empty((await rules.SaveAsync(null, new RuleDraft("ours", true, terms, [channel]), Token)).Problems);
        await dashboard.RecordAsync(await dashboard.AddDomainAsync(Domain), RuleJourneyTests.Spf(false));
        await scene.ScheduleAsync(isDue: true);
        return scene;
    }

    /// <summary>A database as a process left it some time ago, by the real clock, and the servers that a process finds.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly ServerFolder _folder = new("killed");
        private readonly KnotServer _knot;
        private readonly string? _connection;
        private bool _isDead;

        private Scene(KnotServer knot, string? connection) => (_knot, _connection) = (knot, connection);

        public SmtpSink Sink { get; } = SmtpSink.Start();

        public TestDashboard Dashboard { get; private set; } = null!;

        public static async Task<Scene> StartAsync(string? connection, TimeSpan ago)
        {
            var knot = await KnotServer.StartAsync([new KnotZone("fleet.test", "d TXT \"v=spf1 -all\"\nd TXT \"v=spf1 ~all\"")], cancellationToken: Token);
            var scene = new Scene(knot, connection);
            scene.Dashboard = await TestDashboard.StartAsync(connection, scene._folder, new FakeTimeProvider(TimeProvider.System.GetUtcNow() - ago));
            return scene;
        }

        /// <summary>It does not wait for seconds whether there is more to tell.</summary>
        public ChildDashboard StartChild() => ChildDashboard.Start(_folder, _connection, _knot.EndPoint.ToString(), environment: ("MailDashboard__Alerting__SecondLookSeconds", "1"));

        public Task<T> ReadAsync<T>(Func<DashboardContext, Task<T>> read) => Dashboard.ReadAsync(read);

        /// <summary>Starts a process and kills it as soon as that can be read; until then no message gets out.</summary>
        public async Task KillAfterAsync(Func<DashboardContext, Task<bool>> isCommitted)
        {
            Sink.Behaviour = (_, _) => Task.FromResult(_isDead ? SmtpMove.Usual : SmtpMove.Drop);
            await using var first = StartChild();
            await Eventually.TrueAsync("it is committed", _ => ReadAsync(isCommitted), cancellationToken: Token);
            await first.KillAsync();
            _isDead = true;
            Assert.Empty(Sink.Received);
        }

        /// <summary>Has the DNS of every domain due now, or nothing for a year.</summary>
        public async Task ScheduleAsync(bool isDue)
        {
            var (soon, later) = (isDue ? Dashboard.Time.GetUtcNow() : Dashboard.Time.GetUtcNow().AddYears(1), Dashboard.Time.GetUtcNow().AddYears(1));
            await using var db = await Dashboard.OpenAsync();
            await db.Domains.ExecuteUpdateAsync(
                s => s.SetProperty(d => d.NextDnsAt, soon).SetProperty(d => d.NextConnectionAt, later).SetProperty(d => d.NextBlocklistAt, later).SetProperty(d => d.NextDueAt, soon), Token);
        }

        /// <summary>What ends by itself in minutes.</summary>
        public async Task EndLeasesAsync()
        {
            var now = TimeProvider.System.GetUtcNow();
            await using var db = await Dashboard.OpenAsync();
            await db.Domains.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null), Token);
            await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null).SetProperty(m => m.NextAttemptAt, now), Token);
        }

        public async ValueTask DisposeAsync()
        {
            await Dashboard.DisposeAsync();
            await Sink.DisposeAsync();
            await _knot.DisposeAsync();
            _folder.Dispose();
        }
    }
}
