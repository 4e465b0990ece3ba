using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>A profile is looked at again and again; what fails twice is told by whichever channel works, and its end too.</summary>
public sealed class AccountHealthTests(SharedPostgres postgres) : AccountTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Look_ThatFailsTwiceAndWorksTwice_IsAnIncidentAndItsEnd(string database)
    {
        await using var receiver = new Receiver();
        await using var dashboard = await StartLoopbackAsync(database);
        await AddAsync(dashboard, receiver.Url());
        await ByEveryChannelAsync(dashboard);
        var port = LoopbackPorts.Free();
        int id;
        await using (SmtpSink.Start(endPoint: port))
        {
            id = await SaveAsync(dashboard, Relay(port.Port));
            Assert.Equal(1, await LookAsync(dashboard));
            var works = (await dashboard.Get<ProfileStore>().FindAsync(id, Token))!.Health;
            Assert.Equal((dashboard.Time.GetUtcNow(), null, null), (works.WorkedAt, works.FailingSince, works.Problem));
            Assert.NotNull(works.LatencyMilliseconds);
            Assert.Equal(0, await LookAsync(dashboard));
        }

        dashboard.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(1, await LookAsync(dashboard));
        Assert.Equal((AlertStatus.Pending, false), ((await AlertAsync(dashboard))!.Status, (await FailsAsync(dashboard, id)).IsConfirmed));
        Assert.Equal(0, await dashboard.NoticeAsync());

        dashboard.Time.Advance(TimeSpan.FromSeconds(75));
        Assert.Equal(1, await LookAsync(dashboard));
        var open = (await AlertAsync(dashboard))!;
        Assert.Equal((AlertStatus.Open, "MON006", $"Account:Cellar|{id}", MailDashboard.Checks.Severity.Error), (open.Status, open.Code, open.SubjectKey, open.Severity));
        Assert.True((await FailsAsync(dashboard, id)).IsConfirmed);
        Assert.StartsWith("Connecting: ", (await FailsAsync(dashboard, id)).Problem, StringComparison.Ordinal);
        await TellAsync(dashboard);
        Assert.Contains("The sending profile Cellar cannot be used", Assert.Single(receiver.Requests).Body, StringComparison.Ordinal);

        await using var again = SmtpSink.Start(endPoint: port);
        dashboard.Time.Advance(TimeSpan.FromMinutes(16));
        await LookAsync(dashboard);
        Assert.Equal(AlertStatus.Resolving, (await AlertAsync(dashboard))!.Status);
        dashboard.Time.Advance(TimeSpan.FromSeconds(75));
        await LookAsync(dashboard);
        Assert.Equal(AlertStatus.Resolved, (await AlertAsync(dashboard))!.Status);
        await TellAsync(dashboard);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Account_ThatNobodyHasConnected_IsNotLookedAt()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        await SaveAsync(dashboard, Web.Profiles.Connectable with { Host = "127.0.0.1", Port = LoopbackPorts.Free().Port });

        Assert.Equal(0, await LookAsync(dashboard));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task SignIn_ThatFailsUntilSomebodyMendsIt_IsMailedAndItsEndToo(string database)
    {
        await using var mail = SmtpSink.Start();
        await using var postfix = await PostfixServer.StartAsync(new() { Login = new("shop", "the right one") }, Token);
        await using var dashboard = await StartLoopbackAsync(database);
        await dashboard.TellAsync(mail.EndPoint.Port);
        var draft = Relay(postfix.EndPoint.Port) with { Name = "Shop", SignInKind = SignInKind.Password, UserName = "shop", Password = "the wrong one" };
        var id = await SaveAsync(dashboard, draft);

        await LookAsync(dashboard);
        dashboard.Time.Advance(TimeSpan.FromSeconds(75));
        await LookAsync(dashboard);
        await MailAsync(dashboard);
        Assert.StartsWith("SigningIn: 535", (await FailsAsync(dashboard, id)).Problem, StringComparison.Ordinal);

        await SaveAsync(dashboard, draft with { Password = "the right one" }, id);
        await LookAsync(dashboard);
        dashboard.Time.Advance(TimeSpan.FromSeconds(75));
        await LookAsync(dashboard);
        await MailAsync(dashboard);

        Assert.Equal(AlertStatus.Resolved, (await AlertAsync(dashboard))!.Status);
        Assert.Equal(["The sending profile Shop cannot be used", "Over: The sending profile Shop cannot be used"], mail.Received.Select(m => m.Subject));
        Assert.Equal(mail.Received[0].MessageId, mail.Received[1].InReplyTo);
        Assert.Contains("signing in", mail.Received[0].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Received, m => $"{m}".Contains("wrong one", StringComparison.Ordinal) || $"{m}".Contains("535", StringComparison.Ordinal));
        Assert.Equal(2, await dashboard.ReadAsync(db => db.Outbox.CountAsync(m => m.SentAt != null, Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Certificate_NearItsEndUntilItIsRenewed_IsMailedAndItsEndToo(string database)
    {
        await using var mail = SmtpSink.Start();
        await using var dashboard = await StartLoopbackAsync(database);
        await dashboard.TellAsync(mail.EndPoint.Port);
        using var certificates = new TestCertificates();
        var (port, soon) = (LoopbackPorts.Free(), dashboard.Time.GetUtcNow().AddDays(10));
        await using (SmtpSink.Start(certificates.Issue(["localhost"], soon.AddDays(-80), soon), port))
        {
            await SaveAsync(dashboard, Relay(port.Port) with { Security = ServerSecurity.StartTls });
            await LookAsync(dashboard);
            dashboard.Time.Advance(TimeSpan.FromSeconds(75));
            await LookAsync(dashboard);
            await MailAsync(dashboard);
        }

        Assert.Equal(AlertStatus.Open, await CertificateAsync(dashboard));
        await using var renewed = SmtpSink.Start(certificates.Issue(["localhost"], soon.AddDays(-10), soon.AddDays(80)), port);
        dashboard.Time.Advance(TimeSpan.FromMinutes(16));
        await LookAsync(dashboard);
        dashboard.Time.Advance(TimeSpan.FromSeconds(75));
        await LookAsync(dashboard);
        await MailAsync(dashboard);

        // Nobody in this process trusts the authority, so that the profile fails as well: that is another incident.
        Assert.Equal(AlertStatus.Resolved, await CertificateAsync(dashboard));
        Assert.Equal(2, mail.Received.Count(m => $"{m}".Contains("certificate", StringComparison.Ordinal) && $"{m}".Contains("Cellar", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Look_ByManyAtOnce_IsOne(string database)
    {
        await using var sink = SmtpSink.Start();
        await using var dashboard = await StartLoopbackAsync(database);
        await SaveAsync(dashboard, Relay(sink.EndPoint.Port));

        var looked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => LookAsync(dashboard))));

        Assert.Equal(1, looked.Sum());
    }

    [Fact]
    public async Task Look_ThatCouldNotBeMade_NeitherOpensNorEnds()
    {
        await using var dashboard = await TestDashboard.StartAsync(null, settings: [.. Loopback, new("MailDashboard:Dns:Servers", LoopbackPorts.Free().ToString())]);
        var id = await SaveAsync(dashboard, Relay(25) with { Host = "smtp.nowhere.example" });

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await LookAsync(dashboard));
            dashboard.Time.Advance(TimeSpan.FromMinutes(16));
        }

        var health = (await dashboard.Get<ProfileStore>().FindAsync(id, Token))!.Health;
        Assert.Equal((null, null, null), (health.CheckedAt, health.FailingSince, health.Problem));
        Assert.Null(await AlertAsync(dashboard));
    }

    [Fact]
    public async Task Incident_OfAProfileThatIsRenamedThenRemoved_FollowsItAndEndsWithoutAWord()
    {
        await using var dashboard = await StartLoopbackAsync("sqlite");
        var id = await SaveAsync(dashboard, Relay(LoopbackPorts.Free().Port));
        await LookAsync(dashboard);
        dashboard.Time.Advance(TimeSpan.FromSeconds(75));
        await LookAsync(dashboard);
        var stored = await StoredAsync(dashboard, id);
        await SaveAsync(dashboard, Relay(stored.Port) with { Name = "Attic | 2" }, id);
        dashboard.Time.Advance(TimeSpan.FromMinutes(16));
        await LookAsync(dashboard);

        Assert.Equal((AlertStatus.Open, $"Account:Attic | 2|{id}"), ((await AlertAsync(dashboard))!.Status, (await AlertAsync(dashboard))!.SubjectKey));
        await dashboard.Get<ProfileStore>().DeleteAsync(id, Token);
        Assert.Equal(AlertStatus.Resolved, (await AlertAsync(dashboard))!.Status);
    }

    private static ProfileDraft Relay(int port) => new()
    {
        Name = "Cellar", Host = "127.0.0.1", Port = port, Security = ServerSecurity.None, SignInKind = SignInKind.Nobody, SenderAddress = "a@example.test",
    };

    private static Task<int> LookAsync(TestDashboard dashboard) => dashboard.Get<AccountHealth>().RunAsync(Token);

    private static Task<Alert?> AlertAsync(TestDashboard dashboard) => dashboard.ReadAsync(db => db.Alerts.AsNoTracking().SingleOrDefaultAsync(Token));

    private static async Task<AccountHealthView> FailsAsync(TestDashboard dashboard, int id) => (await dashboard.Get<ProfileStore>().FindAsync(id, Token))!.Health;

    private static Task<AlertStatus> CertificateAsync(TestDashboard dashboard) => dashboard.ReadAsync(db => db.Alerts.Where(a => a.Code == "MON007").Select(a => a.Status).SingleAsync(Token));

    /// <summary>Decides who is told, and sends what is in the outbox.</summary>
    private static async Task MailAsync(TestDashboard dashboard)
    {
        Assert.NotEqual(0, await dashboard.NoticeAsync());
        while (await dashboard.Get<OutboxSender>().SendOneAsync(Token))
        {
        }
    }

    /// <summary>The rule that ships tells by e-mail until somebody adds a channel to it.</summary>
    private static async Task ByEveryChannelAsync(TestDashboard dashboard)
    {
        await using var db = await dashboard.OpenAsync();
        var rule = await db.NotificationRules.Include(r => r.Channels).SingleAsync(r => r.Preset == "sending", Token);
        foreach (var channel in await db.NotificationChannels.Where(c => c.Kind == ChannelKind.Webhook).Select(c => c.Id).ToListAsync(Token))
        {
            if (!rule.Channels.Any(c => c.ChannelId == channel))
            {
                rule.Channels.Add(new RuleChannel { ChannelId = channel });
            }
        }

        await db.SaveChangesAsync(Token);
    }

    private static async Task TellAsync(TestDashboard dashboard)
    {
        Assert.Equal(1, await dashboard.NoticeAsync());
        await PostAsync(dashboard);
    }
}
