using System.Globalization;
using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>
/// The whole program by the clock on the wall, with the pauses it has in use: four minutes a run, so only where somebody asks for it
/// (<c>-explicit only -class "*TwoMinutesTests" -showLiveOutput</c>).
/// </summary>
public sealed class TwoMinutesTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(2);

    [Theory(Explicit = true)]
    [MemberData(nameof(Databases))]
    public async Task Listing_BeginsAndEnds_EachIsAtTheMailboxWithinTwoMinutes(string database)
    {
        var connection = await ConnectionAsync(database);
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var sink = SmtpSink.Start();
        await using var dashboard = await TestDashboard.StartAsync(connection, world.Folder, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        await dashboard.TellAsync(sink.EndPoint.Port);
        await dashboard.AddDomainAsync(JourneyWorld.Domain);
        await using var child = ChildDashboard.Start(
            world.Folder, connection, world.Resolver.EndPoint.ToString(), world.AuthorityFile,
            ("MailDashboard__Probing__AllowedNetworks__0", "127.0.0.0/8"),
            ("MailDashboard__Probing__SmtpPort", world.MailExchanger.EndPoint.Port.ToString(CultureInfo.InvariantCulture)),
            ("MailDashboard__Blocklists__DataFile", world.BlocklistFile));
        await Eventually.TrueAsync("the domain was looked at", _ => dashboard.ReadAsync(db => db.Domains.AnyAsync(d => d.LastAuditAt != null, Token)), cancellationToken: Token);

        await world.ListAsync(Token);
        await LookUntilAsync(dashboard, db => db.Alerts.AnyAsync(a => a.Family == "blocklists", Token));
        await ArrivesAsync(dashboard, sink, 1, db => db.Alerts.Where(a => a.Family == "blocklists").Select(a => a.FirstSeenAt).SingleAsync(Token));

        await world.DelistAsync(Token);
        await LookUntilAsync(dashboard, db => db.Alerts.AnyAsync(a => a.Status == AlertStatus.Resolving, Token));
        await ArrivesAsync(dashboard, sink, 2, db => db.AlertEvents.Where(e => e.Kind == nameof(IncidentEventKind.SeenGone)).Select(e => e.At).SingleAsync(Token));
        Assert.Equal(sink.Received[0].MessageId, sink.Received[1].InReplyTo);
    }

    /// <summary>The lists are due at once, and again while a resolver keeps an older answer.</summary>
    private static Task LookUntilAsync(TestDashboard dashboard, Func<MailDashboard.Monitoring.Persistence.DashboardContext, Task<bool>> isSeen) =>
        Eventually.TrueAsync(
            "it was seen",
            _ => dashboard.ReadAsync(async db =>
            {
                var now = TimeProvider.System.GetUtcNow();
                await db.Domains.Where(d => d.LeaseOwner == null && d.NextDueAt > now).ExecuteUpdateAsync(s => s.SetProperty(d => d.NextBlocklistAt, now).SetProperty(d => d.NextDueAt, now), Token);
                return await isSeen(db);
            }),
            Promised,
            Token);

    private static async Task ArrivesAsync(TestDashboard dashboard, SmtpSink sink, int count, Func<MailDashboard.Monitoring.Persistence.DashboardContext, Task<DateTimeOffset>> firstSeen)
    {
        await Eventually.TrueAsync("the message is there", () => sink.Received.Count == count, TimeSpan.FromMinutes(4), Token);
        var took = TimeProvider.System.GetUtcNow() - await dashboard.ReadAsync(firstSeen);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sink.Received[^1].Subject}: {took.TotalSeconds:0.0} s after the first look"));
        Assert.InRange(took, TimeSpan.Zero, Promised);
    }
}
