using System.Collections.Concurrent;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>Every page, on a desk in English and on a telephone in French.</summary>
public sealed class PagesTests(Browser browser)
{
    private static readonly BrowserOptions Telephone = new() { Locale = "fr-FR", Width = 390, Height = 844 };

    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", ""),
        ("domains", "domains"),
        ("domain", "domains/1"),
        ("domain-records", "domains/1?tab=records"),
        ("domain-hosts", "domains/1?tab=hosts"),
        ("domain-history", "domains/1?tab=history"),
        ("domain-transcript", "domains/1?tab=transcript"),
        ("domain-edit", "domains/1/edit"),
        ("domain-add", "domains/add"),
        ("blocklists", "blocklists"),
        ("alerts", "alerts"),
        ("alert", "alerts/1"),
        ("settings-general", "settings/general"),
        ("settings-sending", "settings/sending"),
        ("settings-recipients", "settings/recipients"),
        ("settings-resolver", "settings/resolver"),
        ("settings-blocklists", "settings/blocklists"),
        ("settings-people", "settings/people"),
        ("settings-about", "settings/about"),
        ("account", "account"),
        ("not-found", "nowhere"),
    ];

    private readonly ConcurrentQueue<string> problems = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_EnglishOnADeskAndFrenchOnATelephone_AreAccessibleCompleteAndFit()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, connection: null, Token);
        await using var desk = await browser.OpenAsync(new() { ExpectedErrors = ["404"] });
        await using var telephone = await browser.OpenAsync(Telephone with { ExpectedErrors = ["404"] });
        await BothAsync(desk, telephone, dashboard, "setup", "setup");

        var ada = new Administrator(desk.Page, dashboard);
        await PrepareAsync(ada, world);
        await using (var stranger = await browser.OpenAsync())
        {
            await LookAsync(stranger, dashboard, "sign-in-en", "sign-in");
            await LookAsync(stranger, dashboard, "forgot-password-en", "forgot-password");
        }

        await LookAsync(telephone, dashboard, "forgot-password-fr", "forgot-password");
        await LookAsync(telephone, dashboard, "sign-in-fr", "sign-in");
        await SignInInFrenchAsync(telephone.Page, dashboard);
        foreach (var (name, path) in Pages)
        {
            await BothAsync(desk, telephone, dashboard, name, path);
        }

        Assert.True(problems.IsEmpty, string.Join('\n', problems));
    }

    /// <summary>A domain with a fault, and a listing that people were told of.</summary>
    private static async Task PrepareAsync(Administrator ada, JourneyWorld world)
    {
        await ada.SetUpAsync();
        await ada.SetUpSendingAsync(world, "postmaster@office.example");
        await ada.AddDomainAsync(world);
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();
        await world.ListAsync(Token);
        await ada.CheckNowAsync();
        await world.Recipient.Mailbox.WaitForAsync(2, cancellationToken: Token);
    }

    private static async Task SignInInFrenchAsync(IPage page, DashboardProcess dashboard)
    {
        await page.GetByLabel("Adresse de courriel").FillAsync(Administrator.Email);
        await page.GetByLabel("Mot de passe").FillAsync(Administrator.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(dashboard.Url);

        // Signing in brings the language of the account.
        await page.GotoAsync($"{dashboard.Url}account");
        await page.GetByLabel("Language").SelectOptionAsync("fr");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
    }

    private Task BothAsync(BrowserSession desk, BrowserSession telephone, DashboardProcess dashboard, string name, string path) =>
        Task.WhenAll(LookAsync(desk, dashboard, $"{name}-en", path), LookAsync(telephone, dashboard, $"{name}-fr", path));

    private async Task LookAsync(BrowserSession session, DashboardProcess dashboard, string name, string path)
    {
        await session.Page.GotoAsync($"{dashboard.Url}{path}");
        foreach (var problem in await session.InspectAsync(name))
        {
            problems.Enqueue(problem);
        }
    }
}
