using System.Diagnostics;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

public sealed class ToolboxTests(Browser browser)
{
    private const string Header =
        "Received: from out.harbour.example (out.harbour.example [192.0.2.10])\n by mx.receiver.example with ESMTPS id 1; Tue, 24 Nov 2026 10:00:08 +0000\nAuthentication-Results: mx.receiver.example; spf=pass smtp.mailfrom=harbour.example\nFrom: Ada <ada@harbour.example>\nDate: Tue, 24 Nov 2026 10:00:05 +0000\nMessage-ID: <1@harbour.example>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Domain_Typed_ShowsItsFirstResultWithinASecondAndALinkThatAnotherOperatorOpens()
    {
        await using var world = await ToolboxWorld.StartAsync(Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await world.SignInAsync(page, ToolboxWorld.Ada);
        await page.GetByRole(AriaRole.Link, new() { Name = "Toolbox", Exact = true }).ClickAsync();
        await Assertions.Expect(Title(page)).ToHaveTextAsync("Toolbox");
        await session.ScreenshotAsync("toolbox-empty");

        // The best of three: the machine that tests is busy with other things.
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            best = Min(best, await AskAsync(page, ToolboxWorld.Domain));
        }

        Assert.True(best < TimeSpan.FromSeconds(1), $"the first result took {best.TotalMilliseconds:N0} ms");
        TestContext.Current.TestOutputHelper?.WriteLine($"first result after {best.TotalMilliseconds:N0} ms");
        await Assertions.Expect(page.Locator("[data-tool=audit][aria-busy=false]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-family=dmarc] [data-code=DMARC001]")).ToHaveCountAsync(1);
        await session.ScreenshotAsync("toolbox-audit");

        var link = await page.Locator("[data-tool=audit] .toolbox-card__link a").GetAttributeAsync("href");
        await using var other = await browser.OpenAsync(new() { Locale = "fr-FR", Width = 390, Height = 844 });
        await world.SignInAsync(other.Page, ToolboxWorld.Bob);
        await other.Page.GotoAsync(link!);
        await Assertions.Expect(Title(other.Page)).ToHaveTextAsync("Boîte à outils");
        await Assertions.Expect(other.Page.Locator("#toolbox-text")).ToHaveValueAsync(ToolboxWorld.Domain);
        await Assertions.Expect(other.Page.Locator("[data-tool=audit][aria-busy=false]")).ToContainTextAsync("votre attention");
        await other.ScreenshotAsync("toolbox-audit-fr-390");
    }

    [Fact]
    public async Task Audit_WithADeadNameInIt_StreamsTheRestAndCanBeStopped()
    {
        await using var world = await ToolboxWorld.StartAsync(Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await world.SignInAsync(page, ToolboxWorld.Ada);

        await page.GotoAsync($"{world.Host.Url}toolbox?q={ToolboxWorld.SlowDomain}&tool=audit&families=spf,dmarc");

        await Assertions.Expect(page.Locator("details[data-family=dmarc]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("div[data-family=spf]")).ToContainTextAsync("under way");
        await session.ScreenshotAsync("toolbox-streaming");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-tool=audit]")).ToContainTextAsync("stopped");
        await Assertions.Expect(page.Locator("details[data-family=dmarc]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Header_Pasted_HasALinkThatNoServerLogs()
    {
        await using var world = await ToolboxWorld.StartAsync(Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await world.SignInAsync(page, ToolboxWorld.Ada);
        await page.GotoAsync($"{world.Host.Url}toolbox");
        await page.Locator("#toolbox-text").FillAsync(Header);
        await page.Keyboard.PressAsync("Control+Enter");

        await Assertions.Expect(page.Locator("[data-tool=header] .header__hops")).ToContainTextAsync("mx.receiver.example");
        await session.ScreenshotAsync("toolbox-header");
        var link = new Uri((await page.Locator("[data-tool=header] .toolbox-card__link a").GetAttributeAsync("href"))!);
        Assert.DoesNotContain("harbour", link.Query, StringComparison.Ordinal);
        await using var other = await browser.OpenAsync();
        await world.SignInAsync(other.Page, ToolboxWorld.Bob);
        await other.Page.GotoAsync(link.AbsoluteUri);
        await Assertions.Expect(other.Page.Locator("[data-tool=header] .header__hops")).ToContainTextAsync("mx.receiver.example");

        // From one question of this kind to the next only the fragment differs.
        await page.Locator("#toolbox-text").FillAsync(Header.Replace("mx.receiver.example", "mx.second.example", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("[data-tool=header] .header__hops")).ToContainTextAsync("mx.second.example");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("[data-tool=header] .header__hops")).ToContainTextAsync("mx.receiver.example");
    }

    [Fact]
    public async Task Viewer_IsRefusedByThePageAndByItsHandler()
    {
        await using var world = await ToolboxWorld.StartAsync(Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await world.SignInAsync(page, ToolboxWorld.Lea);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Domains", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Toolbox", Exact = true })).ToHaveCountAsync(0);
        await page.GotoAsync($"{world.Host.Url}toolbox?q={ToolboxWorld.Domain}");
        await Assertions.Expect(Title(page)).ToHaveTextAsync("Not for your account");
        await Assertions.Expect(page.Locator("[data-tool]")).ToHaveCountAsync(0);

        // An operator with an open page, whose role is taken away.
        await using var other = await browser.OpenAsync();
        await world.SignInAsync(other.Page, ToolboxWorld.Bob);
        await other.Page.GotoAsync($"{world.Host.Url}toolbox");
        await Assertions.Expect(Title(other.Page)).ToHaveTextAsync("Boîte à outils");
        await world.MakeBobAViewerAsync(Token);
        await other.Page.Locator("#toolbox-text").FillAsync("550 5.1.1 unknown");
        await other.Page.Locator("#toolbox-text").PressAsync("Enter");
        await Assertions.Expect(Title(other.Page)).ToHaveTextAsync("Accès réservé");
        await Assertions.Expect(other.Page.Locator("[data-tool]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Search_OfADomain_OpensTheToolbox()
    {
        await using var world = await ToolboxWorld.StartAsync(Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await world.SignInAsync(page, ToolboxWorld.Ada);

        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#search-input").FillAsync("192.0.2.10");
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Open in the toolbox" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-tool=dns][aria-busy=false]")).ToContainTextAsync("10.2.0.192.in-addr.arpa");
        await Assertions.Expect(page.Locator("[data-tool=blocklists]")).ToBeVisibleAsync();
        await session.ScreenshotAsync("toolbox-address");
    }

    private static ILocator Title(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Types a text, presses Enter, and waits for the first family that is done.</summary>
    private static async Task<TimeSpan> AskAsync(IPage page, string text)
    {
        await page.Locator("#toolbox-text").FillAsync(text);
        await Assertions.Expect(page.Locator("#toolbox-kind")).ToHaveTextAsync("A domain or a host.");
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await page.EvaluateAsync("() => document.querySelectorAll('details.family-row').forEach(d => d.dataset.old = '1')");
        var started = Stopwatch.GetTimestamp();
        await page.Locator("#toolbox-text").PressAsync("Enter");
        await page.Locator("details.family-row:not([data-old])").First.WaitForAsync();
        return Stopwatch.GetElapsedTime(started);
    }
}
