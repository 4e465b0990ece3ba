using System.Net.Security;
using System.Text.Json;
using MailDashboard.IntegrationTests.Checks.Smtp;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Receivers that behave, and those that do not.</summary>
public sealed class ChannelPostTests(SharedPostgres postgres) : ChannelTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_Webhook_ArrivesSignedOnceAndTheChannelWorks(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var receiver = new Receiver();
        var id = await AddAsync(dashboard, receiver.Url(), secret: "sixteen-characters");
        var message = await EnqueueAsync(dashboard, id);

        Assert.Equal(1, await PostAsync(dashboard));
        Assert.Equal(0, await PostAsync(dashboard));

        var got = Assert.Single(receiver.Requests);
        var timestamp = got.Headers[WebhookSignature.TimestampHeader];
        Assert.Equal(dashboard.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), timestamp);
        Assert.Equal(WebhookSignature.Of("sixteen-characters", long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture), got.Body), got.Headers[WebhookSignature.SignatureHeader]);
        Assert.Equal(message, got.Headers[WebhookSignature.DeliveryHeader]);
        Assert.Equal("/services/T0SECRET/abcdef", got.Path);
        Assert.Equal(dashboard.Time.GetUtcNow(), (await RowAsync(dashboard)).SentAt);
        Assert.Equal((dashboard.Time.GetUtcNow(), null), await StateAsync(dashboard, id));
    }

    [Fact]
    public async Task Post_Ntfy_PutsTheTopicInAndTheTokenInAHeader()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var receiver = new Receiver();
        var id = await AddAsync(dashboard, receiver.Url("base/my-topic"), ChannelKind.Ntfy, secret: "tk_secret");
        await EnqueueAsync(dashboard, id, ChannelKind.Ntfy);

        await PostAsync(dashboard);

        var got = Assert.Single(receiver.Requests);
        Assert.Equal(("/base/", "Bearer tk_secret"), (got.Path, got.Headers["Authorization"]));
        Assert.Equal("my-topic", JsonDocument.Parse(got.Body).RootElement.GetProperty("topic").GetString());
        Assert.DoesNotContain("my-topic", (await RowAsync(dashboard)).PayloadJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:25/latest\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 404 No\r\nContent-Length: 30\r\n\r\nno /services/T0SECRET/abcdef !", false)]
    [InlineData("HTTP/1.1 40", false)]
    [InlineData("SSH-2.0-x\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", true)]
    public async Task Post_OneAnswerThenClosed_EndsSoAndShowsNoSecret(string answer, bool isSent)
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var receiver = new Receiver { Answer = (stream, stop) => LoopbackServer.SendAsync(stream, answer, stop) };
        var id = await AddAsync(dashboard, receiver.Url());
        await EnqueueAsync(dashboard, id);

        await PostAsync(dashboard);

        var (row, channel) = (await RowAsync(dashboard), await ChannelAsync(dashboard, id));
        Assert.Single(receiver.Requests);
        Assert.Equal(isSent, row.SentAt is not null);
        Assert.Null(row.AbandonedAt);
        Assert.Equal(isSent, channel.FailingSince is null);
        Assert.DoesNotContain("T0SECRET", $"{row.LastError}{channel.LastError}{row.PayloadJson}", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("abcdef", $"{row.LastError}{channel.LastError}{channel.ProtectedUrl}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Post_HugeAnswer_IsReadNoFurther()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        var sent = 0L;
        await using var receiver = new Receiver
        {
            Answer = async (stream, stop) =>
            {
                await LoopbackServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n", stop);
                for (var block = new string('x', 65536); ; sent += block.Length)
                {
                    await LoopbackServer.SendAsync(stream, block, stop);
                }
            },
        };
        await EnqueueAsync(dashboard, await AddAsync(dashboard, receiver.Url()));

        await PostAsync(dashboard);

        Assert.NotNull((await RowAsync(dashboard)).SentAt);
        Assert.InRange(sent, 0, 64 * 1024 * 1024);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_ReceiverThatHangsOrDrips_EndsAfterFifteenSecondsAndHoldsUpNobody(bool drips)
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port);
        await using var slow = new Receiver
        {
            Answer = async (stream, stop) =>
            {
                while (drips)
                {
                    await LoopbackServer.SendAsync(stream, "H", stop);
                    await Task.Delay(200, stop);
                }

                await Task.Delay(Timeout.Infinite, stop);
            },
        };
        await using var good = new Receiver();
        await EnqueueAsync(dashboard, await AddAsync(dashboard, slow.Url(), name: "slow"));
        await EnqueueAsync(dashboard, await AddAsync(dashboard, good.Url(), name: "good"));

        var round = PostAsync(dashboard);
        await Eventually.TrueAsync("the good one is told", _ => Task.FromResult(good.Requests.Count == 1 && slow.Requests.Count == 1), cancellationToken: Token);
        await dashboard.Get<OutboxQueue>().AddAsync(Mail(dashboard), Token);
        Assert.True(await dashboard.Get<OutboxSender>().SendOneAsync(Token));
        Assert.False(round.IsCompleted);
        await Eventually.TrueAsync("the slow one is given up", _ =>
        {
            dashboard.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(round.IsCompleted);
        }, cancellationToken: Token);

        await round;
        Assert.Equal(2, await dashboard.ReadAsync(db => db.Outbox.CountAsync(m => m.SentAt != null, Token)));
        Assert.StartsWith("TimedOut: ", await dashboard.ReadAsync(db => db.Outbox.Where(m => m.SentAt == null).Select(m => m.LastError).SingleAsync(Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_PrivateAddressByName_IsRefusedAtEachAttempt()
    {
        await using var receiver = new Receiver();
        using var folder = new ServerFolder("closed");
        await using (var open = await TestDashboard.StartAsync(null, folder, settings: Loopback))
        {
            await EnqueueAsync(open, await AddAsync(open, receiver.Url()));
        }

        // The administrator has taken the network away since the channel was made.
        await using var closed = await TestDashboard.StartAsync(null, folder);
        await PostAsync(closed);

        Assert.Empty(receiver.Requests);
        Assert.StartsWith("Guarded: ", (await RowAsync(closed)).LastError, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_FiveHundredForADay_IsTriedWithPausesThenDelivered(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var receiver = new Receiver();
        receiver.Say("500 Oops");
        var id = await AddAsync(dashboard, receiver.Url());
        await EnqueueAsync(dashboard, id, subject: "first");
        await EnqueueAsync(dashboard, id, subject: "second");
        var began = dashboard.Time.GetUtcNow();

        for (var minutes = 0; minutes < 24 * 60; minutes += 5)
        {
            await PostAsync(dashboard);
            dashboard.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.InRange(receiver.Requests.Count, 24, 32);
        Assert.All(receiver.Requests, r => Assert.Contains("first", r.Body, StringComparison.Ordinal));
        Assert.Single(receiver.Requests.Select(r => r.Headers[WebhookSignature.DeliveryHeader]).Distinct());
        Assert.Equal((null, began), await StateAsync(dashboard, id));
        receiver.SayOk();
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await PostAsync(dashboard));
        Assert.Equal(["first", "second"], receiver.Requests.TakeLast(2).Select(r => JsonDocument.Parse(r.Body).RootElement.GetProperty("subject").GetString()!));
        Assert.Equal(1, receiver.MostAtATime);
        Assert.Null((await ChannelAsync(dashboard, id)).FailingSince);
    }

    [Fact]
    public async Task Post_ThreeDaysOfNothing_IsGivenUpAndCanBeTriedAgain()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var receiver = new Receiver();
        receiver.Say("410 Gone");
        await EnqueueAsync(dashboard, await AddAsync(dashboard, receiver.Url()));
        for (var hours = 0; hours <= 74; hours++)
        {
            await PostAsync(dashboard);
            dashboard.Time.Advance(TimeSpan.FromHours(1));
        }

        var letters = dashboard.Get<DeadLetters>();
        var letter = Assert.Single((await letters.ListAsync(10, Token)).Letters);
        Assert.True(letter.CanRetry);
        Assert.StartsWith("HTTP 410", letter.Error, StringComparison.Ordinal);
        receiver.SayOk();
        Assert.True(await letters.RetryAsync(letter.Id, Token));
        await PostAsync(dashboard);

        Assert.NotNull((await RowAsync(dashboard)).SentAt);
        Assert.Equal(0, (await letters.ListAsync(10, Token)).Count);
        Assert.False(await letters.RetryAsync(letter.Id, Token));
        Assert.False(await letters.DiscardAsync(letter.Id, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_GivenUp_AllAreTriedAgainAtOnce_ButNotWhatHasNoChannel(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        var (mended, off) = (await AddAsync(dashboard, "https://hooks.example.net/1"), await AddAsync(dashboard, "https://hooks.example.net/2", name: "Off"));
        await EnqueueAsync(dashboard, mended, subject: "first");
        await EnqueueAsync(dashboard, mended, subject: "second");
        await EnqueueAsync(dashboard, off, subject: "third");
        await dashboard.ReadAsync(db => db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.AbandonedAt, dashboard.Time.GetUtcNow()).SetProperty(m => m.Attempts, 8), Token));
        await dashboard.Get<ChannelStore>().SetEnabledAsync(off, false, Token);
        var letters = dashboard.Get<DeadLetters>();

        Assert.Equal(2, await letters.RetryAllAsync(Token));

        Assert.Equal("third", Assert.Single((await letters.ListAsync(10, Token)).Letters).Subject);
        Assert.Equal(2, await dashboard.ReadAsync(db => db.Outbox.CountAsync(m => m.AbandonedAt == null && m.Attempts == 0, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_KilledBeforeOurCommit_SendsACopyWithTheSameDelivery(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var receiver = new Receiver();
        var id = await AddAsync(dashboard, receiver.Url());
        await EnqueueAsync(dashboard, id, subject: "first");
        await EnqueueAsync(dashboard, id, subject: "second");
        var taken = await dashboard.Get<OutboxQueue>().TakePostAsync(Token);
        var target = await dashboard.Get<ChannelStore>().GetTargetAsync(id, Token);
        await dashboard.Get<HttpChannelSender>().PostAsync(target!, taken!.PayloadJson!, taken.MessageId, Token);

        Assert.Equal(0, await PostAsync(dashboard));
        dashboard.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(2, await PostAsync(dashboard));

        Assert.Equal(["first", "first", "second"], receiver.Requests.Select(r => JsonDocument.Parse(r.Body).RootElement.GetProperty("subject").GetString()!));
        Assert.Single(receiver.Requests.Take(2).Select(r => r.Headers[WebhookSignature.DeliveryHeader]).Distinct());
    }

    [Fact]
    public async Task Post_CertificateOfAStranger_PostsNothing()
    {
        using var authority = new TestCertificates();
        string? said = null;
        await using var server = new LoopbackServer(async (plain, stop) =>
        {
            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = authority.Issue("127.0.0.1").Certificate }, stop);
            said = await LoopbackServer.CommandAsync(tls, stop);
        });
        await using var dashboard = await StartLoopbackAsync("sqlite");
        var id = await AddAsync(dashboard, $"https://127.0.0.1:{server.Port}/x");

        var result = await dashboard.Get<ChannelTester>().TestAsync(id, Token);

        Assert.Equal(PostProblem.NotTrusted, Assert.Single(result!.Lines).Problem);
        Assert.Null(said);
    }

    [Fact]
    public async Task Post_RetryAfter_IsWaitedFor()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var receiver = new Receiver();
        receiver.Say("429 Slow down", "Retry-After: 600\r\n");
        await EnqueueAsync(dashboard, await AddAsync(dashboard, receiver.Url()));
        await PostAsync(dashboard);
        dashboard.Time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(0, await PostAsync(dashboard));
        receiver.SayOk();
        dashboard.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await PostAsync(dashboard));
        Assert.NotNull((await RowAsync(dashboard)).SentAt);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_MessageRefusedForGood_IsGivenUpAndTheNextGoes(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var receiver = new Receiver();
        receiver.Say("400 Bad Request", body: "invalid_payload");
        var id = await AddAsync(dashboard, receiver.Url());
        await EnqueueAsync(dashboard, id);
        await PostAsync(dashboard);
        var row = await RowAsync(dashboard);
        Assert.Equal("HTTP 400 invalid_payload", row.LastError);
        Assert.NotNull(row.AbandonedAt);
        Assert.Null((await ChannelAsync(dashboard, id)).FailingSince);
        receiver.SayOk();
        await EnqueueAsync(dashboard, id);

        Assert.Equal(1, await PostAsync(dashboard));
        Assert.Null((await ChannelAsync(dashboard, id)).FailingSince);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_TwoMessagesRefusedInARow_MakeTheChannelFailSinceTheFirst(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var receiver = new Receiver();
        var id = await AddAsync(dashboard, receiver.Url());

        // One that is bad, one that arrives, one that is bad: nothing of the channel's.
        foreach (var answer in new[] { "400 Bad Request", "200 OK", "413 Content Too Large" })
        {
            receiver.Say(answer);
            await EnqueueAsync(dashboard, id);
            Assert.Equal(1, await PostAsync(dashboard));
            Assert.Null((await ChannelAsync(dashboard, id)).FailingSince);
            dashboard.Time.Advance(TimeSpan.FromHours(2));
            Assert.Equal(0, await dashboard.Get<ChannelWatch>().RunAsync(Token));
        }

        // A workflow that was switched off says so to each.
        receiver.Say("400 Bad Request", body: "WorkflowTriggerIsNotEnabled");
        await EnqueueAsync(dashboard, id);
        Assert.Equal(1, await PostAsync(dashboard));
        var channel = await ChannelAsync(dashboard, id);
        Assert.Equal((dashboard.Time.GetUtcNow().AddHours(-2), "HTTP 400 WorkflowTriggerIsNotEnabled"), (channel.FailingSince!.Value, channel.LastError));
        Assert.Equal(3, (await dashboard.Get<DeadLetters>().ListAsync(10, Token)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Post_ChannelSwitchedOffOrRemoved_GivesUpWhatWaits(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        await using var receiver = new Receiver();
        var (off, gone) = (await AddAsync(dashboard, receiver.Url(), name: "off"), await AddAsync(dashboard, receiver.Url(), name: "gone"));
        await EnqueueAsync(dashboard, off);
        await EnqueueAsync(dashboard, gone);
        Assert.True(await dashboard.Get<ChannelStore>().SetEnabledAsync(off, false, Token));
        Assert.True(await dashboard.Get<ChannelStore>().DeleteAsync(gone, Token));
        await EnqueueAsync(dashboard, gone);

        Assert.Equal(0, await PostAsync(dashboard));

        Assert.Empty(receiver.Requests);
        Assert.All(await dashboard.ReadAsync(db => db.Outbox.AsNoTracking().ToListAsync(Token)), m => Assert.Equal((OutboxQueue.ChannelGone, true), (m.LastError, m.AbandonedAt is not null)));
        Assert.Equal(3, (await dashboard.Get<DeadLetters>().ListAsync(1, Token)).Count);
    }

    [Fact]
    public async Task Test_OfAChannel_ReallySendsAndSaysWhatWasAnswered()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await using var receiver = new Receiver();
        receiver.Say("403 Forbidden", body: "invalid_token");
        var id = await AddAsync(dashboard, receiver.Url(), ChannelKind.Slack);

        var refused = await dashboard.Get<ChannelTester>().TestAsync(id, Token);
        receiver.SayOk();
        var taken = await dashboard.Get<ChannelTester>().TestAsync(id, Token);

        Assert.Equal((false, PostProblem.WrongAddress, "HTTP 403 invalid_token"), refused!.Lines.Select(l => (l.IsAccepted, l.Problem, l.Detail)).Single());
        Assert.True(taken!.IsAccepted);
        Assert.Contains("Test of the channel", receiver.Requests.Last().Body, StringComparison.Ordinal);
        Assert.Equal((dashboard.Time.GetUtcNow(), null), await StateAsync(dashboard, id));
        Assert.Null(await dashboard.Get<ChannelTester>().TestAsync(id + 100, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Store_AddressAndKey_NeverComeOut(string database)
    {
        await using var dashboard = await StartLoopbackAsync(database);
        var store = dashboard.Get<ChannelStore>();
        var saved = await store.AddAsync(ChannelKind.Webhook, new ChannelDraft { Name = " Ops ", Language = "fr", Url = "https://hooks.example.org/services/T0SECRET" }, Token);
        Assert.Equal(64, saved.NewKey!.Length);
        Assert.Equal(ChannelFault.Duplicate, Assert.Single((await store.AddAsync(ChannelKind.Slack, new ChannelDraft { Name = "ops", Url = "https://hooks.example.org/" }, Token)).Problems).Fault);
        Assert.Equal(ChannelFault.Gone, Assert.Single((await store.UpdateAsync(999, new ChannelDraft { Name = "x" }, Token)).Problems).Fault);

        var kept = await store.UpdateAsync(saved.Id!.Value, new ChannelDraft { Name = "Ops 2" }, Token);

        Assert.Null(kept.NewKey);
        var view = await store.GetAsync(saved.Id.Value, Token);
        Assert.Equal(("Ops 2", "hooks.example.org", true, true, "en"), (view!.Name, view.UrlHost, view.HasUrl, view.HasSecret, view.Language));
        var row = await ChannelAsync(dashboard, saved.Id.Value);
        Assert.DoesNotContain("T0SECRET", row.ProtectedUrl + row.ProtectedSecret + view, StringComparison.Ordinal);
    }

    private static OutboxMessage Mail(TestDashboard dashboard) => new()
    {
        Kind = "incident", Recipient = "ops@example.test", Subject = "s", TextBody = "x", HtmlBody = "<p>x</p>",
        MessageId = MailDashboard.Mail.Sending.OutgoingMime.NewMessageId("dash.example"), CreatedAt = dashboard.Time.GetUtcNow(), NextAttemptAt = dashboard.Time.GetUtcNow(),
    };

    private static async Task<(DateTimeOffset? Ok, DateTimeOffset? Failing)> StateAsync(TestDashboard dashboard, int id)
    {
        var channel = await ChannelAsync(dashboard, id);
        return (channel.LastOkAt, channel.FailingSince);
    }
}
