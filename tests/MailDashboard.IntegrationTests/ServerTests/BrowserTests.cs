using MailDashboard.IntegrationTests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MailDashboard.IntegrationTests.ServerTests;

public sealed class BrowserTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_LocaleWidthAndColourScheme_AreAsAsked()
    {
        await using var site = await StartAsync("<h1>x</h1><link rel='icon' href='data:,'>");
        await using var session = await browser.OpenAsync(new() { Locale = "fr-FR", Width = 390, Dark = true });

        await session.Page.GotoAsync(site.Urls.First());

        Assert.Equal("fr-FR", await session.Page.EvaluateAsync<string>("navigator.language"));
        Assert.Equal(390, await session.Page.EvaluateAsync<int>("innerWidth"));
        Assert.True(await session.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
        Assert.True(new FileInfo(await session.ScreenshotAsync("browser-fixture")).Length > 0);
    }

    [Fact]
    public async Task Page_AsksForAForeignHostOrReportsAnError_SessionSaysSo()
    {
        await using var site = await StartAsync(
            "<link rel='icon' href='data:,'><script>console.error('broken')</script><img src='http://192.0.2.1/pixel.png'>");
        var session = await browser.OpenAsync();

        await session.Page.GotoAsync(site.Urls.First());

        Assert.Equal(["http://192.0.2.1/pixel.png"], session.ForeignRequests);
        Assert.Contains("broken", session.Errors);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await session.DisposeAsync());
    }

    [Fact]
    public async Task Browser_ThatHasGone_IsStartedAnew()
    {
        await using var site = await StartAsync("<h1>x</h1><link rel='icon' href='data:,'>");
        await using var own = new Browser();
        await using (var first = await own.OpenAsync())
        {
            await first.Context.Browser!.CloseAsync();
        }

        await using var second = await own.OpenAsync();
        await second.Page.GotoAsync(site.Urls.First());

        Assert.Equal("x", await second.Page.Locator("h1").TextContentAsync());
    }

    private static async Task<WebApplication> StartAsync(string html)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.MapGet("/", () => Results.Content($"<!doctype html>{html}", "text/html"));
        await site.StartAsync(Token);
        return site;
    }
}
