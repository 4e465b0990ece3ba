using System.Globalization;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Placement;

namespace MailDashboard.IntegrationTests.Monitoring.Mailboxes;

/// <summary>A provider that gives every message a Message-ID of its own (a Postfix that replaces it): our mark finds the message all the same.</summary>
public sealed class RenumberedMessageTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly PostfixSettings Renumbering = new()
    {
        Parameters = new Dictionary<string, string> { ["header_checks"] = "regexp:{ {/^Message-Id:.*/ REPLACE Message-ID: <0100-other@provider.test>} }" },
    };

    [Theory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Test_ToTheOneAddressOfAMailbox_IsJudgedAndTakenOut(MailboxProtocol protocol)
    {
        await using var world = await MailboxWorld.StartAsync(null, postfix: Renumbering);
        var mailbox = await world.AddMailboxAsync(change: d => d with
        {
            Addressing = TestAddressing.None, IsSeed = true, Protocol = protocol, Port = protocol == MailboxProtocol.Imap ? d.Port : world.Mailboxes.Pop3.Port,
        });
        await world.SendAsync($"anna@{MailboxServer.Domain}", "from a stranger");
        var store = world.Dashboard.Get<MessageTestStore>();
        var culture = CultureInfo.GetCultureInfo("en");

        var id = (await store.StartAsync(new MessageTestDraft(mailbox, await world.AddProfileAsync()), "ada", culture, Token)).Id!.Value;

        MessageTestView? judged = null;
        await world.RoundsAsync("it is judged", async () => (judged = (await world.Dashboard.Get<MessageTestQuery>().FindAsync(id, Token))!.Value.Test).Status == MessageTestStatus.Judged);
        Assert.Equal(($"anna@{MailboxServer.Domain}", "shop@sender.test"), (judged!.Address, judged.From));
        Assert.Equal(["from a stranger"], await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token));

        // Sent from elsewhere nobody could tell it from other mail.
        Assert.Equal(MessageTestFault.OneAddress, (await store.StartAsync(new MessageTestDraft(mailbox), "ada", culture, Token)).Fault);
    }

    [Fact]
    public async Task Run_IsFoundAndTakenOut()
    {
        await using var world = await MailboxWorld.StartAsync(null, postfix: Renumbering);
        var seed = await world.AddMailboxAsync(change: d => d with { Addressing = TestAddressing.None, IsSeed = true });
        var run = (await world.Dashboard.Get<PlacementStore>().StartAsync(await world.AddProfileAsync(), [seed], "ada", Token)).Id!.Value;
        await world.Dashboard.Get<PlacementRounds>().RunAsync(Token);

        await world.RoundsAsync("it is found", async () => (await world.Dashboard.Get<PlacementQuery>().FindAsync(run, Token))!.Seeds[0].Placement == Placement.Inbox);

        Assert.Empty(await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token));
    }
}
