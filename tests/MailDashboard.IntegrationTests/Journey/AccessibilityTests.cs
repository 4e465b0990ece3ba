using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>The pages before sign-in, those that have nothing to show yet, and the search, in both themes and languages, wide and narrow, as axe sees them.</summary>
public sealed class AccessibilityTests(Browser browser)
{
    private static readonly string[] _public = ["sign-in", "forgot-password", "reset-password", "invitation", "denied", "no-such-page", "failure"];

    private static readonly string[] _empty =
    [
        "", "domains", "domains/1", "alerts", "alerts/maintenance", "compliance", "reports", "messages", "messages/placement", "messages/placement/plans", "wizard", "profiles", "settings/mailboxes",
        "settings/recipients", "findings/NONE",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-GB", false)]
    [InlineData("fr-FR", true)]
    public async Task Pages_InEitherLanguageAndTheme_HaveNoSeriousFault(string locale, bool dark)
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync(new() { Locale = locale, Dark = dark, ExpectedErrors = ["404"] });
        var page = session.Page;
        var faults = new List<string>();
        await page.GotoAsync($"{dashboard.Url}setup");
        await LookAsync("setup");
        await page.Locator("[name='Input.Token']").FillAsync(dashboard.SetupToken);
        await page.Locator("[name='Input.Email']").FillAsync(Administrator.Email);
        await page.Locator("[name='Input.Password']").FillAsync(Administrator.Password);
        await page.Locator("[name='Input.Again']").FillAsync(Administrator.Password);
        await page.Locator("button[type=submit].button--primary").ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        foreach (var path in _empty)
        {
            await page.GotoAsync($"{dashboard.Url}{path}");
            await LookAsync(path.Length == 0 ? "overview" : path);
        }

        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#search-input").FillAsync("spf");
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await LookAsync("search");
        await page.Context.ClearCookiesAsync();
        foreach (var path in _public)
        {
            await page.GotoAsync($"{dashboard.Url}{path}");
            await LookAsync(path);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));

        async Task LookAsync(string name)
        {
            await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            var file = $"axe-{locale[..2]}-{name.Replace('/', '-')}";
            var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            faults.AddRange(result.Violations.Where(v => v.Impact is "serious" or "critical")
                .SelectMany(v => v.Nodes.Select(n => $"{name}: {v.Id} ({v.Impact}) {n.Html} {string.Join(' ', n.Any.Select(c => c.Message))}")));
            await session.ScreenshotAsync(file);
            await page.SetViewportSizeAsync(390, 844);
            // The window's new width arrives a moment before its new layout.
            await page.WaitForFunctionAsync("innerWidth === 390 && getComputedStyle(document.body).width === '390px'");
            var wide = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('body *')].filter(e => document.documentElement.scrollWidth > innerWidth && e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 120))");
            if (wide.Length > 0)
            {
                await session.ScreenshotAsync($"{file}-390");
                faults.AddRange(wide.Select(w => $"{name}: scrolls sideways at 390 px because of {w}"));
            }

            await page.SetViewportSizeAsync(1280, 900);
        }
    }
}
