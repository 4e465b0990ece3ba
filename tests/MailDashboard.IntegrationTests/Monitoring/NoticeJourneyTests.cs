using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using static MailDashboard.IntegrationTests.Monitoring.RuleJourneyTests;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>When messages go out, by whom they are grouped, what they answer, and what becomes of them when somebody changes a rule meanwhile.</summary>
public sealed class NoticeJourneyTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly RuleTerms Urgent = new() { Topic = RuleTopic.Finding, MinimumSeverity = Severity.Error };
    private static readonly RuleTerms Hourly = Urgent with { GroupSeconds = 3600 };

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rule_ChangedBetweenTheOpeningAndItsMessage_TellsAllTheSame(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent);
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "example.org"), "example.org");
        await ChangeAsync(dashboard, Urgent with { RemindHours = 24 });
        await ChangeAsync(dashboard, Urgent with { RemindHours = 12 });

        await dashboard.NoticeAsync();
        Assert.Equal("opened", Assert.Single(await OutboxAsync(dashboard)).Kind);

        // What was told is told once, whatever is changed, and goes on by the new terms.
        await ChangeAsync(dashboard, Urgent with { RemindHours = 1 });
        await dashboard.NoticeAsync();
        Assert.Single(await OutboxAsync(dashboard));
        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.NoticeAsync();
        Assert.Equal(["opened", "reminder"], (await OutboxAsync(dashboard)).Select(m => m.Kind));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rule_ChangedSoThatItNoLongerMatches_TellsNothing(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent);
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "example.org"), "example.org");
        await ChangeAsync(dashboard, Urgent with { Families = ["dmarc"] });

        await dashboard.NoticeAsync();

        Assert.Empty(await OutboxAsync(dashboard));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rule_MadeOrWidenedLater_DoesNotTellOfWhatWasThere(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Hourly);
        var other = (await dashboard.Get<RuleStore>().ChannelsAsync(Token))[0].Id;
        await SaveAsync(dashboard, Urgent with { Families = ["dmarc"] }, other);
        var widened = (await dashboard.Get<RuleStore>().ListAsync(Token))[1];
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "example.org"), "example.org");

        // It waits for the hour of the one rule when the others come.
        await SaveAsync(dashboard, Urgent, other);
        Assert.Empty((await dashboard.Get<RuleStore>().SaveAsync(widened.Id, widened.ToDraft() with { Terms = Urgent }, Token)).Problems);
        dashboard.Time.Advance(TimeSpan.FromMinutes(30));
        await dashboard.NoticeAsync();

        Assert.Empty(await OutboxAsync(dashboard));
        dashboard.Time.Advance(TimeSpan.FromMinutes(30));
        await dashboard.NoticeAsync();
        Assert.Single(await OutboxAsync(dashboard));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Rule_FreedOfItsQuietHours_TellsAtOnceWhatTheyHeld(string database)
    {
        var quiet = Urgent with { Quiet = new QuietHours(0, 23 * 60, "UTC", null) };
        await using var dashboard = await OnlyRuleAsync(database, quiet);
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "example.org"), "example.org");
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));

        await ChangeAsync(dashboard, Urgent);
        await dashboard.NoticeAsync();

        Assert.Single(await OutboxAsync(dashboard));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Held_UntilItWasOver_HasNoLineWithoutAReason(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent with { Quiet = new QuietHours(0, 23 * 60, "UTC", null) });
        var id = await NewDomainAsync(dashboard, "example.org");
        await OpenAsync(dashboard, id, "example.org");
        await dashboard.NoticeAsync();
        await CloseAsync(dashboard, id, "example.org");
        await dashboard.NoticeAsync();

        Assert.Equal([nameof(HoldReason.Quiet)], await dashboard.ReadAsync(db => db.AlertEvents.Where(e => e.Kind == nameof(IncidentEventKind.Held)).Select(e => e.Text).ToListAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task LongGroup_IsNotLookedAtUntilItIsRipe_ThenIsOneMessage(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Hourly);
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "a.example.org"), "a.example.org");
        var opened = await dashboard.ReadAsync(db => db.Alerts.Select(a => a.OpenedAt!.Value).SingleAsync(Token));
        Assert.Equal(0, await dashboard.NoticeAsync());
        Assert.Equal(opened.AddHours(1), await dashboard.ReadAsync(db => db.Alerts.Select(a => a.NoticeDueAt).SingleAsync(Token)));

        dashboard.Time.Advance(TimeSpan.FromMinutes(40));
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "b.example.org"), "b.example.org");
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));
        Assert.All(await dashboard.ReadAsync(db => db.Alerts.Select(a => a.NoticeDueAt).ToListAsync(Token)), due => Assert.Equal(opened.AddHours(1), due));

        dashboard.Time.SetUtcNow(opened.AddHours(1));
        Assert.Equal(2, await dashboard.Get<NoticeRound>().RunAsync(Token));
        Assert.Equal("group", Assert.Single(await OutboxAsync(dashboard)).Kind);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task LongGroup_SomethingUrgentForItsChannel_TakesItAlong(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Hourly with { Domains = ["a.example.org"] });
        await SaveAsync(dashboard, Urgent with { Domains = ["b.example.org"] }, (await dashboard.Get<RuleStore>().ChannelsAsync(Token))[0].Id);
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "a.example.org"), "a.example.org");
        await dashboard.NoticeAsync();
        Assert.Empty(await OutboxAsync(dashboard));

        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "b.example.org"), "b.example.org");
        await dashboard.NoticeAsync();

        var mail = Assert.Single(await OutboxAsync(dashboard));
        Assert.All(["a.example.org", "b.example.org"], name => Assert.Contains(name, mail.TextBody, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task LongGroup_OfOneRule_DelaysNoOtherAndTellsItsOwnChannelOnly(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent);
        var first = (await dashboard.Get<RuleStore>().ChannelsAsync(Token))[0].Id;
        var second = await dashboard.ReadAsync(async db =>
        {
            var channel = db.NotificationChannels.Add(new NotificationChannel { Kind = ChannelKind.Email, Name = "second" }).Entity;
            await db.SaveChangesAsync(Token);
            return channel.Id;
        });
        await dashboard.Get<MailDashboard.Monitoring.Profiles.RecipientStore>().AddAsync("hourly@example.test", "en", second, Token);
        var (_, problems) = await dashboard.Get<RuleStore>().SaveAsync(null, new RuleDraft("hourly", true, Hourly, [first, second]), Token);
        Assert.Empty(problems);
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));

        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "example.org"), "example.org");
        await dashboard.NoticeAsync();
        Assert.Equal(["ops@example.test"], (await OutboxAsync(dashboard)).Select(m => m.Recipient));

        dashboard.Time.Advance(TimeSpan.FromHours(1));
        await dashboard.NoticeAsync();
        Assert.Equal(["ops@example.test", "hourly@example.test"], (await OutboxAsync(dashboard)).Select(m => m.Recipient));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task PatientRule_BesideOneThatReminds_TellsWhenItHasSeenEnough(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent with { RemindHours = 24 });
        var channel = await dashboard.ReadAsync(async db =>
        {
            var made = db.NotificationChannels.Add(new NotificationChannel { Kind = ChannelKind.Email, Name = "second" }).Entity;
            await db.SaveChangesAsync(Token);
            return made.Id;
        });
        await dashboard.Get<MailDashboard.Monitoring.Profiles.RecipientStore>().AddAsync("patient@example.test", "en", channel, Token);
        await SaveAsync(dashboard, Urgent with { ConfirmAfter = 3 }, channel);
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        var id = await NewDomainAsync(dashboard, "example.org");
        await OpenAsync(dashboard, id, "example.org");
        await dashboard.NoticeAsync();
        Assert.Single(await OutboxAsync(dashboard));

        dashboard.Time.Advance(TimeSpan.FromMinutes(15));
        await dashboard.RecordAsync(id, Spf(true, "example.org"));
        await dashboard.NoticeAsync();

        Assert.Equal(["ops@example.test", "patient@example.test"], (await OutboxAsync(dashboard)).Select(m => m.Recipient));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Ends_OfWhatWasToldInAGroup_AnswerThatMessage(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent);
        await using var sink = SmtpSink.Start();
        await dashboard.TellAsync(sink.EndPoint.Port, "chef@example.test", "fr");
        string[] names = ["a.example.org", "b.example.org", "c.example.org"];
        var ids = new List<int>();
        foreach (var name in names)
        {
            ids.Add(await NewDomainAsync(dashboard, name));
        }

        foreach (var show in new[] { true, true, false, false })
        {
            foreach (var (i, id) in ids.Index().Where(d => show || d.Index > 0))
            {
                await dashboard.RecordAsync(id, Spf(show, names[i]));
            }

            dashboard.Time.Advance(TimeSpan.FromSeconds(76));
            await dashboard.NoticeAsync();
        }

        await CloseAsync(dashboard, ids[0], names[0]);
        await dashboard.NoticeAsync();
        var sender = dashboard.Get<OutboxSender>();
        while (await sender.SendOneAsync(Token))
        {
        }

        // Two ends together, then one alone: each under the group that its reader got.
        Assert.Equal(6, sink.Received.Count);
        foreach (var thread in sink.Received.GroupBy(m => m.To.Mailboxes.Single().Address))
        {
            var (first, ends) = (thread.First(), thread.Skip(1).ToList());
            Assert.Null(first.InReplyTo);
            Assert.Equal(2, ends.Count);
            Assert.All(ends, end => Assert.Equal((first.MessageId, $"<{first.MessageId}>"), (end.InReplyTo, end.Headers["References"])));
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Readers_OfOneLanguage_GetTheSameWords(string database)
    {
        await using var dashboard = await OnlyRuleAsync(database, Urgent);
        await dashboard.TellAsync(25, "second@example.test");
        await dashboard.TellAsync(25, "chef@example.test", "fr");
        await OpenAsync(dashboard, await NewDomainAsync(dashboard, "example.org"), "example.org");
        await dashboard.NoticeAsync();

        var byLanguage = (await OutboxAsync(dashboard)).ToLookup(m => m.Language);
        Assert.Equal((2, 1), (byLanguage["en"].Count(), byLanguage["fr"].Count()));
        Assert.Single(byLanguage["en"].Select(m => (m.Subject, m.TextBody, m.HtmlBody)).Distinct());
        Assert.Equal(3, byLanguage.SelectMany(m => m).Select(m => m.MessageId).Distinct().Count());
        Assert.DoesNotContain(byLanguage["fr"].Single().Subject, byLanguage["en"].Select(m => m.Subject));
    }

    /// <summary>A dashboard with one reader and no rule but this one, made a minute ago.</summary>
    private async Task<TestDashboard> OnlyRuleAsync(string database, RuleTerms terms)
    {
        var dashboard = await StartAsync(database);
        await dashboard.TellAsync(25);
        var rules = dashboard.Get<RuleStore>();
        foreach (var shipped in await rules.ListAsync(Token))
        {
            await rules.DeleteAsync(shipped.Id, Token);
        }

        await SaveAsync(dashboard, terms, (await rules.ChannelsAsync(Token))[0].Id);
        dashboard.Time.Advance(TimeSpan.FromMinutes(1));
        return dashboard;
    }

    private static async Task ChangeAsync(TestDashboard dashboard, RuleTerms terms)
    {
        dashboard.Time.Advance(TimeSpan.FromSeconds(1));
        var rule = (await dashboard.Get<RuleStore>().ListAsync(Token))[0];
        Assert.Empty((await dashboard.Get<RuleStore>().SaveAsync(rule.Id, rule.ToDraft() with { Terms = terms }, Token)).Problems);
    }
}
