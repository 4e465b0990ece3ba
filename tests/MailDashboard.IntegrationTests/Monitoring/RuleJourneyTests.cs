using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;
using static MailDashboard.IntegrationTests.Monitoring.ListingOutcomes;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>From what an audit shows to what people are told, by rules: on both databases, with the clock in hand.</summary>
public sealed class RuleJourneyTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string By = "ada@example.org";

    private static readonly FindingDefinition Broken = new("SPF001", Severity.Critical, "RFC 7208 §3");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Critical_SeenTwice_IsToldOnceAndSoIsItsEnd(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await NewDomainAsync(dashboard, "example.org");

        await dashboard.RecordAsync(id, Spf(true, "example.org"));
        Assert.Equal(0, await dashboard.NoticeAsync());
        Assert.Equal(AlertStatus.Pending, await StatusAsync(dashboard));

        // The second look is an audit of its own, made due when its time has come.
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        Assert.Equal(1, await dashboard.Get<DueAlerts>().RunAsync(Token));
        var lease = Assert.Single(await dashboard.Get<DueDomains>().TakeAsync(10, Token));
        Assert.True(lease.IsSecondLook);
        await dashboard.RecordAsync(lease, Spf(true, "example.org"));
        await dashboard.NoticeAsync();
        await dashboard.RecordAsync(id, Spf(true, "example.org"));
        await dashboard.NoticeAsync();
        var told = Assert.Single(await OutboxAsync(dashboard));
        Assert.Equal("opened", told.Kind);

        await dashboard.RecordAsync(id, Spf(false, "example.org"));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        await dashboard.RecordAsync(id, Spf(false, "example.org"));
        await dashboard.NoticeAsync();
        var end = (await OutboxAsync(dashboard))[1];
        Assert.Equal(("resolved", told.MessageId), (end.Kind, end.InReplyTo));
        Assert.StartsWith("Over: ", end.Subject, StringComparison.Ordinal);
        Assert.Equal(2, (await OutboxAsync(dashboard)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Critical_AtTheFirstAudit_IsAnIncidentThatNobodyIsToldOf(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");

        await dashboard.RecordAsync(id, Spf(true, "example.org"));
        dashboard.Time.Advance(TimeSpan.FromDays(9));
        await dashboard.RecordAsync(id, Spf(true, "example.org"));
        await dashboard.NoticeAsync();

        Assert.Equal(AlertStatus.Open, await StatusAsync(dashboard));
        Assert.Empty(await OutboxAsync(dashboard));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Thousand_InOneRound_AreOneMessageARecipientAndAllInTheList(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        await dashboard.TellAsync(25, "chef@example.test", "fr");
        var id = await NewDomainAsync(dashboard, "example.org");
        var selectors = Enumerable.Range(0, 1000).Select(i => $"s{i:0000}.example.org").ToArray();

        await dashboard.RecordAsync(id, Spf(true, selectors));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        await dashboard.RecordAsync(id, Spf(true, selectors));
        await dashboard.NoticeAsync();

        var outbox = await OutboxAsync(dashboard);
        Assert.Equal(["chef@example.test", "ops@example.test"], outbox.Select(m => m.Recipient).Order());
        Assert.All(outbox, m => Assert.True(m is { Kind: "group", HtmlBody.Length: < 200_000 }));
        Assert.Contains("And 960 more", outbox.Single(m => m.Language == "en").TextBody, StringComparison.Ordinal);
        Assert.Equal(1000, (await dashboard.Get<AlertLog>().ListAsync(new AlertFilter(AlertShow.Open), 0, 50, Token)).Total);

        await dashboard.RecordAsync(id, Spf(false, selectors));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        await dashboard.RecordAsync(id, Spf(false, selectors));
        await dashboard.NoticeAsync();
        Assert.Equal(4, (await OutboxAsync(dashboard)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Group_WhatStillComesIn_IsWaitedForAndNotForEver(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var ids = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await NewDomainAsync(dashboard, $"d{i}.example.org"));
            await dashboard.RecordAsync(ids[i], Spf(true, $"d{i}.example.org"));
        }

        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        foreach (var (i, id) in ids.Index())
        {
            await dashboard.RecordAsync(id, Spf(true, $"d{i}.example.org"));
            dashboard.Time.Advance(TimeSpan.FromSeconds(6));
            await dashboard.Get<MailDashboard.Monitoring.Alerting.Notices.NoticeRound>().RunAsync(Token);
        }

        // The rule groups for a minute: the first ten go together, though they came seconds apart, and the rest follows.
        Assert.Single(await OutboxAsync(dashboard));
        await dashboard.NoticeAsync();
        Assert.Equal(2, (await OutboxAsync(dashboard)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Host_BehindManyDomains_IsOneAlertThatEndsWithTheLast(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var ids = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await NewDomainAsync(dashboard, $"d{i}.example.org"));
        }

        for (var round = 0; round < 2; round++)
        {
            foreach (var id in ids)
            {
                await dashboard.RecordAsync(id, Relay(true));
            }

            dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        }

        await dashboard.NoticeAsync();
        var mail = Assert.Single(await OutboxAsync(dashboard));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Contains($"d{i}.example.org", mail.TextBody, StringComparison.Ordinal));

        await dashboard.RecordAsync(ids[0], Relay(false));
        await dashboard.RecordAsync(ids[1], Relay(false));
        Assert.Equal(AlertStatus.Open, await StatusAsync(dashboard));
        await dashboard.RecordAsync(ids[2], Relay(false));
        Assert.Equal(AlertStatus.Resolving, await StatusAsync(dashboard));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        await dashboard.RecordAsync(ids[1], Relay(false));
        await dashboard.NoticeAsync();
        Assert.Equal(["opened", "resolved"], (await OutboxAsync(dashboard)).Select(m => m.Kind));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Maintenance_HoldsWhatFailsMeanwhile_AndTellsWhatIsLeft(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var store = dashboard.Get<MaintenanceStore>();
        var (mended, left) = (await NewDomainAsync(dashboard, "a.example.org"), await NewDomainAsync(dashboard, "b.example.org"));
        Assert.Empty(await store.AddAsync(new MaintenanceDraft("upgrade", dashboard.Time.GetUtcNow(), 60, 0, "UTC", null, [], []), By, Token));
        Assert.NotEmpty(await store.AddAsync(new MaintenanceDraft("", dashboard.Time.GetUtcNow().AddDays(-2), 60, 0, "UTC", null, [], ["no domain"]), By, Token));

        await OpenAsync(dashboard, mended, "a.example.org");
        await OpenAsync(dashboard, left, "b.example.org");
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));
        Assert.Equal(2, await dashboard.ReadAsync(db => db.AlertEvents.CountAsync(e => e.Kind == nameof(IncidentEventKind.Held), Token)));

        await CloseAsync(dashboard, mended, "a.example.org");
        dashboard.Time.Advance(TimeSpan.FromMinutes(61));
        await dashboard.NoticeAsync();
        Assert.Contains("b.example.org", Assert.Single(await OutboxAsync(dashboard)).TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task AtOnce_ChangesWhatIsOpenAndLeavesTheRest_WithALineInTheHistoryOfEach(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await NewDomainAsync(dashboard, "example.org");
        var selectors = Enumerable.Range(1, 4).Select(i => $"s{i}.example.org").ToArray();
        foreach (var there in new[] { selectors, selectors, selectors[1..], selectors[1..] })
        {
            await dashboard.RecordAsync(id, Spf(true, there));
            dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        }

        var ids = await dashboard.ReadAsync(db => db.Alerts.OrderBy(a => a.SubjectKey).Select(a => a.Id).ToListAsync(Token));
        var actions = dashboard.Get<IncidentActions>();
        var until = dashboard.Time.GetUtcNow().AddHours(4);
        Assert.Equal(IncidentChange.Done, await actions.AcknowledgeAsync(ids[1], null, "bob@example.org", Token));

        Assert.Equal(2, await actions.AcknowledgeAsync([.. ids, 9999], By, Token));
        Assert.Equal(3, await actions.MuteAsync(ids, until, By, Token));
        Assert.Equal(0, await actions.MuteAsync(ids, until.AddYears(1), By, Token));

        var alerts = await dashboard.ReadAsync(db => db.Alerts.Include(a => a.Events).OrderBy(a => a.SubjectKey).ToListAsync(Token));
        Assert.Equal([null, "bob@example.org", By, By], alerts.Select(a => a.AcknowledgedBy));
        Assert.Equal([null, until, until, until], alerts.Select(a => a.MutedUntil));
        Assert.Equal(
            [nameof(IncidentEventKind.Acknowledged), nameof(IncidentEventKind.Muted)],
            alerts[3].Events.Where(e => e.Actor == By).OrderBy(e => e.Id).Select(e => e.Kind));
        Assert.DoesNotContain(alerts[0].Events, e => e.Actor is not null);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Acknowledged_RemindsNobody_GivenBackReminds(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await NewDomainAsync(dashboard, "example.org");
        await OpenAsync(dashboard, id, "example.org");
        await dashboard.NoticeAsync();
        var alert = await dashboard.ReadAsync(db => db.Alerts.SingleAsync(Token));
        var actions = dashboard.Get<IncidentActions>();

        Assert.Equal(IncidentChange.Done, await actions.AcknowledgeAsync(alert.Id, "on it\r\nX: y", By, Token));
        dashboard.Time.Advance(TimeSpan.FromHours(100));
        await dashboard.NoticeAsync();
        Assert.Single(await OutboxAsync(dashboard));

        Assert.Equal(IncidentChange.Done, await actions.UnacknowledgeAsync(alert.Id, By, Token));
        await dashboard.NoticeAsync();
        Assert.Equal(["opened", "reminder"], (await OutboxAsync(dashboard)).Select(m => m.Kind));
        Assert.DoesNotContain('\n', (await dashboard.Get<AlertLog>().EventsAsync(alert.Id, Token)).Single(e => e.Kind == nameof(IncidentEventKind.Acknowledged)).Text!);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Muted_TellsNobodyUntilTheEnd(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await NewDomainAsync(dashboard, "example.org");
        await OpenAsync(dashboard, id, "example.org", settle: false);
        var alert = await dashboard.ReadAsync(db => db.Alerts.SingleAsync(Token));
        var actions = dashboard.Get<IncidentActions>();
        Assert.Equal(IncidentChange.BadEnd, await actions.MuteAsync(alert.Id, dashboard.Time.GetUtcNow(), null, By, Token));
        Assert.Equal(IncidentChange.Done, await actions.MuteAsync(alert.Id, dashboard.Time.GetUtcNow().AddHours(2), null, By, Token));
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));

        dashboard.Time.Advance(TimeSpan.FromHours(2));
        await dashboard.NoticeAsync();
        Assert.Single(await OutboxAsync(dashboard));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Undetermined_ForLong_SaysSoAfterItsOwnTime(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await NewDomainAsync(dashboard, "example.org");
        var silent = ("spf", new OutcomeBuilder().CouldNotTell(Subject.Domain("example.org"), Reason.Of("DnsTimeout", "a", "TXT", "b")).Build());
        await dashboard.RecordAsync(id, silent);
        dashboard.Time.Advance(TimeSpan.FromHours(23));
        await dashboard.RecordAsync(id, silent);
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));

        dashboard.Time.Advance(TimeSpan.FromHours(2));
        await dashboard.RecordAsync(id, silent);
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.NoticeAsync();
        Assert.Contains("could not be checked since", Assert.Single(await OutboxAsync(dashboard)).Subject, StringComparison.Ordinal);

        await dashboard.RecordAsync(id, Spf(false, "example.org"));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.NoticeAsync();
        Assert.Equal(2, (await OutboxAsync(dashboard)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Change_ForTheWorse_IsToldAtOnce_AndAnyChangeWhereARuleAsks(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");
        await WatchTests.LookAsync(dashboard, id, WatchTests.Dmarc("v=DMARC1; p=reject"));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await WatchTests.LookAsync(dashboard, id, WatchTests.Dmarc("v=DMARC1; p=none"));
        await dashboard.NoticeAsync();
        Assert.Equal(["CHG002"], await dashboard.ReadAsync(db => db.Alerts.Select(a => a.Code).ToListAsync(Token)));
        Assert.Single(await OutboxAsync(dashboard));

        var channel = (await dashboard.Get<RuleStore>().ChannelsAsync(Token))[0].Id;
        await SaveAsync(dashboard, new RuleTerms { Topic = RuleTopic.Change, OnlyWorse = false, ConfirmAfter = 1 }, channel);
        await WatchTests.LookAsync(dashboard, id, WatchTests.Dmarc("v=DMARC1; p=none; rua=mailto:d@example.org"));
        await dashboard.NoticeAsync();
        var change = await dashboard.ReadAsync(db => db.Alerts.SingleAsync(a => a.Code == "MON005", Token));
        Assert.Equal((AlertStatus.Resolved, 2), (change.Status, (await OutboxAsync(dashboard)).Count));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rule_ByTag_TellsOfNewDomainsThatBearIt_AndItsPreviewSaysWhat(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var rules = dashboard.Get<RuleStore>();
        foreach (var shipped in await rules.ListAsync(Token))
        {
            await rules.DeleteAsync(shipped.Id, Token);
        }

        var channel = (await rules.ChannelsAsync(Token))[0].Id;
        var terms = new RuleTerms { Topic = RuleTopic.Finding, MinimumSeverity = Severity.Error, Tags = ["{{Shop}}"], ConfirmAfter = 1, ResolveAfter = 1 };
        await SaveAsync(dashboard, terms, channel);
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        var (tagged, other) = (await NewDomainAsync(dashboard, "shop.example.org", "{{shop}}"), await NewDomainAsync(dashboard, "other.example.org"));
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));

        await dashboard.RecordAsync(tagged, Spf(true, "shop.example.org"));
        await dashboard.RecordAsync(other, Spf(true, "other.example.org"));
        await dashboard.NoticeAsync();

        Assert.Contains("shop.example.org", Assert.Single(await OutboxAsync(dashboard)).Subject, StringComparison.Ordinal);
        var preview = await dashboard.Get<RulePreview>().PlayAsync(RuleDrafts.Normalise(terms), Token);
        Assert.Equal(("shop.example.org", 1), (Assert.Single(preview.Items).Domain, preview.Messages));
        Assert.Equal(2, (await dashboard.Get<RulePreview>().PlayAsync(terms with { Tags = [] }, Token)).Total);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task TwoRules_WithTwoChannelsOfOneReader_TellHimOnce_AndAnEmptyChannelTellsNobody(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var rules = dashboard.Get<RuleStore>();
        var (second, empty) = await dashboard.ReadAsync(async db =>
        {
            var made = new[] { new NotificationChannel { Kind = ChannelKind.Email, Name = "second" }, new NotificationChannel { Kind = ChannelKind.Email, Name = "empty" } };
            db.NotificationChannels.AddRange(made);
            await db.SaveChangesAsync(Token);
            return (made[0].Id, made[1].Id);
        });
        await dashboard.Get<MailDashboard.Monitoring.Profiles.RecipientStore>().AddAsync("ops@example.test", "fr", second, Token);
        var (_, problems) = await rules.SaveAsync(null, new RuleDraft("ours", true, new RuleTerms { Topic = RuleTopic.Finding }, [second, empty]), Token);
        Assert.Empty(problems);
        var id = await NewDomainAsync(dashboard, "example.org");

        await OpenAsync(dashboard, id, "example.org");
        await dashboard.NoticeAsync();

        Assert.Single(await OutboxAsync(dashboard));
        Assert.Equal(["E-mail", "second"], await dashboard.ReadAsync(db => db.AlertEvents.Where(e => e.Kind == nameof(IncidentEventKind.Told)).Select(e => e.Text).Order().ToListAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rule_Wrong_IsRefusedWithWhatIsWrong(string database)
    {
        await using var dashboard = await StartAsync(database);
        var terms = new RuleTerms
        {
            Families = ["spf", "nonsense"], Codes = ["SPF999"], Domains = ["not a domain"], ConfirmAfter = 0, RemindHours = 99999,
            Quiet = new QuietHours(60, 60, "Mars/Olympus", null),
        };

        var (_, problems) = await dashboard.Get<RuleStore>().SaveAsync(null, new RuleDraft(" ", true, terms, []), Token);

        Assert.Equal(
            [RuleFault.Missing, RuleFault.NoChannel, RuleFault.UnknownFamily, RuleFault.UnknownCode, RuleFault.NotADomain, RuleFault.OutOfRange, RuleFault.OutOfRange, RuleFault.NoQuietTime, RuleFault.UnknownTimeZone],
            problems.Select(p => p.Fault));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task ScoreDrop_IsToldAgainstTheBestOfTheWeek(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var channel = (await dashboard.Get<RuleStore>().ChannelsAsync(Token))[0].Id;
        await SaveAsync(dashboard, new RuleTerms { Topic = RuleTopic.ScoreDrop, ScoreDrop = 10, ConfirmAfter = 1, ResolveAfter = 1 }, channel);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, Graded("full"));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.RecordAsync(id, Graded("none"));
        await dashboard.NoticeAsync();
        Assert.Contains("fell from", Assert.Single(await OutboxAsync(dashboard)).Subject, StringComparison.Ordinal);

        await dashboard.RecordAsync(id, Graded("full"));
        await dashboard.NoticeAsync();
        Assert.Equal(2, (await OutboxAsync(dashboard)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task KilledBetweenAnyTwoSteps_ToldOnce(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("steps");
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        int id;
        await using (var first = await TestDashboard.StartAsync(connection, folder, clock))
        {
            await first.TellAsync(25);
            id = await NewDomainAsync(first, "example.org");
            await first.RecordAsync(id, ("blocklists", Clean("192.0.2.10")));
            await first.RecordAsync(id, ("blocklists", Listed("192.0.2.10")));
            clock.Advance(TimeSpan.FromSeconds(76));
            await first.Get<DueAlerts>().RunAsync(Token);
        }

        // Decided, not told yet; told, and a third process that finds nothing left to tell.
        await using (var second = await TestDashboard.StartAsync(connection, folder, clock))
        {
            Assert.Empty(await OutboxAsync(second));
            await second.NoticeAsync();
            Assert.Single(await OutboxAsync(second));
        }

        await using var third = await TestDashboard.StartAsync(connection, folder, clock);
        await third.NoticeAsync();
        Assert.Single(await OutboxAsync(third));
    }

    internal static (string Family, CheckOutcome Outcome) Spf(bool isBroken, params string[] names)
    {
        var outcome = new OutcomeBuilder();
        foreach (var name in isBroken ? names : [])
        {
            outcome.Report(new Finding(Broken, Subject.Domain(name), ImmutableArray.Create(new Evidence("record", "v=spf1 <b>{{x}}</b>"))));
        }

        return ("spf", outcome.Build());
    }

    private static (string Family, CheckOutcome Outcome) Relay(bool isOpen)
    {
        var outcome = new OutcomeBuilder();
        if (isOpen)
        {
            outcome.Report(new Finding(new FindingDefinition("SMT012", Severity.Critical, "RFC 5321 §7.9"), Subject.Host("mx.example.net"), ImmutableArray<Evidence>.Empty));
        }

        return ("smtp", outcome.Build());
    }

    private static (string Family, CheckOutcome Outcome) Graded(string level) => ("spf", new OutcomeBuilder().Grade("spf-valid", level).Grade("spf-all", level).Build());

    internal static async Task<int> NewDomainAsync(TestDashboard dashboard, string name, params string[] tags)
    {
        var added = await dashboard.Get<MailDashboard.Monitoring.Domains.DomainDirectory>().AddAsync(name, new MailDashboard.Monitoring.Domains.DomainDraft { Tags = tags }, Token);
        var id = Assert.IsType<MailDashboard.Monitoring.Domains.DomainChange.Done>(added).Id;
        await dashboard.RecordAsync(id, Spf(false, name));
        return id;
    }

    internal static async Task OpenAsync(TestDashboard dashboard, int id, string name, bool settle = true)
    {
        await dashboard.RecordAsync(id, Spf(true, name));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        await dashboard.RecordAsync(id, Spf(true, name));
        dashboard.Time.Advance(settle ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
    }

    internal static async Task CloseAsync(TestDashboard dashboard, int id, string name)
    {
        await dashboard.RecordAsync(id, Spf(false, name));
        dashboard.Time.Advance(TimeSpan.FromSeconds(76));
        await dashboard.RecordAsync(id, Spf(false, name));
    }

    internal static async Task SaveAsync(TestDashboard dashboard, RuleTerms terms, int channel)
    {
        var (id, problems) = await dashboard.Get<RuleStore>().SaveAsync(null, new RuleDraft("ours", true, terms, [channel]), Token);
        Assert.Empty(problems);
        Assert.NotNull(id);
    }

    internal static Task<List<OutboxMessage>> OutboxAsync(TestDashboard dashboard) => dashboard.ReadAsync(db => db.Outbox.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Token));

    private static Task<AlertStatus> StatusAsync(TestDashboard dashboard) => dashboard.ReadAsync(db => db.Alerts.Select(a => a.Status).SingleAsync(Token));
}
