using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>One channel fails, the others tell it.</summary>
public sealed class ChannelWatchTests(SharedPostgres postgres) : ChannelTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Watch_WebhookFailsForAnHour_IsToldOnceByMailInEachLanguageAndItsEndToo(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port);
        await dashboard.Get<RecipientStore>().AddAsync("chef@example.test", "fr", null, Token);
        await using var receiver = new Receiver();
        receiver.Say("500 Oops");
        var id = await AddAsync(dashboard, receiver.Url(), name: "Pager <b>");
        await EnqueueAsync(dashboard, id);

        var written = await MinutesAsync(dashboard, 59);
        Assert.Equal(0, written);
        written = await MinutesAsync(dashboard, 120);
        Assert.Equal(2, written);
        Assert.Equal(["Pager <b>"], (await dashboard.Get<OutboxStatus>().GetAsync(Token)).FailingChannels.Select(c => c.Name));
        receiver.SayOk();
        written = await MinutesAsync(dashboard, 61);
        Assert.Equal(2, written);
        Assert.Equal(0, await MinutesAsync(dashboard, 30));

        var mails = await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().Where(m => m.PayloadJson == null).OrderBy(m => m.Id).ToListAsync(Token));
        Assert.Equal(["ops@example.test", "chef@example.test", "ops@example.test", "chef@example.test"], mails.Select(m => m.Recipient));
        Assert.StartsWith("The channel “Pager <b>” has failed since", mails[0].Subject, StringComparison.Ordinal);
        Assert.StartsWith("Le canal «\u00a0Pager <b>\u00a0» ne fonctionne plus", mails[1].Subject, StringComparison.Ordinal);
        Assert.Contains("HTTP 500", mails[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("Pager &lt;b&gt;", mails[0].HtmlBody, StringComparison.Ordinal);
        Assert.Contains("works again", mails[2].Subject, StringComparison.Ordinal);
        Assert.All(mails, m => Assert.NotNull(m.SentAt));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Watch_PasswordOfTheProfileExpires_IsToldByTheWebhook(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var sink = SmtpSink.Start();
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.MailFrom ? SmtpMove.Say("530 5.7.0 Authentication required") : SmtpMove.Usual);
        await dashboard.TellAsync(sink.EndPoint.Port);
        await using var receiver = new Receiver();
        await AddAsync(dashboard, receiver.Url());
        var mail = await dashboard.ReadAsync(db => db.NotificationChannels.Where(c => c.Kind == ChannelKind.Email).Select(c => c.Id).SingleAsync(Token));
        await dashboard.Get<OutboxQueue>().AddAsync(Mail(dashboard, mail), Token);

        await MinutesAsync(dashboard, 70);

        var got = Assert.Single(receiver.Requests);
        Assert.Contains("\"kind\":\"warning\"", got.Body, StringComparison.Ordinal);
        Assert.Contains("Authentication required", got.Body, StringComparison.Ordinal);
        Assert.Empty(sink.Received);

        sink.Behaviour = (_, _) => Task.FromResult(SmtpMove.Usual);
        await MinutesAsync(dashboard, 61);
        Assert.Equal(2, receiver.Requests.Count);
        Assert.Contains("works again", receiver.Requests.Last().Body, StringComparison.Ordinal);
        Assert.Single(sink.Received);
    }

    [Fact]
    public async Task Watch_NobodyElse_TellsOnceThereIsSomebody()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await dashboard.Get<RecipientStore>().AddAsync("ops@example.test", "en", null, Token);
        var mail = await dashboard.ReadAsync(db => db.NotificationChannels.Select(c => c.Id).SingleAsync(Token));
        await dashboard.Get<OutboxQueue>().AddAsync(Mail(dashboard, mail), Token);
        Assert.Equal(0, await MinutesAsync(dashboard, 90));
        Assert.Equal(ChannelWatch.NoProfile, (await ChannelAsync(dashboard, mail)).LastError);
        await using var receiver = new Receiver();
        await AddAsync(dashboard, receiver.Url());

        Assert.Equal(1, await MinutesAsync(dashboard, 2));

        Assert.Contains("no sending profile", Assert.Single(receiver.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_OneRefusedRecipient_IsNoFailureOfTheChannel()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var sink = SmtpSink.Start();
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.Recipient ? SmtpMove.Say("550 5.1.1 no such user") : SmtpMove.Usual);
        await dashboard.TellAsync(sink.EndPoint.Port);
        var mail = await dashboard.ReadAsync(db => db.NotificationChannels.Select(c => c.Id).SingleAsync(Token));
        await dashboard.Get<OutboxQueue>().AddAsync(Mail(dashboard, mail), Token);
        await dashboard.Get<OutboxSender>().SendOneAsync(Token);

        Assert.Null((await ChannelAsync(dashboard, mail)).FailingSince);
    }

    [Fact]
    public async Task Watch_TestOfTheProfile_IsProofForTheChannelsOfMail()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port);
        var (tester, culture) = (dashboard.Get<ProfileTester>(), System.Globalization.CultureInfo.GetCultureInfo("en"));
        sink.Behaviour = (stage, _) => Task.FromResult(stage == SmtpStage.MailFrom ? SmtpMove.Say("530 5.7.0 Authentication required") : SmtpMove.Usual);
        await tester.SendTestAsync("ops@example.test", culture, Token);
        var mail = await dashboard.ReadAsync(db => db.NotificationChannels.Select(c => c.Id).SingleAsync(Token));
        Assert.NotNull((await ChannelAsync(dashboard, mail)).FailingSince);

        sink.Behaviour = (_, _) => Task.FromResult(SmtpMove.Usual);
        await tester.SendTestAsync("ops@example.test", culture, Token);

        var channel = await ChannelAsync(dashboard, mail);
        Assert.Equal((null, dashboard.Time.GetUtcNow()), (channel.FailingSince, channel.LastOkAt!.Value));
    }

    [Fact]
    public async Task Status_OnlyAWebhookAndNoRuleForMail_NeedsNoMail()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var receiver = new Receiver();
        var id = await AddAsync(dashboard, receiver.Url());
        Assert.True((await dashboard.Get<OutboxStatus>().GetAsync(Token)).NeedsMail);
        await dashboard.Get<ChannelTester>().TestAsync(id, Token);
        Assert.True((await dashboard.Get<OutboxStatus>().GetAsync(Token)).NeedsMail);
        await using (var db = await dashboard.OpenAsync())
        {
            await db.NotificationRules.ExecuteUpdateAsync(s => s.SetProperty(r => r.IsEnabled, false), Token);
        }

        Assert.False((await dashboard.Get<OutboxStatus>().GetAsync(Token)).NeedsAttention);
    }

    /// <summary>Minute by minute: sends, posts, watches.</summary>
    private static async Task<int> MinutesAsync(TestDashboard dashboard, int minutes)
    {
        var written = 0;
        for (var minute = 0; minute < minutes; minute++)
        {
            while (await dashboard.Get<OutboxSender>().SendOneAsync(Token))
            {
            }

            await PostAsync(dashboard);
            written += await dashboard.Get<ChannelWatch>().RunAsync(Token);
            dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        }

        return written;
    }

    private static OutboxMessage Mail(TestDashboard dashboard, int channel) => new()
    {
        Kind = "incident", ChannelId = channel, Recipient = "ops@example.test", Subject = "s", TextBody = "x", HtmlBody = "<p>x</p>",
        MessageId = MailDashboard.Mail.Sending.OutgoingMime.NewMessageId("dash.example"), CreatedAt = dashboard.Time.GetUtcNow(), NextAttemptAt = dashboard.Time.GetUtcNow(),
    };
}
