using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Placement;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring.Mailboxes;

/// <summary>Placement through a real Postfix, filed by a real Dovecot's sieve. Each seed has a filter of its own.</summary>
public sealed class PlacementTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_ToSeedsThatFileDifferently_SaysWhereAndCleansUp(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var seeds = new List<int>();
        foreach (var user in new[] { "inbox", MailboxServer.JunkUser, MailboxServer.FolderUser, MailboxServer.DiscardUser })
        {
            seeds.Add(await SeedAsync(world, user));
        }

        await world.SendAsync($"inbox@{MailboxServer.Domain}", "private");
        var run = await StartAsync(world, seeds);

        var ended = await EndAsync(world, run);

        Assert.Equal([Placement.Inbox, Placement.Spam, Placement.Elsewhere, Placement.Missing], seeds.Select(s => ended.Seeds.Single(x => x.MailboxId == s).Placement));
        Assert.Equal(MailboxServer.Folder, ended.Seeds.Single(s => s.MailboxId == seeds[2]).Folder);
        Assert.All(ended.Seeds.Where(s => s.Placement != Placement.Missing), s => Assert.NotNull(s.Took));
        Assert.Equal(["private"], await world.Mailboxes.SubjectsAsync("inbox", cancellationToken: Token));
        Assert.Empty(await world.Mailboxes.SubjectsAsync(MailboxServer.JunkUser, "Junk", Token));
        Assert.Empty(await world.Mailboxes.SubjectsAsync(MailboxServer.FolderUser, MailboxServer.Folder, Token));
        Assert.Equal(3, await world.Dashboard.ReadAsync(db => db.PlacementResults.CountAsync(r => r.RemovedAt != null, Token)));
    }

    [Fact]
    public async Task Run_DelayedMessage_IsWaitedFor()
    {
        var parameters = new Dictionary<string, string> { ["defer_transports"] = "lmtp", ["minimal_backoff_time"] = "1s", ["maximal_backoff_time"] = "2s", ["queue_run_delay"] = "1s" };
        await using var world = await MailboxWorld.StartAsync(null, postfix: new PostfixSettings { Parameters = parameters });
        var run = await StartAsync(world, [await SeedAsync(world, "inbox")]);
        for (var i = 0; i < 5; i++)
        {
            await RoundAsync(world, TimeSpan.FromMinutes(1));
        }

        Assert.Equal(Placement.Waiting, (await ReadAsync(world, run)).Seeds[0].Placement);
        await world.DeliverAgainAsync();

        Assert.Equal(Placement.Inbox, (await EndAsync(world, run, TimeSpan.FromSeconds(20))).Seeds[0].Placement);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_MailboxThatCannotTell_IsUnknownAndNeverMissing(bool isAway)
    {
        await using var world = await MailboxWorld.StartAsync(null);
        var seed = isAway
            ? await SeedAsync(world, "inbox")
            : await SeedAsync(world, MailboxServer.JunkUser, d => d with { Protocol = MailboxProtocol.Pop3, Port = world.Mailboxes.Pop3.Port });
        var run = await StartAsync(world, [seed]);
        await RoundAsync(world, TimeSpan.Zero);
        if (isAway)
        {
            await world.Postfix.DeliveredAsync(Token);
            await world.Mailboxes.StopAsync();
            await using var db = await world.Dashboard.OpenAsync();
            await db.PlacementResults.ExecuteUpdateAsync(s => s.SetProperty(r => r.Placement, Placement.Waiting).SetProperty(r => r.Folder, (string?)null), Token);
            await db.PlacementRuns.ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, (DateTimeOffset?)null), Token);
        }

        var ended = (await EndAsync(world, run)).Seeds[0];
        Assert.Equal((Placement.Unknown, !isAway), (ended.Placement, ended.IsNotInInbox));
    }

    [Fact]
    public async Task Run_BeyondTheProfilesLimit_IsSentAsItAllows()
    {
        await using var world = await MailboxWorld.StartAsync(null);
        int[] seeds = [await SeedAsync(world, "a"), await SeedAsync(world, "b")];
        var run = await StartAsync(world, seeds, await world.AddProfileAsync(p => p with { Limits = new(PerMinute: 1) }));
        await RoundAsync(world, TimeSpan.FromSeconds(1));

        Assert.Equal(1, await world.Dashboard.ReadAsync(db => db.PlacementResults.CountAsync(r => r.SentAt != null, Token)));
        Assert.Equal([Placement.Inbox, Placement.Inbox], (await EndAsync(world, run, TimeSpan.FromSeconds(30))).Seeds.Select(s => s.Placement));
    }

    [Fact]
    public async Task Run_ServerThatRefuses_WasNotSent()
    {
        await using var world = await MailboxWorld.StartAsync(null, postfix: new PostfixSettings { Parameters = new Dictionary<string, string> { ["smtpd_recipient_restrictions"] = "reject" } });
        var run = await StartAsync(world, [await SeedAsync(world, "inbox")]);

        var seed = (await EndAsync(world, run)).Seeds[0];

        Assert.Equal(Placement.NotSent, seed.Placement);
        Assert.StartsWith("Recipient: 554", seed.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Message_FoundAndNotTakenOutByAKilledProcess_IsTakenOutByTheNext(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var run = await StartAsync(world, [await SeedAsync(world, "inbox")]);
        await world.Dashboard.Get<PlacementRounds>().RunAsync(Token);
        await Eventually.TrueAsync("it is there", async _ => (await world.Mailboxes.SubjectsAsync("inbox", cancellationToken: Token)).Count == 1, cancellationToken: Token);
        await using (var db = await world.Dashboard.OpenAsync())
        {
            await db.PlacementResults.ExecuteUpdateAsync(s => s.SetProperty(r => r.Placement, Placement.Inbox), Token);
        }

        await world.RestartAsync();
        await EndAsync(world, run);

        await world.RoundsAsync("it is taken out", async () => (await world.Mailboxes.SubjectsAsync("inbox", cancellationToken: Token)).Count == 0);
        Assert.NotNull((await world.Dashboard.ReadAsync(db => db.PlacementResults.SingleAsync(Token))).RemovedAt);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Plan_DueInTwoRounds_RunsOnceAndThenAtItsInterval(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var plans = world.Dashboard.Get<PlacementPlans>();
        var draft = new PlacementPlanDraft("Daily", await world.AddProfileAsync(), [await SeedAsync(world, "inbox")], 60);
        Assert.Equal([PlacementFault.NoName, PlacementFault.NoMailbox, PlacementFault.BadInterval], await plans.AddAsync(draft with { Name = " ", MailboxIds = [], IntervalMinutes = 1 }, Token));
        Assert.Empty(await plans.AddAsync(draft, Token));

        await RoundAsync(world, TimeSpan.FromMinutes(1));
        await RoundAsync(world, TimeSpan.FromMinutes(60));
        Assert.Equal(1, await world.Dashboard.ReadAsync(db => db.PlacementRuns.CountAsync(Token)));
        await RoundAsync(world, TimeSpan.Zero);

        Assert.Equal(2, await world.Dashboard.ReadAsync(db => db.PlacementRuns.CountAsync(Token)));
        var plan = Assert.Single(await plans.ListAsync(Token));
        Assert.True(plan.IsRoundTrip);
        Assert.NotNull(plan.Last);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task RoundTrip_TwoMessagesLost_OpensIsToldAndEnds(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        await world.Dashboard.TellAsync(world.Postfix.EndPoint.Port);
        var seed = await SeedAsync(world, "inbox");
        Assert.Empty(await world.Dashboard.Get<PlacementPlans>().AddAsync(new PlacementPlanDraft("Round trip", await world.AddProfileAsync(), [seed], 60), Token));
        var plan = (await world.Dashboard.ReadAsync(db => db.PlacementPlans.SingleAsync(Token))).Id;

        await PastAsync(world, plan, seed, Placement.Inbox);
        await PastAsync(world, plan, seed, Placement.Missing);
        Assert.Empty(await AlertsAsync(world));
        await PastAsync(world, plan, seed, Placement.NotSent);
        await world.Dashboard.NoticeAsync();

        var open = Assert.Single(await AlertsAsync(world));
        Assert.Equal(("MON009", AlertStatus.Open, $"Account:Round trip|{plan}"), (open.Code, open.Status, open.SubjectKey));
        await PastAsync(world, plan, seed, Placement.Unknown);
        Assert.Null(Assert.Single(await AlertsAsync(world)).ResolvedAt);
        await PastAsync(world, plan, seed, Placement.Inbox);
        await world.Dashboard.NoticeAsync();

        Assert.NotNull(Assert.Single(await AlertsAsync(world)).ResolvedAt);
        Assert.Equal(["opened", "resolved"], await world.Dashboard.ReadAsync(db => db.Outbox.OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Plan_Changed_KeepsItsRunsComesSoonerAndEndsWhatItNoLongerWatches(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var (plans, seed, other) = (world.Dashboard.Get<PlacementPlans>(), await SeedAsync(world, "inbox"), await SeedAsync(world, "other"));
        var draft = new PlacementPlanDraft("Round trip", await world.AddProfileAsync(), [seed], 60);
        Assert.Empty(await plans.AddAsync(draft, Token));
        var plan = (await world.Dashboard.ReadAsync(db => db.PlacementPlans.SingleAsync(Token))).Id;
        foreach (var placement in new[] { Placement.Inbox, Placement.Missing, Placement.Missing })
        {
            await PastAsync(world, plan, seed, placement);
        }

        Assert.Equal([PlacementFault.NoName], await plans.ChangeAsync(plan, draft with { Name = "" }, Token));
        Assert.Empty(await plans.ChangeAsync(plan, draft with { Name = "Folders", MailboxIds = [seed, other] }, Token));

        var changed = Assert.Single(await plans.ListAsync(Token));
        Assert.Equal(("Folders", 2, false), (changed.Name, changed.Mailboxes.Length, changed.IsRoundTrip));
        Assert.InRange(changed.NextAt, world.Dashboard.Time.GetUtcNow(), world.Dashboard.Time.GetUtcNow().AddMinutes(60));
        Assert.Equal(3, await world.Dashboard.ReadAsync(db => db.PlacementRuns.CountAsync(r => r.PlanId == plan, Token)));
        Assert.NotNull(Assert.Single(await AlertsAsync(world)).ResolvedAt);
        Assert.Empty(await plans.ChangeAsync(plan + 1, draft, Token));
        Assert.Single(await plans.ListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Plan_SpamTwiceAfterTheInbox_OpensAndEndsAnAlert(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var seed = await SeedAsync(world, "inbox");
        Assert.Empty(await world.Dashboard.Get<PlacementPlans>().AddAsync(new PlacementPlanDraft("Daily", await world.AddProfileAsync(), [seed, await SeedAsync(world, "other")], 1440), Token));
        var plan = (await world.Dashboard.ReadAsync(db => db.PlacementPlans.SingleAsync(Token))).Id;

        await PastAsync(world, plan, seed, Placement.Inbox);
        await PastAsync(world, plan, seed, Placement.Spam);
        Assert.Empty(await AlertsAsync(world));
        await PastAsync(world, plan, seed, Placement.Unknown);
        await PastAsync(world, plan, seed, Placement.Spam);

        var open = Assert.Single(await AlertsAsync(world));
        Assert.Equal(("MON008", AlertStatus.Open, $"Account:Daily|{plan}"), (open.Code, open.Status, open.SubjectKey));
        Assert.Contains("inbox", open.EvidenceJson, StringComparison.Ordinal);

        await PastAsync(world, plan, seed, Placement.Inbox);
        Assert.NotNull(Assert.Single(await AlertsAsync(world)).ResolvedAt);
    }

    private static Task<List<Alert>> AlertsAsync(MailboxWorld world) => world.Dashboard.ReadAsync(db => db.Alerts.AsNoTracking().ToListAsync(Token));

    /// <summary>A run of a plan that has come to this, and ends now.</summary>
    private static async Task PastAsync(MailboxWorld world, int plan, int seed, Placement placement)
    {
        world.Dashboard.Time.Advance(TimeSpan.FromHours(1));
        var now = world.Dashboard.Time.GetUtcNow();
        await using (var db = await world.Dashboard.OpenAsync())
        {
            await db.PlacementPlans.ExecuteUpdateAsync(s => s.SetProperty(p => p.NextAt, now.AddDays(1)), Token);
            var run = new PlacementRun { PlanId = plan, StartedAt = now, Until = now };
            run.Results.Add(new PlacementResult { MailboxId = seed, MessageId = Guid.NewGuid().ToString("n"), Placement = placement });
            db.PlacementRuns.Add(run);
            await db.SaveChangesAsync(Token);
        }

        await world.Dashboard.Get<PlacementRounds>().RunAsync(Token);
    }

    private static Task<int> SeedAsync(MailboxWorld world, string user, Func<MailboxDraft, MailboxDraft>? change = null)
    {
        MailboxDraft Seed(MailboxDraft d) => d with { Addressing = TestAddressing.None, IsSeed = true, Name = user };
        return world.AddMailboxAsync(user, d => change?.Invoke(Seed(d)) ?? Seed(d));
    }

    private static async Task<int> StartAsync(MailboxWorld world, IReadOnlyCollection<int> seeds, int? profile = null)
    {
        var (id, fault) = await world.Dashboard.Get<PlacementStore>().StartAsync(profile ?? await world.AddProfileAsync(), seeds, "ada", Token);
        Assert.Null(fault);
        return id!.Value;
    }

    private static async Task<PlacementRunView> ReadAsync(MailboxWorld world, int run) => (await world.Dashboard.Get<PlacementQuery>().FindAsync(run, Token))!;

    private static async Task RoundAsync(MailboxWorld world, TimeSpan step)
    {
        await world.Dashboard.Get<PlacementRounds>().RunAsync(Token);
        await world.Dashboard.Get<MailboxRounds>().RunAsync(Token);
        await world.Dashboard.Get<PlacementRounds>().RunAsync(Token);
        world.Dashboard.Time.Advance(step);
    }

    /// <summary>The clock goes on once what was handed in has been delivered; a few times slowly, so that all is seen before its time is over.</summary>
    private static async Task<PlacementRunView> EndAsync(MailboxWorld world, int run, TimeSpan? step = null)
    {
        PlacementRunView? ended = null;
        var rounds = 0;
        await RoundAsync(world, TimeSpan.Zero);
        await Eventually.TrueAsync(
            "the run has ended",
            async _ =>
            {
                await world.Postfix.DeliveredAsync(Token);
                await RoundAsync(world, step ?? (++rounds < 10 ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(5)));
                ended = await ReadAsync(world, run);
                return ended.EndedAt is not null;
            },
            cancellationToken: Token);
        return ended!;
    }
}
