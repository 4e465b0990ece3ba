using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>The administrator again, at a browser that asks for French.</summary>
internal static class FrenchReader
{
    /// <summary>Signs in and makes French the language of the account; other open sessions keep theirs.</summary>
    public static async Task SignInAsync(IPage page, DashboardProcess dashboard)
    {
        await page.GotoAsync($"{dashboard.Url}sign-in");
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
}
