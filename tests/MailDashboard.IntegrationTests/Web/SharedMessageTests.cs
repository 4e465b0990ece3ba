using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>The page of a judged message, and its link for somebody without an account.</summary>
public sealed class SharedMessageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_ShowsTheJudgementAndNothingElse()
    {
        await using var host = await WebHost.StartAsync();
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await TestedMessages.AddAsync(host, await ProfileAsync(host));
        var token = await host.Services.GetRequiredService<MessageTestLinks>().CreateAsync(1, 7, Token);
        using var anybody = host.Browser();

        using var answer = await anybody.GetAsync(new Uri($"/shared/message-test/{token}", UriKind.Relative), Token);
        var page = await answer.Content.ReadAsStringAsync(Token);
        using var guessed = await anybody.GetAsync(new Uri("/shared/message-test/guessed", UriKind.Relative), Token);
        using var signInNeeded = await anybody.GetAsync(new Uri("/messages/1/print", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("6.5 out of ten", page, StringComparison.Ordinal);
        Assert.Contains("Your order &lt;b&gt;has left&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tests+", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("cellar", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/messages", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        Assert.Equal(HttpStatusCode.Found, signInNeeded.StatusCode);
    }

    [Fact]
    public async Task Page_OfAJudgedMessage_IsSafeAndMakesALink()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await host.CreateAsync("olga@example.org", AppRoles.Operator);
        await TestedMessages.AddAsync(host, await ProfileAsync(host));
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, "olga@example.org");
        var page = session.Page;

        await page.GotoAsync($"{host.Url}messages/1");
        await Assertions.Expect(page.Locator(".page-header__answer")).ToContainTextAsync("6.5 out of ten");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the message", Exact = true }).ClickAsync();
        Assert.Equal("", await page.Locator("iframe.message__preview").GetAttributeAsync("sandbox"));
        await Assertions.Expect(page.FrameLocator("iframe.message__preview").Locator("p")).ToHaveTextAsync("Your order has left");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link", Exact = true }).ClickAsync();
        var link = await page.Locator(".share-link code").InnerTextAsync();

        using var anybody = host.Connect();
        using var answer = await anybody.GetAsync(new Uri(new Uri(link).AbsolutePath, UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await page.GotoAsync($"{host.Url}messages");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the test", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".message__address code")).ToContainTextAsync("tests+");
    }

    private static async Task<int> ProfileAsync(WebHost host) => (await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, Profiles.Relay, Token)).Id!.Value;
}
