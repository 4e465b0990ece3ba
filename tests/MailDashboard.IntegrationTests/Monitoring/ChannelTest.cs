using System.Globalization;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>What tests of channels share: a dashboard that may post to loopback, channels, and messages for them.</summary>
public abstract class ChannelTest(SharedPostgres postgres) : DatabaseTest(postgres)
{
    protected static readonly KeyValuePair<string, string?>[] Loopback = [new("MailDashboard:Probing:AllowedNetworks", "127.0.0.0/8")];

    protected async Task<TestDashboard> StartLoopbackAsync(string database, TimeProvider? time = null) =>
        await TestDashboard.StartAsync(await ConnectionAsync(database), time: time, settings: Loopback);

    protected static async Task<int> AddAsync(TestDashboard dashboard, string url, ChannelKind kind = ChannelKind.Webhook, string name = "Ops", string? secret = null)
    {
        var saved = await dashboard.Get<ChannelStore>().AddAsync(kind, new ChannelDraft { Name = name, Url = url, Secret = secret }, Token);
        Assert.Empty(saved.Problems);
        return saved.Id!.Value;
    }

    protected static async Task<string> EnqueueAsync(TestDashboard dashboard, int channel, ChannelKind kind = ChannelKind.Webhook, string subject = "It is listed")
    {
        var now = dashboard.Get<TimeProvider>().GetUtcNow();
        var told = new Announcement(AnnouncementKind.Incident, subject, "text", [], 0, null, now);
        var id = OutgoingMime.NewMessageId("dash.example");
        await dashboard.Get<OutboxQueue>().AddAsync(
            new OutboxMessage
            {
                Kind = "incident", ChannelId = channel, Recipient = "Ops", Subject = subject, TextBody = "text", HtmlBody = "", MessageId = id, CreatedAt = now, NextAttemptAt = now,
                PayloadJson = ChannelPayloads.Compose(kind, told, CultureInfo.GetCultureInfo("en")),
            },
            Token);
        return id;
    }

    protected static Task<int> PostAsync(TestDashboard dashboard) => dashboard.Get<OutboxSender>().PostAllAsync(Token);

    protected static Task<OutboxMessage> RowAsync(TestDashboard dashboard) => dashboard.ReadAsync(db => db.Outbox.AsNoTracking().SingleAsync(Token));

    protected static Task<NotificationChannel> ChannelAsync(TestDashboard dashboard, int id) => dashboard.ReadAsync(db => db.NotificationChannels.AsNoTracking().SingleAsync(c => c.Id == id, Token));
}
