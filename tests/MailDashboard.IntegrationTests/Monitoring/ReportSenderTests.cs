using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Reports;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

public sealed class ReportSenderTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_WhatIsDue_IsWrittenOnceAndMoved(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SubscribeAsync(dashboard, ReportKind.Monthly, ReportKind.Weekly);
        var sender = dashboard.Get<ReportSender>();

        Assert.Equal(0, await sender.RunAsync(Token));
        dashboard.Time.SetUtcNow(At(4, 1, 7));
        Assert.Equal(2, await sender.RunAsync(Token));
        Assert.Equal(0, await sender.RunAsync(Token));

        var (subscriptions, mails) = await ReadAsync(dashboard);
        Assert.Equal([At(5, 1, 7), At(4, 6, 7)], subscriptions.Select(s => s.NextAt));
        Assert.All(subscriptions, s => Assert.Equal(At(4, 1, 7), s.LastAt));
        Assert.All(mails, m => Assert.Equal(("report", "boss@example.test", null), (m.Kind, m.Recipient, m.ChannelId)));
        Assert.Equal(2, mails.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(["Mail domains, 25 March to 31 March 2026", "Mail domains, March 2026"], mails.Select(m => m.Subject).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_BySeveralAtOnce_IsSentOnce(string database)
    {
        var connection = await ConnectionAsync(database);
        await using var first = await TestDashboard.StartAsync(connection);
        await using var second = connection is null ? null : await TestDashboard.StartAsync(connection, first.Folder);
        await SubscribeAsync(first, ReportKind.Monthly, ReportKind.Weekly);
        first.Time.SetUtcNow(At(4, 6, 7));
        second?.Time.SetUtcNow(At(4, 6, 7));
        var senders = new[] { first, second ?? first, first, second ?? first }.Select(d => d.Get<ReportSender>());

        var written = await Task.WhenAll(senders.Select(s => Task.Run(() => s.RunAsync(Token))));

        Assert.Equal(2, written.Sum());
        Assert.Equal(2, (await ReadAsync(first)).Mails.Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_EndedBetweenMovingAndWriting_IsSentOnceLater(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SubscribeAsync(dashboard, ReportKind.Monthly);
        dashboard.Time.SetUtcNow(At(4, 1, 7));
        await RunSqlAsync(dashboard, database == "postgres"
            ? "CREATE FUNCTION stop() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'stopped'; END $$ LANGUAGE plpgsql; CREATE TRIGGER stop BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION stop();"
            : "CREATE TRIGGER stop BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'stopped'); END;");

        await Assert.ThrowsAsync<AggregateException>(() => dashboard.Get<ReportSender>().RunAsync(Token));
        var (subscriptions, mails) = await ReadAsync(dashboard);
        Assert.Equal((At(4, 1, 7), null), (subscriptions[0].NextAt, subscriptions[0].LastAt));
        Assert.Empty(mails);

        await RunSqlAsync(dashboard, database == "postgres" ? "DROP TRIGGER stop ON outbox;" : "DROP TRIGGER stop;");
        Assert.Equal(1, await dashboard.Get<ReportSender>().RunAsync(Token));
        Assert.Equal(0, await dashboard.Get<ReportSender>().RunAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_AfterDaysOfAbsence_SendsOnce(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SubscribeAsync(dashboard, ReportKind.Digest);
        dashboard.Time.SetUtcNow(At(3, 30, 12));

        Assert.Equal(1, await dashboard.Get<ReportSender>().RunAsync(Token));
        Assert.Equal(0, await dashboard.Get<ReportSender>().RunAsync(Token));
        Assert.Equal(At(3, 31, 7), (await ReadAsync(dashboard)).Subscriptions[0].NextAt);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_OfACalmDigest_SendsOnMondaysOnly(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SubscribeAsync(dashboard, ReportKind.Digest);
        var written = new List<int>();
        foreach (var day in Enumerable.Range(2, 7))
        {
            dashboard.Time.SetUtcNow(At(3, day, 7));
            written.Add(await dashboard.Get<ReportSender>().RunAsync(Token));
        }

        Assert.Equal([1, 0, 0, 0, 0, 0, 0], written);
        Assert.Equal("digest", (await ReadAsync(dashboard)).Mails.Single().Kind);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_AfterAClockWasWrong_GoesOnWithoutSendingTwice(string database)
    {
        await using var dashboard = await StartAsync(database);
        await SubscribeAsync(dashboard, ReportKind.Weekly);
        var sender = dashboard.Get<ReportSender>();
        var write = dashboard.Get<MailDashboard.Monitoring.Persistence.DatabaseWriter>();

        // An hour back, after it was sent.
        dashboard.Time.SetUtcNow(At(3, 2, 7));
        Assert.Equal(1, await sender.RunAsync(Token));
        await write.WriteAsync((db, ct) => db.ReportSubscriptions.ExecuteUpdateAsync(s => s.SetProperty(x => x.NextAt, At(3, 9, 8)), ct), Token);
        Assert.Equal(0, await sender.RunAsync(Token));

        // Ten years ahead, and back.
        await write.WriteAsync((db, ct) => db.ReportSubscriptions.ExecuteUpdateAsync(s => s.SetProperty(x => x.NextAt, At(3, 9, 8).AddYears(10)), ct), Token);
        Assert.Equal(0, await sender.RunAsync(Token));
        Assert.Equal(At(3, 9, 7), (await ReadAsync(dashboard)).Subscriptions[0].NextAt);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Subscriptions_OfBadInput_AreRefused(string database)
    {
        await using var dashboard = await StartAsync(database);
        var store = dashboard.Get<SubscriptionStore>();
        var good = new SubscriptionDraft(ReportKind.Weekly, " boss@example.test ", "fr", "=cmd()", 7, "Europe/Paris");

        Assert.Equal(SubscriptionChange.Done, await store.AddAsync(good, Token));
        Assert.Equal(SubscriptionChange.Duplicate, await store.AddAsync(good with { Hour = 8 }, Token));
        Assert.Equal(SubscriptionChange.NotAnAddress, await store.AddAsync(good with { Address = "a@b\r\nBcc: c@d" }, Token));
        Assert.Equal(SubscriptionChange.NotATimeZone, await store.AddAsync(good with { TimeZone = "Mars/Olympus" }, Token));
        Assert.Equal(SubscriptionChange.NotAnHour, await store.AddAsync(good with { Hour = 24 }, Token));
        Assert.Equal(SubscriptionChange.TooLong, await store.AddAsync(good with { Tag = new string('x', 101) }, Token));
        var one = Assert.Single(await store.ListAsync(Token));

        Assert.Equal(SubscriptionChange.Done, await store.SendNowAsync(one.Id, "admin@example.test", Token));
        Assert.Equal("admin@example.test", (await ReadAsync(dashboard)).Mails.Single().Recipient);
        Assert.Equal(SubscriptionChange.Done, await store.DeleteAsync(one.Id, Token));
        Assert.Equal(SubscriptionChange.Gone, await store.SetEnabledAsync(one.Id, false, Token));
    }

    private static async Task SubscribeAsync(TestDashboard dashboard, params ReportKind[] kinds)
    {
        foreach (var kind in kinds)
        {
            Assert.Equal(SubscriptionChange.Done, await dashboard.Get<SubscriptionStore>().AddAsync(new SubscriptionDraft(kind, "boss@example.test", "en", "", 7, "UTC"), Token));
        }
    }

    private static async Task<(List<ReportSubscription> Subscriptions, List<OutboxMessage> Mails)> ReadAsync(TestDashboard dashboard)
    {
        await using var db = await dashboard.OpenAsync();
        return (await db.ReportSubscriptions.AsNoTracking().OrderBy(s => s.Id).ToListAsync(Token), await db.Outbox.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Token));
    }

    private static async Task RunSqlAsync(TestDashboard dashboard, string sql)
    {
        await using var db = await dashboard.OpenAsync();
        await db.Database.ExecuteSqlRawAsync(sql, Token);
    }

    private static DateTimeOffset At(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, TimeSpan.Zero);
}
