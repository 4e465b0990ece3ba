using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>What is pushed to an open page was caused by somebody else: it must not bring their language along.</summary>
public sealed class FrenchPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenPage_ChangedByAnEnglishReader_StaysFrench()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, connection: null, Token);
        await using var desk = await browser.OpenAsync();
        await using var telephone = await browser.OpenAsync(new() { Locale = "fr-FR", Width = 390, Height = 844 });
        var ada = new Administrator(desk.Page, dashboard);
        var reader = telephone.Page;
        await ada.SetUpAsync();
        await ada.AddDomainAsync(world);
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();
        await FrenchReader.SignInAsync(reader, dashboard);
        await reader.GotoAsync(desk.Page.Url);
        await Assertions.Expect(reader.Locator("article[data-code='DMARC001'] h3")).ToHaveTextAsync("Rien ne protège le domaine contre l’usurpation");

        await world.ListAsync(Token);
        await ada.CheckNowAsync();

        var listed = reader.Locator("article[data-code='BLK001']");
        await Assertions.Expect(listed).ToContainTextAsync(JourneyBlocklists.MeaningInFrench);
        await Assertions.Expect(listed).Not.ToContainTextAsync(JourneyBlocklists.Meaning);
        await Assertions.Expect(reader.Locator(".page-header__answer")).ToContainTextAsync("problème");
        await Assertions.Expect(reader.GetByRole(AriaRole.Button, new() { Name = "Vérifier maintenant" })).ToBeVisibleAsync();
    }
}
