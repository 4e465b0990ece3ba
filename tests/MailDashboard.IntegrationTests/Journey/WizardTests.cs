using System.Globalization;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>
/// Who knows only the name of the domain and of the provider is led from nothing to a proven, monitored set-up; the time is computed from
/// what was done and read, because a machine types faster than people. Only the address of the server is not what the preset says.
/// </summary>
public sealed class WizardTests(Browser browser)
{
    private const string Domain = JourneyWorld.Domain;
    private const string Fresh = "@ MX 10 mx\nmx A 127.0.1.60";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preset_FromNothing_IsProvenWithinFiveMinutes()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await world.Authority.SetZoneAsync(Domain, Fresh, Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync(new() { Height = 1124 });
        var page = session.Page;
        await new Administrator(page, dashboard).SetUpAsync();
        var hand = new WizardHand(page);

        await BeginAsync(page, hand);
        await hand.ArriveAsync("What does this domain do with mail?");
        await Assertions.Expect(page.GetByText("It sends and receives, or does not say otherwise.")).ToBeVisibleAsync();
        await hand.PressAsync("Next");
        await hand.ArriveAsync("What suits you?", isSkipped: true);
        await hand.PressAsync("I know what I want");
        await hand.ArriveAsync("Who sends your mail?");
        await hand.TypeAsync(page.Locator("#provider-search"), "smtp2");
        await hand.PasteAsync(page.Locator("#field-dkimName"), "s123456");
        await hand.PasteAsync(page.Locator("#field-bounce"), "em123456");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("How do you sign in there?");
        await Assertions.Expect(page.Locator("#host")).ToHaveValueAsync("mail.smtp2go.com");
        await page.Locator("#host").FillAsync("127.0.0.1");
        await page.Locator("#port").FillAsync(world.Recipient.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await hand.TypeAsync(page.Locator("#user"), world.Login.UserName);
        await hand.PasteAsync(page.Locator("#password"), world.Login.Password);
        await hand.EnterAsync(page.Locator("#password"));
        await hand.ArriveAsync("What has to stand in DNS");
        await session.ScreenshotAsync("wizard-records");
        await CopyAsync(page, hand);
        await PublishAsync(page, world);
        await CheckRecordsAsync(page, hand, "6 of 6 are there");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("How much may be sent?");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("Where do you see what became of a message?");
        await hand.ClickAsync(page.GetByLabel("I found it"));
        await hand.PressAsync("Next");
        await hand.ArriveAsync("Send a real message");
        await hand.PressAsync("Send");
        await hand.WaitAsync(() => Assertions.Expect(page.GetByText("The server accepted the message for")).ToBeVisibleAsync());
        Assert.Equal($"postmaster@{Domain}", Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token)).From.Mailboxes.Single().Address);
        await hand.PressAsync("It arrived");
        await hand.ArriveAsync("Who is told when something breaks?");
        await hand.PressAsync("Finish");
        await hand.ArriveAsync($"{Domain} is set up");

        await Assertions.Expect(page.Locator(".page-header__answer")).ToHaveTextAsync("Everything was seen to work, and we keep looking.");
        await session.ScreenshotAsync("wizard-summary");
        TestContext.Current.TestOutputHelper?.WriteLine($"preset: {hand}");
        await ExpectPinsAsync(page, hand);
        Assert.InRange(hand.Clicks, 1, 39);
        Assert.InRange(hand.Computed, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(world.Login.Password, dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnServer_InterruptedByARestart_IsProvenWithinTenMinutes()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await world.Authority.SetZoneAsync(Domain, Fresh, Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync(new() { Height = 1124, ExpectedErrors = ["WebSocket", "ERR_CONNECTION_REFUSED", "Failed to fetch", "Failed to complete negotiation", "Failed to start the connection", "Failed to load resource"] });
        var page = session.Page;
        await new Administrator(page, dashboard).SetUpAsync();
        var hand = new WizardHand(page);

        await BeginAsync(page, hand);
        await hand.ArriveAsync("What does this domain do with mail?");
        await hand.ClickAsync(page.GetByLabel(JourneyWorld.Exchanger));
        await hand.PressAsync("Next");
        await hand.ArriveAsync("What suits you?");
        await hand.ClickAsync(page.GetByLabel("Yes, with time and knowledge"));
        await hand.PressAsync("Next");
        await hand.ArriveAsync("Who sends your mail?");
        await hand.TypeAsync(page.Locator("#provider-search"), "own");
        await hand.TypeAsync(page.Locator("#field-host"), JourneyWorld.Exchanger);
        await hand.PressAsync("Next");
        await hand.ArriveAsync("How do you sign in there?");
        await hand.ClickAsync(page.Locator("#security"));
        await page.Locator("#security").SelectOptionAsync("StartTls");
        await hand.TypeAsync(page.Locator("#port"), world.MailExchanger.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await hand.PressAsync("Sign in and go on");
        await hand.ArriveAsync("What has to stand in DNS");
        await hand.PressAsync("Make the key");
        await hand.WaitAsync(() => Assertions.Expect(page.GetByText("Save the private key on your server now.")).ToBeVisibleAsync());
        await hand.PressAsync("Save as a file");
        await hand.PressAsync("I have it");
        await Assertions.Expect(page.GetByText("we no longer have its private half")).ToBeVisibleAsync();
        Assert.DoesNotContain("PRIVATE KEY", await page.ContentAsync(), StringComparison.Ordinal);

        // An update of the product in the middle.
        await dashboard.StopAsync();
        await dashboard.RunAsync(Token);
        await page.GotoAsync($"{dashboard.Url}wizard");
        await hand.ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = $"Go on with {Domain}" }));
        await hand.ArriveAsync("What has to stand in DNS");
        await CopyAsync(page, hand);
        await PublishAsync(page, world);
        await CheckRecordsAsync(page, hand, "5 of 5 are there");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("Is the connection to your server safe?");
        await Assertions.Expect(page.Locator(".wizard__task .tag--ok")).ToHaveCountAsync(1);
        await hand.PressAsync("Next");
        await hand.ArriveAsync("How much may be sent?");
        await hand.TypeAsync(page.Locator("#per-day"), "500");
        await hand.ClickAsync(page.GetByLabel("Nobody knows the sending address yet"));
        await Assertions.Expect(page.GetByText("How much on which day")).ToBeVisibleAsync();
        await hand.PressAsync("Next");
        await hand.ArriveAsync("Where do you see what became of a message?");
        await hand.PasteAsync(page.Locator("#line"), "Nov 27 10:00:00 mx postfix/smtp[311]: 4bXyz1234: to=<ada@office.example>, relay=mx.office.example[192.0.2.1]:25, delay=0.4, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 1)");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("Send a real message");
        await hand.TypeAsync(page.Locator("#test-recipient"), $"ada@{Domain}");
        await hand.PressAsync("Send");
        await hand.WaitAsync(() => Assertions.Expect(page.GetByText("The server accepted the message for")).ToBeVisibleAsync());
        Assert.Single(await world.MailExchanger.Mailbox.WaitForAsync(1, cancellationToken: Token));
        await hand.PressAsync("It arrived");
        await hand.ArriveAsync("Who is told when something breaks?");
        await hand.PressAsync("Finish");
        await hand.ArriveAsync($"{Domain} is set up");

        await Assertions.Expect(page.Locator(".page-header__answer")).ToHaveTextAsync("Everything was seen to work, and we keep looking.");
        TestContext.Current.TestOutputHelper?.WriteLine($"own server: {hand}");
        Assert.InRange(hand.Computed, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Parked_InFrenchOnATelephone_IsThreeSteps()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await world.Authority.SetZoneAsync(Domain, "", Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var desk = await browser.OpenAsync();
        await using var telephone = await browser.OpenAsync(new() { Locale = "fr-FR", Width = 390, Height = 844 });
        await new Administrator(desk.Page, dashboard).SetUpAsync();
        var page = telephone.Page;
        await FrenchReader.SignInAsync(page, dashboard);
        var hand = new WizardHand(page);

        await page.GotoAsync($"{dashboard.Url}wizard");
        await hand.TypeAsync(page.GetByLabel("Votre domaine"), Domain);
        await hand.EnterAsync(page.GetByLabel("Votre domaine"));
        await hand.ArriveAsync("Que fait ce domaine du courrier\u00a0?");
        await hand.ClickAsync(page.GetByLabel("Du courrier est envoyé en son nom"));
        await hand.ClickAsync(page.GetByLabel("Il reçoit du courrier"));
        await Assertions.Expect(page.GetByText("trois courtes étapes")).ToBeVisibleAsync();
        await hand.PressAsync("Continuer");
        await hand.ArriveAsync("Ce qui doit figurer dans le DNS");
        Assert.Empty(await telephone.FitsAsync("wizard-fr-records"));
        await PublishAsync(page, world, "Tous, en lignes pour un fichier de zone", "");
        await hand.PressAsync("Vérifier");
        await hand.WaitAsync(() => Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Continuer", Exact = true })).ToBeVisibleAsync());
        await hand.PressAsync("Continuer");
        await hand.ArriveAsync("Qui est averti quand quelque chose casse\u00a0?");
        await hand.PressAsync("Terminer");
        await hand.ArriveAsync($"{Domain} est configuré");

        await Assertions.Expect(page.Locator(".page-header__answer")).ToHaveTextAsync("Tout a été vu en état de marche, et nous continuons de surveiller.");
        Assert.Empty(await telephone.FitsAsync("wizard-fr-summary"));
        TestContext.Current.TestOutputHelper?.WriteLine($"parked, French: {hand}");
    }

    [Fact]
    public async Task TwoEditors_TheSecond_IsToldAndKeepsWhatWasTyped()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await world.Authority.SetZoneAsync(Domain, Fresh, Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await new Administrator(page, dashboard).SetUpAsync();
        var hand = new WizardHand(page);
        await BeginAsync(page, hand);
        await hand.ArriveAsync("What does this domain do with mail?");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("What suits you?", isSkipped: true);
        await hand.PressAsync("I know what I want");
        await hand.ArriveAsync("Who sends your mail?");
        var other = await session.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await other.Locator("#provider-search").FillAsync("mailjet");
        await other.Locator("#field-dkim").FillAsync("v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC");
        await page.Locator("#provider-search").FillAsync("smtp2");
        await page.Locator("#field-dkimName").FillAsync("s123456");
        await page.Locator("#field-bounce").FillAsync("em123456");

        await hand.PressAsync("Next");
        await hand.ArriveAsync("How do you sign in there?");
        await other.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();

        await Assertions.Expect(other.GetByText("Somebody else has just changed this set-up.")).ToBeVisibleAsync();
        await Assertions.Expect(other.Locator("#field-dkim")).ToHaveValueAsync("v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC");
        await other.GetByRole(AriaRole.Button, new() { Name = "Show how it stands now" }).ClickAsync();
        await Assertions.Expect(other.Locator("#field-dkimName")).ToHaveValueAsync("s123456");

        // Back keeps what was typed, but for the password.
        await page.Locator("#user").FillAsync("somebody");
        await page.Locator("#password").FillAsync("a secret");
        await hand.PressAsync("Back");
        await hand.ArriveAsync("Who sends your mail?");
        await hand.PressAsync("Next");
        await hand.ArriveAsync("How do you sign in there?");
        await Assertions.Expect(page.Locator("#user")).ToHaveValueAsync("somebody");
        await Assertions.Expect(page.Locator("#password")).ToHaveValueAsync("");
    }

    private static async Task BeginAsync(IPage page, WizardHand hand)
    {
        await hand.ClickAsync(page.GetByRole(AriaRole.Navigation, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = "Set up mail", Exact = true }));
        await hand.TypeAsync(page.GetByLabel("Your domain"), Domain);
        await hand.EnterAsync(page.GetByLabel("Your domain"));
    }

    /// <summary>Host and value of each record, as one copies them into a DNS console.</summary>
    private static async Task CopyAsync(IPage page, WizardHand hand)
    {
        foreach (var record in await page.Locator(".wizard__record[data-seen='false'] > dl.record").AllAsync())
        {
            await hand.ClickAsync(record.Locator(".copy").First);
            await hand.ClickAsync(record.Locator(".copy").Last);
        }
    }

    /// <summary>Enters what the page says where the domain is managed.</summary>
    private static async Task PublishAsync(IPage page, JourneyWorld world, string zoneFile = "All of them as lines for a zone file", string there = Fresh)
    {
        var lines = page.Locator("details").Filter(new() { HasText = zoneFile }).Locator("code");
        await world.Authority.SetZoneAsync(Domain, $"{there}\n{await lines.TextContentAsync()}", Token);
    }

    private static async Task CheckRecordsAsync(IPage page, WizardHand hand, string expected)
    {
        await hand.PressAsync("Check");
        await hand.WaitAsync(() => Assertions.Expect(page.Locator(".wizard__count")).ToContainTextAsync(expected));
        await Assertions.Expect(page.Locator(".wizard__record[data-seen='false']")).ToHaveCountAsync(0);
    }

    /// <summary>What was seen is what is wanted from now on.</summary>
    private static async Task ExpectPinsAsync(IPage page, WizardHand hand)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = $"How {Domain} stands" }).ClickAsync();
        await Assertions.Expect(hand.Title).ToHaveTextAsync(Domain);
        await page.GotoAsync($"{page.Url}?tab=records");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("v=DMARC1; p=none");
        await Assertions.Expect(page.Locator(".pin__state").First).ToBeVisibleAsync();
    }
}
