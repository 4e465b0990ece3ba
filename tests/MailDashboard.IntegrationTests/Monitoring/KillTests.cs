using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Kill -9 in the middle, then start again. Leases that would run out by themselves are ended here, so that nobody waits for minutes.</summary>
public sealed class KillTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const int Fleet = 60;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Worker_KilledMidAudit_SkipsNoDomain(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("killed");
        await using var knot = await KnotServer.StartAsync(
            [new KnotZone("fleet.test", string.Join('\n', Enumerable.Range(0, Fleet).Select(i => $"d{i} TXT \"v=spf1 -all\"")))], cancellationToken: Token);
        await using var slow = DnsRelay.Start(knot.EndPoint);
        // Some take so long that they are under way when the others are done, however long it takes to notice.
        slow.Rule = name => name.EndsWith("9.fleet.test", StringComparison.Ordinal) ? DnsFault.Silence : DnsFault.Late(TimeSpan.FromMilliseconds(200));
        await using var dashboard = await TestDashboard.StartAsync(connection, folder, TimeProvider.System);
        for (var i = 0; i < Fleet; i++)
        {
            await dashboard.AddDomainAsync($"d{i}.fleet.test");
        }

        await using (var first = ChildDashboard.Start(folder, connection, slow.EndPoint.ToString()))
        {
            await WaitAsync(dashboard, "some are done and some are under way", async db =>
                await db.Domains.AnyAsync(d => d.LastAuditAt != null, Token) && await db.Domains.AnyAsync(d => d.LastAuditAt == null && d.LeaseOwner != null, Token));
            await first.KillAsync();
        }

        slow.Rule = _ => null;
        Assert.True(await dashboard.ReadAsync(db => db.Domains.AnyAsync(d => d.LastAuditAt == null && d.LeaseOwner != null, Token)));
        await EndLeasesAsync(dashboard);
        await using var second = ChildDashboard.Start(folder, connection, slow.EndPoint.ToString());

        await WaitAsync(dashboard, "every domain was audited", async db => !await db.Domains.AnyAsync(d => d.LastAuditAt == null, Token));
        Assert.Equal(Fleet, await dashboard.ReadAsync(db => db.Records.CountAsync(r => r.Family == "spf" && r.ValuesJson.Contains("v=spf1"), Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Sender_KilledBetween250AndItsCommit_SendsACopyWithTheSameMessageId(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("killed");
        await using var sink = SmtpSink.Start();
        await using var knot = await KnotServer.StartAsync([new KnotZone("fleet.test", "d TXT \"v=spf1 -all\"")], cancellationToken: Token);
        await using var dashboard = await TestDashboard.StartAsync(connection, folder, TimeProvider.System);
        await dashboard.TellAsync(sink.EndPoint.Port);
        var now = TimeProvider.System.GetUtcNow();
        await dashboard.Get<OutboxQueue>().AddAsync(
            new OutboxMessage
            {
                Kind = "listed", Recipient = "ops@example.test", Subject = "listed", TextBody = "x", HtmlBody = "<p>x</p>",
                MessageId = OutgoingMime.NewMessageId("dash.example"), CreatedAt = now, NextAttemptAt = now,
            },
            Token);

        await using var first = ChildDashboard.Start(folder, connection, knot.EndPoint.ToString());
        sink.Behaviour = async (stage, _) =>
        {
            if (stage == SmtpStage.EndOfData && sink.Received.Count == 1)
            {
                await first.KillAsync();
            }

            return SmtpMove.Usual;
        };
        await Eventually.TrueAsync("the message came and the sender is dead", () => sink.Received.Count == 1, cancellationToken: Token);
        await using var db = await dashboard.OpenAsync();
        Assert.Null((await db.Outbox.AsNoTracking().SingleAsync(Token)).SentAt);

        await EndLeasesAsync(dashboard);
        await using var second = ChildDashboard.Start(folder, connection, knot.EndPoint.ToString());
        await WaitAsync(dashboard, "it is marked as sent", c => c.Outbox.AnyAsync(m => m.SentAt != null, Token));

        Assert.Equal(2, sink.Received.Count);
        Assert.Single(sink.Received.Select(m => m.MessageId).Distinct());
    }

    private static Task WaitAsync(TestDashboard dashboard, string what, Func<DashboardContext, Task<bool>> condition) =>
        Eventually.TrueAsync(what, _ => dashboard.ReadAsync(condition), cancellationToken: Token);

    private static async Task EndLeasesAsync(TestDashboard dashboard)
    {
        await using var db = await dashboard.OpenAsync();
        await db.Domains.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null), Token);
        await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null), Token);
    }
}
