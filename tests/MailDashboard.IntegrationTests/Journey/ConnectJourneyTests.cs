using System.Globalization;
using MailDashboard.IntegrationTests.Monitoring.Accounts;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>An administrator connects an account at its provider, in a real browser, with everything that goes wrong on the way.</summary>
public sealed class ConnectJourneyTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_RefusedThenMixedUpThenLateThenOverARestart_SendsAtLast()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var servers = await TokenMail.StartAsync(tokens, "xoauth2", "127.0.17.31");
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        var ada = new Administrator(page, dashboard);
        await ada.SetUpAsync();
        await ada.AddProfileAsync();
        await FillAsync(page, tokens, servers);
        await Assertions.Expect(page.GetByText("No account is connected yet")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".verbatim").GetByText($"{dashboard.Url}profiles/connected")).ToBeVisibleAsync();
        var profile = page.Url;

        await LeaveAsync(page, "Connect the account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Refuse" }).ClickAsync();
        await ExpectAsync(page, profile, "The provider did not agree");
        await session.ScreenshotAsync("connect-declined");

        // An address that somebody else made, while the person is at the provider.
        await LeaveAsync(page, "Connect the account");
        var atProvider = page.Url;
        await page.GotoAsync($"{dashboard.Url}profiles/connected?state=another&code=made-up");
        await ExpectAsync(page, $"{dashboard.Url}profiles", "it was not begun in this browser, or was used already");
        Assert.Empty(tokens.Asked);
        await page.GotoAsync(atProvider);
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await ExpectAsync(page, $"{dashboard.Url}profiles", "begin again with “Connect the account”");

        tokens.CodesHaveEnded = true;
        await page.GotoAsync(profile);
        await LeaveAsync(page, "Connect the account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await ExpectAsync(page, profile, "The provider gave no token.");
        await ExpectAsync(page, profile, "What was given once is no longer valid.");
        tokens.CodesHaveEnded = false;

        await LeaveAsync(page, "Connect the account");
        await dashboard.StopAsync();
        await dashboard.RunAsync(Token);
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await ExpectAsync(page, profile, "The account is connected.");
        await Assertions.Expect(page.GetByLabel("Client ID")).ToHaveValueAsync("client-1");
        await session.ScreenshotAsync("connect-connected");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try the connection" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The server let us in.")).ToBeVisibleAsync();
        await page.GetByLabel("Send it to").FillAsync("ops@example.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The server accepted the message for ops@example.test.")).ToBeVisibleAsync();
        Assert.Single(await servers.Postfix.Mailbox.WaitForAsync(1, cancellationToken: Token));
        Assert.DoesNotContain(tokens.Asked.SelectMany(a => a).Where(f => f.Key is "code" or "code_verifier" or "refresh_token" or "client_secret"), f => dashboard.Output.Contains(f.Value, StringComparison.Ordinal));
    }

    private static async Task FillAsync(IPage page, TokenServer tokens, TokenMail servers)
    {
        await page.GetByLabel("Server", new() { Exact = true }).FillAsync("127.0.0.1");
        await page.GetByLabel("Encryption").SelectOptionAsync("None");
        await Assertions.Expect(page.GetByLabel("Port")).ToHaveValueAsync("25");
        await page.GetByLabel("Port").FillAsync(servers.Postfix.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("How the server knows us").SelectOptionAsync("OAuth");
        await page.GetByLabel("What the token is asked for with").SelectOptionAsync("RefreshToken");
        await page.GetByLabel("User name").FillAsync("anna");
        await page.GetByLabel("Where tokens are given").FillAsync(tokens.TokenEndpoint);
        await page.GetByLabel("Where people say yes").FillAsync(tokens.AuthorizationEndpoint);
        await page.GetByLabel("Client ID").FillAsync("client-1");
        await page.GetByLabel("Client secret").FillAsync("cs-0123456789-secret");
        await page.GetByLabel("Scope").FillAsync(TokenServer.Scope);
        await page.GetByLabel("Sender address").FillAsync("anna@example.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
    }

    private static async Task LeaveAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("May Mail Dashboard send in your name?");
    }

    private static async Task ExpectAsync(IPage page, string address, string words)
    {
        await Assertions.Expect(page.Locator("main [role=status]").Filter(new() { HasText = words })).ToBeVisibleAsync();
        Assert.StartsWith($"{address}?connected=", page.Url, StringComparison.Ordinal);
    }
}
