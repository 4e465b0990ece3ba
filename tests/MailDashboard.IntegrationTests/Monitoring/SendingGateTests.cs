using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Limits are promised to a provider: no span of their length, wherever it begins, holds more.</summary>
public sealed class SendingGateTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Enter_AThousandMessagesAtSixtyAMinute_TakesAsLongAsItHasTo(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (gate, profile) = (dashboard.Get<SendingGate>(), await ProfileAsync(dashboard));
        var limits = new SendingLimits(PerMinute: 60);
        var (began, handedIn) = (dashboard.Time.GetUtcNow(), new List<DateTimeOffset>());
        while (handedIn.Count < 1000)
        {
            var place = await gate.EnterAsync(profile, limits, Token);
            if (place.Id is null)
            {
                Assert.True(place.FreeAt > dashboard.Time.GetUtcNow());
                dashboard.Time.SetUtcNow(place.FreeAt);
                continue;
            }

            dashboard.Time.Advance(TimeSpan.FromMilliseconds(handedIn.Count % 7 * 30));
            handedIn.Add(dashboard.Time.GetUtcNow());
            await gate.LeaveAsync(place, counts: true, Token);
        }

        Assert.InRange((handedIn[^1] - began).TotalSeconds, 940, 1000);
        Assert.All(Enumerable.Range(0, handedIn.Count - 60), i => Assert.True(handedIn[i + 60] - handedIn[i] > Minute, $"61 within a minute from {handedIn[i]:O}"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Enter_ByManyAtOnce_NeverGoesBeyond(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (gate, profile) = (dashboard.Get<SendingGate>(), await ProfileAsync(dashboard));

        var places = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => gate.EnterAsync(profile, new SendingLimits(PerMinute: 20, Connections: 5), Token))));

        Assert.Equal(5, places.Count(p => p.Id is not null));
        foreach (var place in places.Where(p => p.Id is not null))
        {
            await gate.LeaveAsync(place, counts: true, Token);
        }

        var later = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => gate.EnterAsync(profile, new SendingLimits(PerMinute: 20), Token)));
        Assert.Equal(15, later.Count(p => p.Id is not null));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Enter_SeveralLimits_WaitsForTheNarrowest(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (gate, profile) = (dashboard.Get<SendingGate>(), await ProfileAsync(dashboard));
        var limits = new SendingLimits(PerMinute: 2, PerHour: 3, PerDay: 4);
        var began = dashboard.Time.GetUtcNow();
        var waits = new List<TimeSpan>();
        for (var sent = 0; sent < 5;)
        {
            var place = await gate.EnterAsync(profile, limits, Token);
            if (place.Id is null)
            {
                waits.Add(place.FreeAt - began);
                dashboard.Time.SetUtcNow(place.FreeAt);
                continue;
            }

            await gate.LeaveAsync(place, counts: true, Token);
            sent++;
        }

        Assert.Equal([1, 60, 1440], waits.Select(w => Math.Floor(w.TotalMinutes)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Leave_WithoutAMessage_GivesThePlaceBack(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (gate, profile) = (dashboard.Get<SendingGate>(), await ProfileAsync(dashboard));
        var limits = new SendingLimits(PerDay: 1);

        await gate.LeaveAsync(await gate.EnterAsync(profile, limits, Token), counts: false, Token);
        Assert.NotNull((await gate.EnterAsync(profile, limits, Token)).Id);
        Assert.Null((await gate.EnterAsync(profile, limits, Token)).Id);

        // Killed: nobody gave the second one back. It counts from when it began.
        dashboard.Time.Advance(TimeSpan.FromHours(23));
        Assert.Null((await gate.EnterAsync(profile, limits, Token)).Id);
        dashboard.Time.Advance(TimeSpan.FromHours(1.1));
        Assert.NotNull((await gate.EnterAsync(profile, limits, Token)).Id);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Outbox_LimitReached_WaitsAndLosesNothing(string database)
    {
        await using var sink = Servers.Mail.SmtpSink.Start();
        await using var dashboard = await StartAsync(database);
        await dashboard.TellAsync(sink.EndPoint.Port);
        var store = dashboard.Get<ProfileStore>();
        Assert.Empty(await store.SaveForNoticesAsync(
            new ProfileDraft { Host = "127.0.0.1", Port = sink.EndPoint.Port, Security = ServerSecurity.None, SenderAddress = "d@example.test", Limits = new(PerMinute: 2) }, Token));
        var queue = dashboard.Get<MailDashboard.Monitoring.Outbox.OutboxQueue>();
        var now = dashboard.Time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await queue.AddAsync(
                new OutboxMessage { Kind = "listed", Recipient = "ops@example.test", Subject = $"{i}", TextBody = "x", HtmlBody = "x", MessageId = OutgoingMime.NewMessageId("dash.example"), CreatedAt = now, NextAttemptAt = now },
                Token);
        }

        var sender = dashboard.Get<MailDashboard.Monitoring.Outbox.OutboxSender>();
        foreach (var sent in new[] { 2, 4, 5 })
        {
            while (await sender.SendOneAsync(Token))
            {
            }

            Assert.Equal(sent, sink.Received.Count);
            dashboard.Time.Advance(Minute + TimeSpan.FromSeconds(1));
        }

        Assert.True(await dashboard.ReadAsync(db => db.Outbox.AllAsync(m => m.SentAt != null && m.Attempts == 1, Token)));
    }

    private static async Task<int> ProfileAsync(TestDashboard dashboard)
    {
        var saved = await dashboard.Get<ProfileStore>().SaveAsync(null, new ProfileDraft { Host = "smtp.example.org", SenderAddress = "a@example.org" }, Token);
        return saved.Id!.Value;
    }
}
