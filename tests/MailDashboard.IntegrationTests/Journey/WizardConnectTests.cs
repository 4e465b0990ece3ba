using System.Globalization;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Publishing.Keys;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>A provider that wants people to say yes on its own page: that is done inside the set-up, and nobody has to look for another page.</summary>
public sealed class WizardConnectTests(Browser browser)
{
    private const string Domain = JourneyWorld.Domain;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Profile_OfAProviderWithOAuth_IsConnectedOnItsStep()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await world.Authority.SetZoneAsync(Domain, "@ MX 10 mx\nmx A 127.0.1.60", Token);
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync(new() { Height = 1124 });
        var page = session.Page;
        await new Administrator(page, dashboard).SetUpAsync();
        var hand = new WizardHand(page);
        await ReachAsync(page, hand, dashboard);

        await Assertions.Expect(page.Locator("#way")).ToHaveValueAsync("OAuth");
        await Assertions.Expect(page.Locator("#password")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#token-endpoint")).ToHaveValueAsync("https://oauth2.googleapis.com/token");
        await page.Locator("#host").FillAsync("127.0.0.1");
        await page.Locator("#port").FillAsync(world.Recipient.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#user").FillAsync($"anna@{Domain}");
        await page.Locator("#token-endpoint").FillAsync(tokens.TokenEndpoint);
        await page.Locator("#device-endpoint").FillAsync(tokens.DeviceEndpoint);
        await page.Locator("#client-id").FillAsync("7f6e");
        await session.ScreenshotAsync("wizard-oauth");
        await hand.PressAsync("Save, then connect");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connected account" })).ToBeVisibleAsync();
        await hand.PressAsync("Connect with a code");
        await Assertions.Expect(page.GetByText("WDJB-MJHT")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("An account is connected: we have a token that lasts.")).ToBeVisibleAsync();
        await session.ScreenshotAsync("wizard-oauth-connected");

        // What the provider says comes back to this step, and what was stored is still chosen.
        await page.GotoAsync($"{page.Url}?connected=Declined");
        await Assertions.Expect(hand.Title).ToHaveTextAsync("How do you sign in there?");
        await Assertions.Expect(page.Locator(".notice--error").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#profile option:checked")).ToContainTextAsync(Domain);
    }

    private static async Task ReachAsync(IPage page, WizardHand hand, DashboardProcess dashboard)
    {
        await page.GotoAsync($"{dashboard.Url}wizard?domain={Domain}");
        await page.GetByLabel("Your domain").PressAsync("Enter");
        await hand.ArriveAsync("What does this domain do with mail?");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("What suits you?", isSkipped: true);
        await hand.PressAsync("I know what I want");
        await hand.ArriveAsync("Who sends your mail?");
        await page.Locator("#provider-search").FillAsync("google");
        await page.Locator("#field-dkim").FillAsync(DkimKeyPair.Create(DkimAlgorithm.Rsa, "google").RecordText);
        await hand.PressAsync("Next");
        await hand.ArriveAsync("How do you sign in there?");
    }
}
