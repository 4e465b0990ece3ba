using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Reports leave the house: readers by e-mail, a link for a stranger, paper.</summary>
public sealed class ReportSharingTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administrator_AddsAReaderAndSharesALink_AndAStrangerReadsIt()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        var people = host.Services.GetRequiredService<People>();
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync(WebHost.Email, null, AppRoles.Administrator, WebHost.Password, "en", Token));
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync("ada@example.org", null, AppRoles.Administrator, WebHost.Password, "fr", Token));
        await ReportsPageTests.SeedAsync(host);
        await using var desk = await browser.OpenAsync();
        await using var telephone = await browser.OpenAsync(new BrowserOptions { Locale = "fr-FR", Width = 390, Height = 844 });
        await ReportsPageTests.SignInAsync(desk.Page, host, WebHost.Email, "E-mail address", "Password", "Sign in");
        await ReportsPageTests.SignInAsync(telephone.Page, host, "ada@example.org", "Adresse de courriel", "Mot de passe", "Se connecter");
        var problems = new List<string>();

        await desk.Page.GotoAsync($"{host.Url}settings/reports");
        await desk.Page.GetByLabel("E-mail address").FillAsync("not an address");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByLabel("E-mail address")).ToHaveValueAsync("not an address");
        await desk.Page.GetByLabel("E-mail address").FillAsync("boss-with-a-rather-long-address@headquarters.example.org");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Cell, new() { Name = "boss-with-a-rather-long-address" })).ToBeVisibleAsync();
        await LookAsync("report-mails", "settings/reports", "td.break");

        await desk.Page.GotoAsync($"{host.Url}reports?period=quarter");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Share", Exact = true }).ClickAsync();
        await desk.Page.GetByLabel("Language of the report").SelectOptionAsync("fr");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await desk.Page.Locator(".share-link code").TextContentAsync();
        problems.AddRange((await desk.InspectAsync("report-share-made")).Select(p => $"made: {p}"));
        await LookAsync("report-share", "reports/share?period=quarter", ".table__actions");

        await using (var stranger = await browser.OpenAsync(new BrowserOptions { Width = 1280, Height = 900 }))
        {
            await stranger.Page.GotoAsync(link!);
            await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Domaines de messagerie");
            await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Imprimer" })).ToBeVisibleAsync();
            problems.AddRange((await stranger.InspectAsync("report-shared-fr-1280")).Select(p => $"shared: {p}"));
            await stranger.Page.SetViewportSizeAsync(390, 844);
            problems.AddRange((await stranger.InspectAsync("report-shared-fr-390")).Select(p => $"shared 390: {p}"));
            await stranger.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Imprimer" })).ToBeHiddenAsync();
            await stranger.Page.PdfAsync(new() { Path = Path.Combine(Browser.ScreenFolder, "report-shared-fr.pdf"), PreferCSSPageSize = true });
        }

        await desk.Page.GotoAsync($"{host.Url}reports/print?period=year");
        problems.AddRange((await desk.InspectAsync("report-print-en-1280")).Select(p => $"print: {p}"));
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        async Task LookAsync(string name, string path, string shown)
        {
            foreach (var (session, view) in new[] { (desk, "en-1280"), (telephone, "fr-390") })
            {
                await session.Page.GotoAsync($"{host.Url}{path}");
                await Assertions.Expect(session.Page.Locator(shown).First).ToBeVisibleAsync();
                problems.AddRange((await session.InspectAsync($"{name}-{view}")).Select(p => $"{name}-{view}: {p}"));
            }

            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            problems.AddRange((await desk.InspectAsync($"{name}-en-dark")).Select(p => $"{name}-dark: {p}"));
            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
    }
}
