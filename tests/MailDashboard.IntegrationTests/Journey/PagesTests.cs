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
        ("domain-details", "domains/1?tab=details"),
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

    private static readonly string[] DarkPages = ["overview", "domains", "domain", "blocklists", "alert", "settings-sending", "account"];

    private readonly ConcurrentQueue<(string Page, string Problem)> problems = new();

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
        await FrenchReader.SignInAsync(telephone.Page, dashboard);
        foreach (var (name, path) in Pages)
        {
            await BothAsync(desk, telephone, dashboard, name, path);
        }

        await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        foreach (var (name, path) in Pages.Where(p => DarkPages.Contains(p.Name)))
        {
            await LookAsync(desk, dashboard, $"{name}-dark", path);
        }

        Assert.True(problems.IsEmpty, string.Join('\n', problems.GroupBy(p => p.Problem, p => p.Page).Select(g => $"{g.Key} (on {string.Join(", ", g)})")));
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

    private Task BothAsync(BrowserSession desk, BrowserSession telephone, DashboardProcess dashboard, string name, string path) =>
        Task.WhenAll(LookAsync(desk, dashboard, $"{name}-en", path), LookAsync(telephone, dashboard, $"{name}-fr", path));

    private async Task LookAsync(BrowserSession session, DashboardProcess dashboard, string name, string path)
    {
        await session.Page.GotoAsync($"{dashboard.Url}{path}");
        foreach (var problem in await session.InspectAsync(name))
        {
            problems.Enqueue((name, problem));
        }
    }
}
