using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

public sealed class LongPasteTests(Browser browser)
{
    [Fact]
    public async Task Paste_OfTwoThousandDomains_IsTakenAndReported()
    {
        // Workers are off: this is about what a browser may send.
        await using var host = await WebHost.StartAsync(listen: true);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await page.GotoAsync($"{host.Url}setup");
        await page.GetByLabel("Set-up token").FillAsync(WebHost.SetupToken);
        await page.GetByLabel("E-mail address").FillAsync(Administrator.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Administrator.Password);
        await page.GetByLabel("Password again").FillAsync(Administrator.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");

        await page.GotoAsync($"{host.Url}domains/add");
        await page.GetByLabel("Domain names").FillAsync(string.Join('\n', Enumerable.Range(0, 2000).Select(i => $"a-rather-long-name-of-a-domain-{i}.example.org")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByText(new System.Text.RegularExpressions.Regex("^2[,.]?000 domains")).First).ToBeVisibleAsync();
    }
}
