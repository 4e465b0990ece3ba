using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>What surrounds every page: search, drawer, keyboard, and what happens when the server goes away.</summary>
public sealed class FrameTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_ByDomainAddressCodeOrPage_LeadsThere()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        var ada = new Administrator(page, dashboard);
        await ada.SetUpAsync();
        await ada.AddDomainAsync(world);
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();

        await FindAsync(page, "harb", JourneyWorld.Domain);
        await Assertions.Expect(ada.Title).ToHaveTextAsync(JourneyWorld.Domain);
        await FindAsync(page, "127.0.1", world.Address.ToString());
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("family=blocklists"));
        await FindAsync(page, "resolver", "Resolver and networks");
        await Assertions.Expect(ada.Title).ToHaveTextAsync("Resolver and networks");
        await FindAsync(page, "dmarc001", "open for 1 domain");
        await Assertions.Expect(ada.Answer).ToHaveTextAsync("1 domain has this at present.");
        await session.ScreenshotAsync("frame-finding");
        await page.SetViewportSizeAsync(390, 844);
        await session.ScreenshotAsync("frame-finding-390");
        await page.GetByRole(AriaRole.Row).GetByRole(AriaRole.Link, new() { Name = JourneyWorld.Domain }).ClickAsync();
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#search-input").FillAsync("zzz");
        await Assertions.Expect(page.GetByText("Nothing fits")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#search-input")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#search-button")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Drawer_OnANarrowScreen_KeepsTheFocusAndClosesByEscape()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync(new() { Width = 390, Height = 844 });
        var page = session.Page;
        var ada = new Administrator(page, dashboard);
        await ada.SetUpAsync();
        var menu = page.Locator("#menu-button");

        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#navigation a").First).ToBeFocusedAsync();
        await session.ScreenshotAsync("frame-drawer", fullPage: false);
        for (var i = 0; i < 20; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.closest('#navigation') !== null"));
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToBeFocusedAsync();
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        await menu.ClickAsync();
        await ada.GoAsync("Domains");
        await Assertions.Expect(ada.Title).ToHaveTextAsync("Domains");
        await Assertions.Expect(ada.Title).ToBeFocusedAsync();
        await page.WaitForFunctionAsync("document.documentElement.scrollWidth === 390");

        var account = page.GetByRole(AriaRole.Button, new() { Name = "Your account" });
        await account.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await session.ScreenshotAsync("frame-account", fullPage: false);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(account).ToBeFocusedAsync();

        await page.ReloadAsync();
        await Assertions.Expect(ada.Title).ToBeVisibleAsync();
        Assert.Equal("skip-link", await page.EvaluateAsync<string>("document.querySelector('a, button, input, select, textarea').className"));
        await page.Locator(".skip-link").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#main")).ToBeFocusedAsync();
        await Assertions.Expect(ada.Title).ToHaveTextAsync("Domains");
    }

    [Fact]
    public async Task Server_Restarted_PageComesBackWithWhatWasTyped()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync(new() { ExpectedErrors = ["WebSocket", "ERR_CONNECTION", "Failed to", "Connection", "negotiat", "Error:"] });
        var page = session.Page;
        var ada = new Administrator(page, dashboard);
        await ada.SetUpAsync();
        await ada.AddProfileAsync();
        await page.GetByLabel("Server", new() { Exact = true }).FillAsync("smtp.office.example");
        await page.GetByLabel("Password").FillAsync("half typed");

        await dashboard.StopAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await session.ScreenshotAsync("frame-reconnect", fullPage: false);
        await dashboard.RunAsync(Token);

        await Assertions.Expect(page.Locator("#restored")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Server", new() { Exact = true })).ToHaveValueAsync("smtp.office.example");
        await Assertions.Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await session.ScreenshotAsync("frame-restored", fullPage: false);
    }

    private static async Task FindAsync(IPage page, string text, string result)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#search-input")).ToBeFocusedAsync();
        await page.Locator("#search-input").FillAsync(text);
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync(result);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.ScreenFolder, $"frame-search-{text}.png") });
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#search-input")).ToHaveCountAsync(0);
    }
}
