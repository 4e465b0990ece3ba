using System.Text;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Data;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

public sealed class StartupTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_WithANewerDatabase_IsRefused(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("newer");
        await using (var first = await TestDashboard.StartAsync(connection, folder))
        {
            await using var db = await first.OpenAsync();
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" (migration_id, product_version) VALUES ('29990101000000_Future', '99.0')", Token);
        }

        await using var second = TestDashboard.Create(connection, folder);
        var refused = Assert.IsType<DatabaseState.Refused>(await second.Get<DatabaseStartup>().PrepareAsync(Token));
        Assert.Contains("29990101000000_Future", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_WithoutTheMasterKey_IsRefused(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("key");
        await using (await TestDashboard.StartAsync(connection, folder))
        {
        }

        var file = folder["data/master.key"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", await RefusalAsync(), StringComparison.Ordinal);

        File.Delete(file);
        Assert.Contains("missing", await RefusalAsync(), StringComparison.Ordinal);
        Assert.Contains("not the one", await RefusalAsync(new KeyValuePair<string, string?>("MAILDASHBOARD_MASTER_KEY", Convert.ToBase64String(new byte[32]))), StringComparison.Ordinal);

        async Task<string> RefusalAsync(params KeyValuePair<string, string?>[] settings)
        {
            await using var dashboard = TestDashboard.Create(connection, folder, settings: settings);
            return Assert.IsType<DatabaseState.Refused>(await dashboard.Get<DatabaseStartup>().PrepareAsync(Token)).Reason;
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_BySeveralAtOnce_MigratesOnce(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("several");
        var dashboards = Enumerable.Range(0, database == "postgres" ? 4 : 1).Select(_ => TestDashboard.Create(connection, folder)).ToList();

        var states = await Task.WhenAll(dashboards.Select(d => d.Get<DatabaseStartup>().PrepareAsync(Token)));

        Assert.All(states, s => Assert.IsType<DatabaseState.Ready>(s));
        foreach (var dashboard in dashboards)
        {
            await dashboard.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Secrets_Stored_AreNowhereInClear(string database)
    {
        const string Secret = "hunter2-Zq8";
        await using var dashboard = await StartAsync(database);
        var draft = new ProfileDraft { Host = "smtp.example.org", UserName = "u", Password = Secret, SenderAddress = "a@example.org" };
        Assert.Empty(await dashboard.Get<ProfileStore>().SaveForNoticesAsync(draft, Token));
        await dashboard.Get<SettingsStore>().SetListKeyAsync("spamhaus-zen", Secret, Token);

        await using var db = await dashboard.OpenAsync();
        var profile = await db.SmtpProfiles.SingleAsync(Token);
        var stored = new StringBuilder().AppendLine(profile.ProtectedPassword).AppendJoin(' ', await db.Settings.Select(s => s.Value).ToListAsync(Token)).AppendJoin(' ', await db.DataProtectionKeys.Select(k => k.Xml).ToListAsync(Token));
        Assert.DoesNotContain(Secret, stored.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey ", stored.ToString(), StringComparison.Ordinal);
        Assert.Contains("spamhaus-zen", dashboard.Get<SettingsStore>().Current.ListKeysSet);
        Assert.Equal(Secret, (await dashboard.Get<SettingsStore>().GetBlocklistsAsync(Token)).Keys["spamhaus-zen"]);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Profile_OtherHostWithoutPassword_AsksForIt(string database)
    {
        await using var dashboard = await StartAsync(database);
        var store = dashboard.Get<ProfileStore>();
        var draft = new ProfileDraft { Host = "smtp.example.org", UserName = "u", Password = "p", SenderAddress = "a@example.org", Security = ServerSecurity.StartTls };
        Assert.Empty(await store.SaveForNoticesAsync(draft, Token));

        Assert.Empty(await store.SaveForNoticesAsync(draft with { Password = "", SenderName = "Dashboard" }, Token));
        var problem = Assert.Single(await store.SaveForNoticesAsync(draft with { Password = "", Host = "evil.example.net" }, Token));
        Assert.Equal(ProfileFault.PasswordNeeded, problem.Fault);
        Assert.Single(await store.SaveForNoticesAsync(draft with { Password = null, Security = ServerSecurity.None }, Token));
        Assert.True((await store.GetForNoticesAsync(Token))!.SignIn.HasPassword);
    }

    [Fact]
    public async Task Start_PostgresNotThereYet_BecomesReadyByItself()
    {
        await using var server = await PostgresServer.StartAsync(Token);
        var connection = await server.CreateDatabaseAsync(Token);
        await server.StopAsync();
        await using var dashboard = TestDashboard.Create(connection, time: TimeProvider.System);
        var startup = dashboard.Get<DatabaseStartup>();

        await startup.StartAsync(Token);
        await Eventually.TrueAsync("it is said", () => startup.State is DatabaseState.Unavailable, cancellationToken: Token);
        await server.RestartAsync(Token);
        await Eventually.TrueAsync("it is ready", () => startup.IsReady, cancellationToken: Token);

        await startup.StopAsync(Token);
    }

    [Fact]
    public async Task Start_SecondProcessOnOneSqliteFolder_WaitsForTheFirst()
    {
        using var folder = new ServerFolder("twice");
        await using var second = TestDashboard.Create(null, folder, TimeProvider.System);
        await using (var first = TestDashboard.Create(null, folder, TimeProvider.System))
        {
            await first.Get<DatabaseStartup>().StartAsync(Token);
            await first.Get<DatabaseStartup>().WaitReadyAsync(Token);
            await second.Get<DatabaseStartup>().StartAsync(Token);
            await Eventually.TrueAsync("it is said", () => second.Get<DatabaseStartup>().State is DatabaseState.Unavailable, cancellationToken: Token);
        }

        await Eventually.TrueAsync("it is ready", () => second.Get<DatabaseStartup>().IsReady, cancellationToken: Token);
        await second.Get<DatabaseStartup>().StopAsync(Token);
    }

    [Fact]
    public async Task Start_AfterAKillOnSqlite_TakesTheDeadProcessesWorkAtOnce()
    {
        using var folder = new ServerFolder("killed");
        await using (var killed = await TestDashboard.StartAsync(null, folder, TimeProvider.System))
        {
            await killed.AddDomainAsync("example.org");
            Assert.Single(await killed.Get<DueDomains>().TakeAsync(1, Token));
            await killed.Get<OutboxQueue>().AddAsync(Message(), Token);
            Assert.NotNull(await killed.Get<OutboxQueue>().TakeAsync(Token));
        }

        await using var next = TestDashboard.Create(null, folder, TimeProvider.System);
        await next.Get<DatabaseStartup>().StartAsync(Token);
        await next.Get<DatabaseStartup>().WaitReadyAsync(Token);

        Assert.Single(await next.Get<DueDomains>().TakeAsync(1, Token));
        Assert.Equal("<one@example.org>", (await next.Get<OutboxQueue>().TakeAsync(Token))?.MessageId);
        await next.Get<DatabaseStartup>().StopAsync(Token);
    }

    private static OutboxMessage Message() => new()
    {
        Kind = "test",
        Recipient = "ops@example.org",
        Subject = "s",
        TextBody = "t",
        HtmlBody = "h",
        MessageId = "<one@example.org>",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        NextAttemptAt = TimeProvider.System.GetUtcNow(),
    };

    [Fact]
    public async Task Start_EnvironmentNonsense_IsRefusedAllAtOnceByName()
    {
        await using var dashboard = TestDashboard.Create(null, time: TimeProvider.System, settings:
        [
            new("MailDashboard:Dns:Servers", "127.1"), new("MailDashboard:Probing:AllowedNetworks", "10.0.0.0/99"),
            new("MailDashboard:MessageTests:SpamAssassin", "spamd:port"), new("MailDashboard:MessageTests:Rspamd", "rspamd:11333"),
        ]);
        var startup = dashboard.Get<DatabaseStartup>();

        await startup.StartAsync(Token);
        await Eventually.TrueAsync("it is refused", () => startup.State is DatabaseState.Refused, cancellationToken: Token);

        var reason = ((DatabaseState.Refused)startup.State).Reason;
        Assert.Contains("MailDashboard__Dns__Servers", reason, StringComparison.Ordinal);
        Assert.Contains("MailDashboard__Probing__AllowedNetworks", reason, StringComparison.Ordinal);
        Assert.Contains("MailDashboard__MessageTests__SpamAssassin", reason, StringComparison.Ordinal);
        Assert.Contains("MailDashboard__MessageTests__Rspamd", reason, StringComparison.Ordinal);
    }
}
