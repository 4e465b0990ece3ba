using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Incidents are dealt with without a mouse.</summary>
public sealed class KeyboardTests(Browser browser) : FilledPages(browser)
{
    [Fact]
    public async Task Incident_WithTheKeyboardAlone_IsTakenCareOf()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await FillAsync(host);
        await using var session = await Browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;

        await TabToAsync(page, page.Locator("section[aria-labelledby='broken-heading'] a").First);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main h1")).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "I take care of it" }));
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Give it back" })).ToBeVisibleAsync();
        await page.GotoAsync($"{host.Url}");
        await Assertions.Expect(page.Locator("section[aria-labelledby='broken-heading']")).ToContainTextAsync($"taken care of by {WebHost.Email}");
    }

    [Fact]
    public async Task Confirmation_Left_GivesTheFocusBackToItsButton_AndConfirmed_ToTheHeading()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await FillAsync(host);
        await using var session = await Browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;
        await page.GotoAsync($"{host.Url}alerts/maintenance");
        var end = page.GetByRole(AriaRole.Button, new() { Name = "End now" });
        await end.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".confirm button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(end).ToBeFocusedAsync();

        await end.PressAsync("Enter");
        await page.Locator(".confirm button").Last.PressAsync("Enter");

        await Assertions.Expect(end).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main h1")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Incidents_WithTheKeyboardAlone_AreTakenCareOfAtOnce_AndAViewerOnlyReads()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await host.CreateAsync("vic@example.org", AppRoles.Viewer);
        await FillAsync(host);
        await using var session = await Browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;

        await page.GotoAsync($"{host.Url}alerts");
        await TabToAsync(page, page.GetByLabel("on this page"));
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "I take care of it" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Locator(".confirm button").Last);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main .page-header__answer")).ToContainTextAsync("somebody takes care of");
        await Assertions.Expect(page.Locator("main tbody tr").First).ToContainTextAsync(WebHost.Email);
        await Assertions.Expect(page.Locator(".at-once__count")).ToHaveTextAsync("None chosen");

        await using var viewer = await Browser.OpenAsync();
        await viewer.SignInAsync(host, "vic@example.org");
        await viewer.Page.GotoAsync($"{host.Url}alerts");
        await Assertions.Expect(viewer.Page.Locator("main tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.Locator("main [type=checkbox], main button")).ToHaveCountAsync(0);
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < 80 && !await target.EvaluateAsync<bool>("e => e === document.activeElement"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(target).ToBeFocusedAsync();
    }
}
