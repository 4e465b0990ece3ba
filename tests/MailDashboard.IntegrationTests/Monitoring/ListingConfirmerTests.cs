using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>The second look against a real blocklist server, by the list data of an operator.</summary>
public sealed class ListingConfirmerTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Zone = "bl.test";
    private const string Address = "192.0.2.10";

    private const string Data = """
        {
          "version": 1, "verifiedOn": "2026-11-23",
          "lists": [{
            "id": "test", "zone": "bl.test", "name": "Test list", "kinds": ["ipv4"], "weight": "high", "enabled": true, "privateAddresses": true,
            "lookup": "https://bl.test/{subject}", "removal": "https://bl.test/remove?{subject}", "verified": true, "verifiedOn": "2026-11-23",
            "codes": [{"match": "127.0.0.2", "name": "listed", "en": "Listed.", "fr": "Inscrite."}]
          }]
        }
        """;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task LookAgain_ListedDelistedHijacked_FollowsWithoutOurCache(string database)
    {
        using var folder = new ServerFolder("lists");
        await using var list = await RblServer.StartAsync([(Zone, RblKind.Ip4)], cancellationToken: Token);
        await using var dashboard = await TestDashboard.StartAsync(
            await ConnectionAsync(database),
            folder,
            TimeProvider.System,
            [new("MailDashboard:Dns:Servers", list.EndPoint.ToString()), new("MailDashboard:Blocklists:DataFile", folder.Write("lists.json", Data))]);
        var confirmer = new ListingConfirmer(dashboard.Get<LiveEngine>(), dashboard.Get<SettingsStore>());
        var added = await dashboard.Get<DomainDirectory>().AddAsync("example.org", new DomainDraft { SendingAddresses = [Address] }, Token);
        await list.ListAsync(Zone, Address, cancellationToken: Token);

        Assert.Equal(CheckNowResult.Done, await dashboard.Get<AuditRunner>().CheckNowAsync(((DomainChange.Done)added).Id, null, Token));
        var alert = await dashboard.ReadAsync(db => db.Alerts.SingleAsync(Token));
        Assert.Equal((AlertStatus.Pending, Subject.Listing(Address, Zone).Key), (alert.Status, alert.SubjectKey));

        var subject = Subject.Parse(alert.SubjectKey);
        Assert.Equal(AlertLook.Present, await confirmer.LookAgainAsync(subject, Token));
        await list.DelistAsync(Zone, Address, Token);
        Assert.Equal(AlertLook.Absent, await confirmer.LookAgainAsync(subject, Token));
        await list.AnswerEverythingAsync(Zone, "127.0.0.2", Token);
        Assert.Equal(AlertLook.Undetermined, await confirmer.LookAgainAsync(subject, Token));
    }
}
