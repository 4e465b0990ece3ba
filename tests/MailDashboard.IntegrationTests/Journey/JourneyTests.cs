using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;
using MimeKit;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>What the product is for, from the first start to the end of a listing, as its people see it.</summary>
public sealed class JourneyTests(Browser browser, SharedPostgres postgres)
{
    private const string Postmaster = "postmaster@office.example";

    public static TheoryData<string> Databases { get; } = ["sqlite", "postgres"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Journey_FromSetUpToTheEndOfAListing_TellsPeopleTwice(string database)
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, database == "postgres" ? await postgres.CreateDatabaseAsync(Token) : null, Token);
        await using var session = await browser.OpenAsync(new() { Height = 1124 });
        var page = session.Page;
        var ada = new Administrator(page, dashboard);

        await ada.SetUpAsync();
        await ada.SetUpSendingAsync(world, Postmaster);
        Assert.Equal("Test message from Mail Dashboard", Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token)).Subject);
        world.Recipient.Mailbox.Clear();

        await ada.AddDomainAsync(world);
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();
        await session.ScreenshotAsync($"journey-{database}-1-finding", fullPage: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Details", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText($"220 {JourneyWorld.Exchanger} ESMTP Postfix").First).ToBeVisibleAsync();
        await page.GoBackAsync();

        await world.ListAsync(Token);
        await ada.CheckNowAsync();
        await Assertions.Expect(ada.Finding("BLK001")).ToContainTextAsync(JourneyBlocklists.Meaning);
        var listed = Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token));
        AssertListed(listed, world);
        await ada.GoAsync("Alerts");
        var alert = page.GetByRole(AriaRole.Link, new() { Name = $"{world.Address} is listed on {JourneyWorld.AddressListName}" });
        await Assertions.Expect(alert).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("confirmed", new() { Exact = true })).ToBeVisibleAsync();
        await session.ScreenshotAsync($"journey-{database}-2-alerts");

        // Where the e-mail's button leads.
        await page.GotoAsync(AlertLink(listed, dashboard));
        await Assertions.Expect(ada.Answer).ToContainTextAsync("Listed since");
        await Assertions.Expect(page.GetByText(Postmaster)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = JourneyWorld.Domain }).ClickAsync();

        await world.DelistAsync(Token);
        await ada.CheckNowAsync();
        await Assertions.Expect(ada.Finding("BLK001")).ToHaveCountAsync(0);
        var messages = await world.Recipient.Mailbox.WaitForAsync(2, cancellationToken: Token);
        AssertDelisted(messages[1], listed, world);
        await ada.GoAsync("Alerts");
        await Assertions.Expect(page.GetByText("No alert is open")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Past" }).ClickAsync();
        await Assertions.Expect(alert).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("over", new() { Exact = true })).ToBeVisibleAsync();
        await session.ScreenshotAsync($"journey-{database}-3-over");
        await ada.SignOutAsync();
        Assert.Equal(2, world.Recipient.Mailbox.Count);
    }

    private static void AssertListed(MimeMessage mail, JourneyWorld world)
    {
        Assert.Equal($"{world.Address} ({JourneyWorld.Domain}) is listed on {JourneyWorld.AddressListName}", mail.Subject);
        Assert.Equal(Postmaster, Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        string[] facts = [world.Address.ToString(), JourneyWorld.AddressListName, JourneyBlocklists.Meaning, JourneyWorld.Domain, JourneyWorld.RemovalUrl(world.Address)];
        Assert.All(facts, fact => Assert.Contains(fact, mail.TextBody, StringComparison.Ordinal));
        Assert.All(facts, fact => Assert.Contains(fact, mail.HtmlBody, StringComparison.Ordinal));
    }

    private static void AssertDelisted(MimeMessage mail, MimeMessage first, JourneyWorld world)
    {
        Assert.Equal($"{world.Address} ({JourneyWorld.Domain}) is no longer listed on {JourneyWorld.AddressListName}", mail.Subject);
        Assert.Equal(first.MessageId, mail.InReplyTo);
        Assert.Contains(first.MessageId, mail.References);
        Assert.NotEqual(first.MessageId, mail.MessageId);
    }

    private static string AlertLink(MimeMessage mail, DashboardProcess dashboard) =>
        mail.TextBody!.Split((char[])[' ', '\n', '\r']).Single(word => word.StartsWith($"{dashboard.Url}alerts/", StringComparison.Ordinal));
}
