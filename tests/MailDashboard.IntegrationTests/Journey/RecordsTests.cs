using System.Globalization;
using System.Net;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>The choices of the records step, on a telephone and in French: encryption, a second key, and the stages of DMARC, back and forth.</summary>
public sealed class RecordsTests(Browser browser)
{
    private const string Domain = JourneyWorld.Domain;
    private const string Web = "127.0.1.61";
    private const string Fresh = $"@ MX 10 mx\nmx A 127.0.1.60\nweb A {Web}";
    private const string N = "\u00a0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Choices_InFrenchOnATelephone_ArePlannedSeenAndTakenFurther()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await world.Authority.SetZoneAsync(Domain, Fresh, Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var desk = await browser.OpenAsync();
        await using var telephone = await browser.OpenAsync(new() { Locale = "fr-FR", Width = 390, Height = 844 });
        await new Administrator(desk.Page, dashboard).SetUpAsync();
        var page = telephone.Page;
        await FrenchReader.SignInAsync(page, dashboard);
        var hand = new WizardHand(page);
        await ReachAsync(page, hand, dashboard, world);

        await MakeKeysAsync(page, hand);
        await EncryptAsync(page, hand);
        Assert.Empty(await telephone.FitsAsync("wizard-fr-choices"));
        await page.SetViewportSizeAsync(390, 844);
        var lines = await ZoneLinesAsync(page);
        var policy = await page.Locator("[data-part='File'] code").Last.TextContentAsync();
        await world.Authority.SetZoneAsync(Domain, $"{Fresh}\n{lines}", Token);
        await hand.PressAsync("Vérifier");
        await Assertions.Expect(page.Locator("[data-part='File']")).ToContainTextAsync("Aucun serveur web n’y répond.");
        var site = new NginxSite($"mta-sts.{Domain}", world.Issue($"mta-sts.{Domain}")) { Files = new Dictionary<string, string> { ["/.well-known/mta-sts.txt"] = policy! } };
        await using var web = await NginxServer.StartAsync(new IPEndPoint(IPAddress.Parse(Web), 443), [site], Token);
        await ExpectAllSeenAsync(page);

        // A stage further: asked before, planned, and looked for until it is there.
        await hand.PressAsync($"Étape suivante{N}: annoncer le dossier des indésirables");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Les plus anciens ignorent cette prière");
        await Assertions.Expect(dialog).ToContainTextAsync("Tout ce qu’il faudrait savoir avant n’est pas su.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-part='Dmarc']")).ToHaveAttributeAsync("data-seen", "true");
        await hand.PressAsync($"Étape suivante{N}: annoncer le dossier des indésirables");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Y passer" }).ClickAsync();
        var dmarc = page.Locator("[data-part='Dmarc']");
        await Assertions.Expect(dmarc).ToContainTextAsync("v=DMARC1; p=quarantine; np=reject; t=y");
        Assert.Empty(await telephone.FitsAsync("wizard-fr-stage"));
        await page.SetViewportSizeAsync(390, 844);
        await PublishDmarcAsync(page, world, lines);
        await Assertions.Expect(dmarc).ToHaveAttributeAsync("data-seen", "true");
        await Assertions.Expect(page.GetByText("il est annoncé qu’il ira aux indésirables")).ToBeVisibleAsync();

        // And back.
        await hand.PressAsync($"Une étape en arrière{N}: rapports seulement");

        // The old value is on the page before, as what was replaced.
        await Assertions.Expect(dmarc).ToHaveAttributeAsync("data-seen", "false");
        await Assertions.Expect(dmarc.Locator("> dl.record")).ToContainTextAsync("v=DMARC1; p=none");
        await PublishDmarcAsync(page, world, lines);
        await ExpectAllSeenAsync(page);

        // After the end the next stage is found where set-ups begin.
        await page.GotoAsync(page.Url.Replace("records", "monitoring", StringComparison.Ordinal));
        await hand.PressAsync("Terminer");
        await hand.ArriveAsync($"{Domain} est configuré");
        await page.GotoAsync($"{dashboard.Url}wizard");
        await Assertions.Expect(page.GetByText("L’étape suivante contre le courrier falsifié")).ToBeVisibleAsync();
        Assert.Empty(await telephone.FitsAsync("wizard-fr-next"));
        await page.GetByRole(AriaRole.Link, new() { Name = Domain, Exact = true }).ClickAsync();
        await hand.ArriveAsync("Ce qui doit figurer dans le DNS");

        await desk.Page.GotoAsync(page.Url);
        await Assertions.Expect(desk.Page.GetByText("What is missing, or not known")).ToBeVisibleAsync();
        await desk.ScreenshotAsync("wizard-choices");
    }

    private static async Task ReachAsync(IPage page, WizardHand hand, DashboardProcess dashboard, JourneyWorld world)
    {
        await page.GotoAsync($"{dashboard.Url}wizard");
        await page.GetByLabel("Votre domaine").FillAsync(Domain);
        await page.GetByLabel("Votre domaine").PressAsync("Enter");
        await hand.ArriveAsync($"Que fait ce domaine du courrier{N}?");
        await hand.PressAsync("Continuer");
        await hand.ArriveAsync($"Qu’est-ce qui vous convient{N}?");
        await hand.PressAsync("Je sais ce que je veux");
        await hand.ArriveAsync($"Qui envoie votre courrier{N}?");
        await page.Locator("#provider-search").FillAsync("Serveur à vous");
        await page.Locator("#field-host").FillAsync(JourneyWorld.Exchanger);
        await hand.PressAsync("Continuer");
        await hand.ArriveAsync($"Comment vous y connectez-vous{N}?");
        await page.Locator("#security").SelectOptionAsync("StartTls");
        await page.Locator("#port").FillAsync(world.MailExchanger.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await hand.PressAsync("Se connecter et continuer");
        await hand.ArriveAsync("Ce qui doit figurer dans le DNS");
    }

    /// <summary>Both keys; the software that cannot use the second one says so.</summary>
    private static async Task MakeKeysAsync(IPage page, WizardHand hand)
    {
        await page.GetByLabel("Aussi une seconde clé").CheckAsync();
        await hand.PressAsync("Créer la clé");
        await Assertions.Expect(page.GetByText("OpenDKIM avec Postfix ne signe pas avec la seconde clé")).ToBeVisibleAsync();
        await page.Locator("#signer").SelectOptionAsync("RspamdPostfix");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer dans un fichier" })).ToHaveCountAsync(2);
        await hand.PressAsync("Je l’ai");
        await Assertions.Expect(page.GetByText("nous n’avons plus leurs parties privées")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-part='Dkim']")).ToHaveCountAsync(2);
        Assert.DoesNotContain("PRIVATE KEY", await page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task EncryptAsync(IPage page, WizardHand hand)
    {
        await Assertions.Expect(page.Locator("[data-part='MtaSts']")).ToHaveCountAsync(0);
        await hand.ClickAsync(page.GetByText("Le chiffrement jusqu’à vous"));
        await hand.ClickAsync(page.GetByLabel("Annoncer que nos serveurs chiffrent"));
        await Assertions.Expect(page.GetByText($"mta-sts.{Domain} n’a pas d’adresse")).ToBeVisibleAsync();
        await page.Locator("#sts-host").FillAsync($"web.{Domain}");
        await page.Locator("#sts-host").PressAsync("Tab");
        await Assertions.Expect(page.Locator("[data-part='MtaSts']")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByText($"mta-sts.{Domain} n’a pas d’adresse")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-part='File']")).ToContainTextAsync($"mx: {JourneyWorld.Exchanger}");
    }

    private static async Task<string> ZoneLinesAsync(IPage page) =>
        await page.Locator("details").Filter(new() { HasText = "Tous, en lignes pour un fichier de zone" }).Locator("code").TextContentAsync() ?? "";

    /// <summary>The line of the page takes the place of the one that was published before.</summary>
    private static async Task PublishDmarcAsync(IPage page, JourneyWorld world, string lines)
    {
        var others = lines.Split('\n').Where(l => !l.StartsWith("_dmarc.", StringComparison.Ordinal));
        await world.Authority.SetZoneAsync(Domain, $"{Fresh}\n{string.Join('\n', others)}\n{await ZoneLinesAsync(page)}", Token);
    }

    private static async Task ExpectAllSeenAsync(IPage page)
    {
        await Assertions.Expect(page.Locator(".wizard__record[data-seen='true']").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".wizard__record[data-seen='false']")).ToHaveCountAsync(0);
    }
}
