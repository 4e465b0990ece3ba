using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>What is over goes when its time has come; what is current never does. Today is 1 March 2026, 9:00.</summary>
public sealed class RetentionTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Scores_AreThinnedToOneADay_AndTheOldestThatHoldsStays(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (a, b) = (await PortfolioHistoryTests.AddAsync(dashboard, "a.example", 1000), await PortfolioHistoryTests.AddAsync(dashboard, "b.example", 1000));
        await PortfolioHistoryTests.ScoreAsync(
            dashboard, a, (900, 1, "E", 3), (800, 2, "E", 3), (500, 3, "E", 3), (500, 4, "E", 3), (500, 5, "E", 3), (400, 6, "E", 3), (10, 7, "E", 3), (10, 8, "E", 3));
        await PortfolioHistoryTests.ScoreAsync(dashboard, b, (990, 9, "E", 3));

        Assert.True(await dashboard.Get<RetentionSweep>().RunAsync(Enough, Token));

        var left = await dashboard.ReadAsync(db => db.Scores.OrderBy(s => s.DomainId).ThenBy(s => s.At).Select(s => s.Value).ToListAsync(Token));
        Assert.Equal([2, 5, 6, 7, 8, 9], left);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WhatIsOver_Goes_AndWhatIsCurrentStays(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await PortfolioHistoryTests.AddAsync(dashboard, "a.example", 1000);
        var (old, recent) = (dashboard.Time.GetUtcNow().AddDays(-800), dashboard.Time.GetUtcNow().AddDays(-100));
        await using (var db = await dashboard.OpenAsync())
        {
            db.Findings.AddRange(
                PortfolioHistoryTests.Finding(id, "SPF001", Severity.Error, old, old.AddDays(1)),
                PortfolioHistoryTests.Finding(id, "SPF002", Severity.Error, old, recent),
                PortfolioHistoryTests.Finding(id, "SPF003", Severity.Error, old, null));
            db.Records.AddRange(Record(id, "a", old.AddDays(1)), Record(id, "b", recent), Record(id, "c", null));
            db.ChangeEvents.AddRange(Change(id, old, null, false), Change(id, old, "CHG001", true), Change(id, old, "CHG002", false), Change(id, recent, null, false));
            var gone = PortfolioHistoryTests.Listing("192.0.2.1|x", old, old.AddDays(1), id);
            db.Alerts.AddRange(gone, PortfolioHistoryTests.Listing("192.0.2.2|x", old, recent, id), PortfolioHistoryTests.Listing("192.0.2.3|x", old, null, id));
            db.Outbox.AddRange(Message("sent", old, s => s.SentAt = old), Message("given-up", old, s => s.AbandonedAt = old), Message("waits", old, _ => { }), Message("recent", old, s => s.SentAt = recent));
            db.PortfolioDays.Add(new PortfolioDay { Day = new DateOnly(2020, 1, 1), Tag = "", GradesJson = "{}" });
            await db.SaveChangesAsync(Token);
            db.AlertEvents.Add(new AlertEvent { AlertId = gone.Id, At = old, Kind = "opened" });
            db.AlertNotices.Add(new AlertNotice { AlertId = gone.Id, RuleId = await db.NotificationRules.Select(r => r.Id).FirstAsync(Token) });
            await db.SaveChangesAsync(Token);
        }

        Assert.True(await dashboard.Get<RetentionSweep>().RunAsync(Enough, Token));

        await using var after = await dashboard.OpenAsync();
        Assert.Equal(["SPF002", "SPF003"], await after.Findings.OrderBy(f => f.Code).Select(f => f.Code).ToListAsync(Token));
        Assert.Equal(["b", "c"], await after.Records.OrderBy(r => r.Name).Select(r => r.Name).ToListAsync(Token));
        Assert.Equal([(false, "CHG002"), (true, null)], (await after.ChangeEvents.OrderBy(e => e.At).ToListAsync(Token)).Select(e => (e.At > old, e.Code)));
        Assert.Equal(2, await after.Alerts.CountAsync(Token));
        Assert.Equal(2, await after.AlertDomains.CountAsync(Token));
        Assert.Equal((0, 0), (await after.AlertEvents.CountAsync(Token), await after.AlertNotices.CountAsync(Token)));
        Assert.Equal(["recent", "waits"], await after.Outbox.OrderBy(m => m.MessageId).Select(m => m.MessageId).ToListAsync(Token));
        Assert.Equal(1, await after.PortfolioDays.CountAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Sweep_IsBounded_AndGoesOnWhereItStopped(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await PortfolioHistoryTests.AddAsync(dashboard, "a.example", 1000);
        await PortfolioHistoryTests.ScoreAsync(dashboard, id, (900, 1, "E", 3), (899, 2, "E", 3));
        await using (var db = await dashboard.OpenAsync())
        {
            db.Outbox.AddRange(Enumerable.Range(0, 700).Select(i => Message($"m{i}", dashboard.Time.GetUtcNow(), m => m.SentAt = dashboard.Time.GetUtcNow().AddDays(-900))));
            await db.SaveChangesAsync(Token);
        }

        var sweep = dashboard.Get<RetentionSweep>();
        var rounds = new List<(bool Done, int Scores, int Messages)>();
        for (var done = false; !done;)
        {
            done = await sweep.RunAsync(TimeSpan.Zero, Token);
            rounds.Add((done, await dashboard.ReadAsync(db => db.Scores.CountAsync(Token)), await dashboard.ReadAsync(db => db.Outbox.CountAsync(Token))));
        }

        Assert.Equal([(false, 1, 700), (false, 1, 200), (false, 1, 0), (true, 1, 0)], rounds);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Setting_IsKept_AndDecides(string database)
    {
        await using var dashboard = await StartAsync(database);
        var id = await PortfolioHistoryTests.AddAsync(dashboard, "a.example", 1000);
        await using (var db = await dashboard.OpenAsync())
        {
            db.Findings.Add(PortfolioHistoryTests.Finding(id, "SPF001", Severity.Error, dashboard.Time.GetUtcNow().AddDays(-900), dashboard.Time.GetUtcNow().AddDays(-800)));
            await db.SaveChangesAsync(Token);
        }

        var store = dashboard.Get<SettingsStore>();
        Assert.Single(await store.UpdateAsync(s => s with { RetentionMonths = 121 }, Token));
        Assert.Empty(await store.UpdateAsync(s => s with { RetentionMonths = 36 }, Token));
        await dashboard.Get<RetentionSweep>().RunAsync(Enough, Token);
        Assert.Equal(1, await dashboard.ReadAsync(db => db.Findings.CountAsync(Token)));
        Assert.Empty(await store.UpdateAsync(s => s with { RetentionMonths = 12 }, Token));
        await dashboard.Get<RetentionSweep>().RunAsync(Enough, Token);
        Assert.Equal(0, await dashboard.ReadAsync(db => db.Findings.CountAsync(Token)));
    }

    private static RecordVersion Record(int domain, string name, DateTimeOffset? until) =>
        new() { DomainId = domain, Family = "spf", Name = name, Type = "TXT", ValuesJson = "[]", SeenFrom = DateTimeOffset.UnixEpoch, SeenUntil = until };

    private static ChangeEvent Change(int domain, DateTimeOffset at, string? code, bool isConfirmed) =>
        new() { DomainId = domain, At = at, Name = "a.example", Type = "TXT", BeforeJson = "[]", AfterJson = "[]", Code = code, ConfirmedAt = isConfirmed ? at : null };

    private static OutboxMessage Message(string id, DateTimeOffset at, Action<OutboxMessage> set)
    {
        var message = new OutboxMessage { Kind = "listed", Recipient = "a@example.org", Subject = "", TextBody = "", HtmlBody = "", MessageId = id, CreatedAt = at, NextAttemptAt = at };
        set(message);
        return message;
    }
}
