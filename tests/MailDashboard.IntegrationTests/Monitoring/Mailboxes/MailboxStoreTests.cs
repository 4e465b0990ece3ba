using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring.Mailboxes;

public sealed class MailboxStoreTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static MailboxDraft Draft => new()
    {
        Host = "imap.example.test", UserName = "anna", Password = "hunter2", Address = "anna@example.test", Addressing = TestAddressing.PlusAddress, Provider = "gmail", SpamFolder = "Junk",
    };

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_AndAgainWithoutThePassword_KeepsItForTheSameServerOnly(string database)
    {
        await using var dashboard = await StartAsync(database);
        var store = dashboard.Get<MailboxStore>();
        var id = (await store.SaveAsync(null, Draft, Token)).Id!.Value;

        var kept = await store.SaveAsync(id, Draft with { Password = null, IsSeed = true }, Token);
        var elsewhere = await store.SaveAsync(id, Draft with { Password = null, Host = "imap.evil.test" }, Token);

        Assert.Empty(kept.Problems);
        Assert.Equal([new ProfileProblem("Password", ProfileFault.PasswordNeeded)], elsewhere.Problems);
        var view = Assert.Single(await store.ListAsync(Token));
        Assert.Equal(("imap.example.test", 993, true, "gmail", "Junk", true), (view.Host, view.Port, view.IsSeed, view.Provider, view.SpamFolder, view.SignIn.HasPassword));
        Assert.DoesNotContain("hunter2", await dashboard.ReadAsync(db => db.Mailboxes.Select(m => m.ProtectedPassword!).SingleAsync(Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WithoutUseAddressOrSignIn_SaysSo()
    {
        await using var dashboard = await StartAsync("sqlite");

        var saved = await dashboard.Get<MailboxStore>().SaveAsync(null, new MailboxDraft { Host = "imap.example.test", Address = "nobody", Relays = "10.0.0.0/8 10.0.0.0/99" }, Token);

        Assert.Null(saved.Id);
        Assert.Equal(["Address", "Addressing", "Relays", "UserName"], saved.Problems.Select(p => p.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Delete_TakesItsTestsWithIt(string database)
    {
        await using var dashboard = await StartAsync(database);
        var store = dashboard.Get<MailboxStore>();
        var id = (await store.SaveAsync(null, Draft, Token)).Id!.Value;
        await dashboard.Get<MailDashboard.Monitoring.MessageTests.MessageTestStore>().StartAsync(new(id), "ada", System.Globalization.CultureInfo.InvariantCulture, Token);

        await store.DeleteAsync(id, Token);

        Assert.Equal(0, await dashboard.ReadAsync(db => db.MessageTests.CountAsync(Token)));
        Assert.Null(await store.FindAsync(id, Token));
    }

    [Fact]
    public async Task Try_Draft_ShowsTheFoldersAndStoresNothing()
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await using var dashboard = await StartAsync("sqlite");
        var draft = Draft with { Host = "127.0.0.1", Port = server.Imap.Port, Security = ServerSecurity.None, UserName = $"anna@{MailboxServer.Domain}", Password = MailboxServer.Password };

        var trial = await dashboard.Get<MailboxStore>().TryAsync(null, draft, Token);

        Assert.Equal(MailboxStage.Done, trial.Look!.Stage);
        Assert.Equal(["INBOX", "Junk", MailboxServer.Folder], trial.Look.Folders);
        Assert.DoesNotContain(trial.Look.Conversation, l => l.Contains(MailboxServer.Password, StringComparison.Ordinal));
        Assert.Empty(await dashboard.Get<MailboxStore>().ListAsync(Token));
    }
}
