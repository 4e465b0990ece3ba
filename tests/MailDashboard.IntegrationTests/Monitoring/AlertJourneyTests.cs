using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Data;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using static MailDashboard.IntegrationTests.Monitoring.ListingOutcomes;

namespace MailDashboard.IntegrationTests.Monitoring;

public sealed class AlertJourneyTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Address = "192.0.2.10";

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Listing_ConfirmedThenGone_SendsTwoThreadedMails(string database)
    {
        await using var dashboard = await StartAsync(database);
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));

        await dashboard.RecordAsync(id, ("blocklists", Listed(Address)));
        Assert.Equal(0, await dashboard.SecondLookAsync());
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal(1, await dashboard.SecondLookAsync());
        await SendAllAsync(dashboard);

        dashboard.Confirmer.Answer = AlertLook.Absent;
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal(1, await dashboard.SecondLookAsync());
        await SendAllAsync(dashboard);

        Assert.Equal(["192.0.2.10 (example.org) is listed on Example BL", "192.0.2.10 (example.org) is no longer listed on Example BL"], sink.Received.Select(m => m.Subject));
        Assert.Equal(sink.Received[0].MessageId, sink.Received[1].InReplyTo);
        Assert.Equal("auto-generated", sink.Received[0].Headers["Auto-Submitted"]);
        Assert.Contains("https://bl.example.test/remove", sink.Received[0].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", sink.Received[0].HtmlBody, StringComparison.Ordinal);
        Assert.Equal(0, await dashboard.ReadAsync(db => db.Domains.Select(d => d.ListingCount).SingleAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Listing_NotConfirmed_IsForgottenAndNobodyIsTold(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));
        await dashboard.RecordAsync(id, ("blocklists", Listed(Address)));
        dashboard.Confirmer.Answer = AlertLook.Absent;
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));

        await dashboard.SecondLookAsync();

        Assert.Equal(0, await dashboard.ReadAsync(db => db.Alerts.CountAsync(Token)));
        Assert.Equal(0, await dashboard.ReadAsync(db => db.Outbox.CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Listing_Undetermined_NeitherOpensNorResolves(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));
        await dashboard.RecordAsync(id, ("blocklists", Listed(Address)));
        dashboard.Confirmer.Answer = AlertLook.Undetermined;
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        await dashboard.SecondLookAsync();
        Assert.Equal(AlertStatus.Pending, await StatusAsync(dashboard));

        dashboard.Confirmer.Answer = AlertLook.Present;
        dashboard.Time.Advance(TimeSpan.FromMinutes(6));
        await dashboard.SecondLookAsync();
        Assert.Equal(AlertStatus.Open, await StatusAsync(dashboard));

        await dashboard.RecordAsync(id, ("blocklists", Unknown(Address)));
        Assert.Equal(AlertStatus.Open, await StatusAsync(dashboard));
        Assert.NotNull(await dashboard.ReadAsync(db => db.Findings.Where(f => f.ResolvedAt == null).Select(f => f.UndeterminedSince).SingleAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task FortyDomains_BehindOneAddress_AreOneAlertThatNamesThem(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25, language: "fr");
        var ids = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            ids.Add(await dashboard.AddDomainAsync($"d{i:00}.example.org"));
            await dashboard.RecordAsync(ids[i], ("blocklists", Clean(Address)));
        }

        // Two processes at once, as it happens: the alert is the same.
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (id, _) => await dashboard.RecordAsync(id, ("blocklists", Listed(Address))));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        await dashboard.SecondLookAsync();

        var mail = await dashboard.ReadAsync(db => db.Outbox.SingleAsync(Token));
        Assert.All(ids.Index(), i => Assert.Contains($"d{i.Index:00}.example.org", mail.TextBody, StringComparison.Ordinal));
        Assert.Contains("figure sur", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(1, dashboard.Confirmer.Looks);
        Assert.Equal(40, await dashboard.ReadAsync(db => db.Domains.SumAsync(d => d.ListingCount, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task FirstAudit_WithThreeListings_IsOneSummary(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");

        await dashboard.RecordAsync(id, ("blocklists", Listed("192.0.2.1", "192.0.2.2", "2001:db8::1")));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        await dashboard.SecondLookAsync();

        var mail = await dashboard.ReadAsync(db => db.Outbox.SingleAsync(Token));
        Assert.Equal("example.org: 3 blocklist entries found at the first check", mail.Subject);
        Assert.Equal(3, await dashboard.ReadAsync(db => db.Alerts.CountAsync(a => a.Status == AlertStatus.Open && a.FromFirstAudit, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Listing_BackWithinTheHour_WaitsForTheHour(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));
        await LookAsync(Listed(Address), AlertLook.Present);
        await LookAsync(Clean(Address), AlertLook.Absent);
        Assert.Equal(2, await dashboard.ReadAsync(db => db.Outbox.CountAsync(Token)));

        await LookAsync(Listed(Address), AlertLook.Present);
        Assert.Equal(2, await dashboard.ReadAsync(db => db.Outbox.CountAsync(Token)));

        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.SecondLookAsync();
        Assert.Equal(3, await dashboard.ReadAsync(db => db.Outbox.CountAsync(Token)));

        async Task LookAsync(MailDashboard.Checks.CheckOutcome outcome, AlertLook second)
        {
            await dashboard.RecordAsync(id, ("blocklists", outcome));
            dashboard.Confirmer.Answer = second;
            dashboard.Time.Advance(TimeSpan.FromSeconds(91));
            await dashboard.SecondLookAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Domain_Deleted_ClosesItsAlertWithoutAMessage(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));
        await dashboard.RecordAsync(id, ("blocklists", Listed(Address)));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        await dashboard.SecondLookAsync();

        await dashboard.Get<DomainDirectory>().DeleteAsync(id, Token);
        await dashboard.SecondLookAsync();

        Assert.Equal(AlertStatus.Resolved, await StatusAsync(dashboard));
        Assert.Equal(1, await dashboard.ReadAsync(db => db.Outbox.CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Outbox_DroppedBetween250AndOurCommit_SendsACopyWithTheSameMessageId(string database)
    {
        await using var dashboard = await StartAsync(database);
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Listed(Address)));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        await dashboard.SecondLookAsync();

        var drop = true;
        sink.Behaviour = (stage, _) => Task.FromResult(drop && stage == SmtpStage.EndOfData ? SmtpMove.Drop : SmtpMove.Usual);
        Assert.True(await dashboard.Get<OutboxSender>().SendOneAsync(Token));
        Assert.False(await dashboard.Get<OutboxSender>().SendOneAsync(Token));
        drop = false;
        dashboard.Time.Advance(TimeSpan.FromMinutes(2));
        await SendAllAsync(dashboard);

        Assert.Equal(2, sink.Received.Count);
        Assert.Single(sink.Received.Select(m => m.MessageId).Distinct());
        Assert.Equal(1, await dashboard.ReadAsync(db => db.Outbox.CountAsync(m => m.SentAt != null && m.Attempts == 2, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Outbox_RecipientRefusedForGood_IsGivenUpVisibly(string database)
    {
        await using var dashboard = await StartAsync(database);
        await using var sink = SmtpSink.Start();
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.Recipient ? SmtpMove.Say("550 5.1.1 no such user") : SmtpMove.Usual);
        await dashboard.TellAsync(sink.EndPoint.Port);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Listed(Address)));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        await dashboard.SecondLookAsync();

        await SendAllAsync(dashboard);

        var health = await dashboard.Get<OutboxStatus>().GetAsync(Token);
        Assert.Equal((1, 0), (health.AbandonedCount, health.WaitingCount));
        Assert.Contains("no such user", health.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outbox_DatabaseAwayBetween250AndOurCommit_SendsNoCopy()
    {
        await using var own = await PostgresServer.StartAsync(Token);
        await using var sink = SmtpSink.Start();
        await using var dashboard = await TestDashboard.StartAsync(await own.CreateDatabaseAsync(Token), time: TimeProvider.System);
        await dashboard.TellAsync(sink.EndPoint.Port);
        await dashboard.Get<OutboxQueue>().AddAsync(Message(TimeProvider.System.GetUtcNow()), Token);
        var stopped = new TaskCompletionSource();
        sink.Behaviour = async (stage, _) =>
        {
            if (stage == SmtpStage.EndOfData)
            {
                await own.StopAsync();
                stopped.SetResult();
            }

            return SmtpMove.Usual;
        };

        var sending = dashboard.Get<OutboxSender>().SendOneAsync(Token);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await own.RestartAsync(Token);

        Assert.True(await sending);
        Assert.NotNull((await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token))).SentAt);
        Assert.False(await dashboard.Get<OutboxSender>().SendOneAsync(Token));
        Assert.Single(sink.Received);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Outbox_RelayDeniedOrGivenUp_KeepsTheAlertAndShowsTheBanner(string database)
    {
        await using var dashboard = await StartAsync(database);
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port);
        await dashboard.Get<OutboxQueue>().AddAsync(Message(dashboard.Time.GetUtcNow()), Token);
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.Recipient ? SmtpMove.Say("554 5.7.1 <ops@example.test>: Relay access denied") : SmtpMove.Usual);
        await SendAllAsync(dashboard);
        Assert.Equal(1, (await dashboard.Get<OutboxStatus>().GetAsync(Token)).WaitingCount);

        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.Recipient ? SmtpMove.Say("550 5.1.1 no such user") : SmtpMove.Usual);
        dashboard.Time.Advance(TimeSpan.FromMinutes(59));
        await SendAllAsync(dashboard);
        Assert.False((await dashboard.Get<OutboxStatus>().GetAsync(Token)).IsFailing);
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await dashboard.Get<OutboxStatus>().GetAsync(Token)).IsFailing);

        sink.Behaviour = (_, _) => Task.FromResult(SmtpMove.Usual);
        await dashboard.Get<OutboxQueue>().AddAsync(Message(dashboard.Time.GetUtcNow()), Token);
        await SendAllAsync(dashboard);
        Assert.False((await dashboard.Get<OutboxStatus>().GetAsync(Token)).IsFailing);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Listing_RestartBetweenTheTwoLooks_IsToldOnce(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("restart");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        await using (var first = await TestDashboard.StartAsync(connection, folder, clock))
        {
            await first.TellAsync(25);
            var id = await first.AddDomainAsync("example.org");
            await first.RecordAsync(id, ("blocklists", Clean(Address)));
            await first.RecordAsync(id, ("blocklists", Listed(Address)));
            Assert.Equal(0, await first.ReadAsync(db => db.Outbox.CountAsync(Token)));
        }

        clock.Advance(TimeSpan.FromSeconds(91));
        await using (var second = await TestDashboard.StartAsync(connection, folder, clock))
        {
            Assert.Equal(1, await second.SecondLookAsync());
        }

        await using var third = await TestDashboard.StartAsync(connection, folder, clock);
        Assert.Equal(0, await third.SecondLookAsync());
        Assert.Equal(1, await third.ReadAsync(db => db.Outbox.CountAsync(Token)));
        Assert.Equal(AlertStatus.Open, await StatusAsync(third));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task SecondLook_OneListThatHangsAndOneThatFails_DelayNobody(string database)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var id = await dashboard.AddDomainAsync("example.org");
        await dashboard.RecordAsync(id, ("blocklists", Clean(Address)));
        await dashboard.RecordAsync(id, ("blocklists", Listed("192.0.2.1", "192.0.2.2", "192.0.2.3")));
        dashboard.Time.Advance(TimeSpan.FromSeconds(91));
        var hanging = new TaskCompletionSource<AlertLook>();
        dashboard.Confirmer.Look = listing => listing.Name == "192.0.2.1" ? hanging.Task
            : listing.Name == "192.0.2.2" ? throw new InvalidOperationException("defect")
            : Task.FromResult(AlertLook.Present);

        var round = dashboard.SecondLookAsync();
        await Eventually.TrueAsync("the one that answers is open", _ => dashboard.ReadAsync(db => db.Alerts.AnyAsync(a => a.Status == AlertStatus.Open, Token)), cancellationToken: Token);
        hanging.SetResult(AlertLook.Undetermined);
        Assert.Equal(3, await round);

        Assert.Contains("192.0.2.3", (await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token))).Subject, StringComparison.Ordinal);
        Assert.Equal(2, await dashboard.ReadAsync(db => db.Alerts.CountAsync(a => a.Status == AlertStatus.Pending, Token)));
    }

    private static OutboxMessage Message(DateTimeOffset now) => new()
    {
        Kind = "listed", Recipient = "ops@example.test", Subject = "listed", TextBody = "x", HtmlBody = "<p>x</p>",
        MessageId = MailDashboard.Mail.Sending.OutgoingMime.NewMessageId("dash.example"), CreatedAt = now, NextAttemptAt = now,
    };

    private static Task<AlertStatus> StatusAsync(TestDashboard dashboard) => dashboard.ReadAsync(db => db.Alerts.Select(a => a.Status).SingleAsync(Token));

    private static async Task SendAllAsync(TestDashboard dashboard)
    {
        while (await dashboard.Get<OutboxSender>().SendOneAsync(Token))
        {
        }
    }
}
