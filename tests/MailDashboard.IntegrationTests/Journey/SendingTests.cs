using System.Globalization;
using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>What an administrator is told when sending, DNS or a list’s key does not work, and that nothing typed is lost.</summary>
public sealed class SendingTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sending_WithEachMistake_SaysWhatHappenedThenDelivers()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        using var stranger = new TestCertificates(name: "An authority nobody knows");
        await using var untrusted = await PostfixServer.StartAsync(new() { Certificate = stranger.Issue("127.0.0.1"), Login = world.Login }, Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        var ada = new Administrator(page, dashboard);
        await ada.SetUpAsync();
        await ada.AddProfileAsync();
        await page.GetByLabel("User name").FillAsync(world.Login.UserName);
        await page.GetByLabel("Sender address").FillAsync("dashboard@office.example");

        await TryAsync(page, LoopbackPorts.Free(), world.Login.Password);
        await ExpectAsync(page, "No connection to the server.", "Check the server and the port.");
        await session.ScreenshotAsync("sending-unreachable");
        await TryAsync(page, untrusted.EndPoint, world.Login.Password);
        await ExpectAsync(page, "Nobody whom this machine trusts has signed the server’s certificate.", "127.0.0.1");
        await TryAsync(page, world.Recipient.EndPoint, "not the password");
        await ExpectAsync(page, "Signing in at the server failed.", "535");
        Assert.DoesNotContain("not the password", await page.ContentAsync(), StringComparison.Ordinal);
        await Assertions.Expect(page.GetByLabel("User name")).ToHaveValueAsync(world.Login.UserName);
        await session.ScreenshotAsync("sending-password");
        await page.GetByLabel("Encryption").SelectOptionAsync("ImplicitTls");
        await TryAsync(page, world.Recipient.EndPoint, world.Login.Password);
        await ExpectAsync(page, "The connection could not be encrypted.", "465");
        await page.GetByLabel("Encryption").SelectOptionAsync("StartTls");
        await TryAsync(page, world.Recipient.EndPoint, world.Login.Password);
        await Assertions.Expect(page.GetByText("The server accepted the message")).ToBeVisibleAsync();
        Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token));
        Assert.DoesNotContain(world.Login.Password, dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_OfResolverListsAndRecipients_AreCheckedAndKept()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token, "MailDashboard__Dns__Servers__0", "MailDashboard__Probing__AllowedNetworks__0", "MailDashboard__Blocklists__DataFile");
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        var ada = new Administrator(page, dashboard);
        await ada.SetUpAsync();

        await ada.GoAsync("Resolver and networks");
        await page.GetByLabel("DNS servers").FillAsync("not a server!");
        await page.GetByLabel("Private networks").FillAsync("10.0.0.0/33");
        await SaveAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("is not a");
        await Assertions.Expect(page.GetByLabel("DNS servers")).ToHaveValueAsync("not a server!");
        await session.ScreenshotAsync("resolver-wrong");
        await page.GetByLabel("DNS servers").FillAsync(LoopbackPorts.Free().ToString());
        await page.GetByLabel("Private networks").FillAsync("127.0.0.0/8");
        await SaveAsync(page);
        await TryDomainAsync(page);
        await Assertions.Expect(page.Locator(".trial")).ToContainTextAsync("Fails");
        await session.ScreenshotAsync("resolver-dead");
        await page.GetByLabel("DNS servers").FillAsync(world.Resolver.EndPoint.ToString());
        await SaveAsync(page);
        // What was tried before goes with what is saved now.
        await Assertions.Expect(page.Locator(".trial")).ToHaveCountAsync(0);
        await TryDomainAsync(page);
        await Assertions.Expect(page.Locator(".trial__step")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator(".trial")).Not.ToContainTextAsync("Fails");
        await session.ScreenshotAsync("resolver-good");

        await ada.GoAsync("Blocklist keys", "Blocklists and their keys");
        var enter = page.GetByRole(AriaRole.Button, new() { Name = "Enter a key" }).First;
        await enter.ClickAsync();
        await page.Locator("input[type=password]").FillAsync("abcdefghijklmnop1234567890");
        await page.Locator("form").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Replace" }).First).ToBeVisibleAsync();
        Assert.DoesNotContain("abcdefghijklmnop", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Replace" })).ToHaveCountAsync(0);
        var list = page.Locator("main input[type=checkbox]").First;
        var was = await list.IsCheckedAsync();
        await list.ClickAsync();
        // Who leaves before it is stored has not changed it.
        await Assertions.Expect(page.Locator("main label.check").First).ToContainTextAsync(was ? "No" : "Yes");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("main input[type=checkbox]").First).ToBeCheckedAsync(new() { Checked = !was });

        await ada.GoToRecipientsAsync();
        await page.GetByLabel("E-mail address").FillAsync("nonsense");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync("postmaster@office.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Row).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "postmaster@office.example" })).ToHaveCountAsync(0);
    }

    private static async Task TryAsync(IPage page, IPEndPoint server, string password)
    {
        await page.GetByLabel("Server", new() { Exact = true }).FillAsync(server.Address.ToString());
        await page.GetByLabel("Port").FillAsync(server.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("Password").FillAsync(password);
        await SaveAsync(page);
        await Assertions.Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByText("not proven yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
    }

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

    private static async Task TryDomainAsync(IPage page)
    {
        await Assertions.Expect(page.GetByText("Saved").First).ToBeVisibleAsync();
        await page.GetByLabel("Domain").FillAsync(JourneyWorld.Domain);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".trial")).ToBeVisibleAsync();
    }

    private static async Task ExpectAsync(IPage page, params string[] words)
    {
        foreach (var word in words)
        {
            await Assertions.Expect(page.Locator("section").Filter(new() { HasText = "Prove it" })).ToContainTextAsync(word);
        }

        await Assertions.Expect(page.Locator(".send-talk pre")).ToBeVisibleAsync();
    }
}
