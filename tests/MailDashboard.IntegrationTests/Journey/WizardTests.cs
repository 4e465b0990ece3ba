using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>
/// Who knows only the name of the domain and of the provider is led from nothing to a proven, monitored set-up; the time is computed from
/// what was done and read, because a machine types faster than people. Only the address of the server is not what the preset says.
/// </summary>
public sealed partial class WizardTests(Browser browser)
{
    private const string Domain = JourneyWorld.Domain;
    private const string Fresh = "@ MX 10 mx\nmx A 127.0.1.60";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", 1280)]
    [InlineData("fr", 390)]
    public async Task Preset_FromNothing_IsProvenWithinFiveMinutes(string language, int width)
    {
        await using var world = await JourneyWorld.StartAsync(hasMailboxes: true, Token);
        await world.Authority.SetZoneAsync(Domain, WithMailboxes(world), Token);
        using var key = RSA.Create(2048);
        await world.Authority.SetZoneAsync(JourneyWorld.Provider, $"dkim TXT {JourneyWorld.KeyText(key)}\nreturn TXT \"v=spf1 ip4:127.0.0.0/8 -all\"", Token);
        await world.SignAsync(world.Recipient, "s123456", key, Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await OpenAsync(dashboard, language, width);
        var (page, words) = (session.Page, new WizardWords(language));
        var hand = new WizardHand(page);

        await BeginAsync(page, hand, words, dashboard);
        await hand.ArriveAsync(words["Step.Domain.Title"]);
        await Assertions.Expect(page.GetByText(words["Domain.IsBoth"])).ToBeVisibleAsync();
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Advice.Title"], isSkipped: true);
        await hand.PressAsync(words["Advice.Skip"]);
        await hand.ArriveAsync(words["Step.Provider.Title"]);
        await hand.TypeAsync(page.Locator("#provider-search"), "smtp2");
        await hand.PasteAsync(page.Locator("#field-dkimName"), "s123456");
        await hand.PasteAsync(page.Locator("#field-bounce"), "em123456");
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Profile.Title"]);
        await Assertions.Expect(page.Locator("#host")).ToHaveValueAsync("mail.smtp2go.com");
        await page.Locator("#host").FillAsync("127.0.0.1");
        await page.Locator("#port").FillAsync(world.Recipient.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await hand.TypeAsync(page.Locator("#user"), world.Login.UserName);
        await hand.PasteAsync(page.Locator("#password"), world.Login.Password);
        await hand.EnterAsync(page.Locator("#password"));
        await hand.ArriveAsync(words["Step.Records.Title"]);
        await session.ScreenshotAsync($"wizard-records-{language}");
        await CopyAsync(page, hand);
        await PublishAsync(page, world, words, WithMailboxes(world));
        await CheckRecordsAsync(page, hand, words, 6);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Limits.Title"]);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Logging.Title"]);
        await hand.ClickAsync(page.GetByLabel(words["Logging.Found"]));
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Message.Title"]);
        await SendAsync(page, hand, words, world);
        await session.ScreenshotAsync($"wizard-message-{language}");
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Monitoring.Title"]);
        await hand.PressAsync(words["Monitoring.Finish"]);
        await hand.ArriveAsync(words["Summary.Title", Domain]);

        await Assertions.Expect(page.Locator(".page-header__answer")).ToHaveTextAsync(words["Summary.Proven"]);
        await Assertions.Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        Assert.Empty(await session.FitsAsync($"wizard-summary-{language}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"preset, {language}: {hand}");
        await ExpectPinsAsync(page, hand, words);
        Assert.InRange(hand.Clicks, 1, 39);
        hand.KeepsWithin(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(world.Login.Password, dashboard.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(MailboxServer.Password, dashboard.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", 1280)]
    [InlineData("fr", 390)]
    public async Task OwnServer_InterruptedByARestart_IsProvenWithinTenMinutes(string language, int width)
    {
        await using var world = await JourneyWorld.StartAsync(hasMailboxes: true, Token);
        await world.Authority.SetZoneAsync(Domain, WithMailboxes(world), Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await OpenAsync(dashboard, language, width);
        var (page, words) = (session.Page, new WizardWords(language));
        var hand = new WizardHand(page);

        await BeginAsync(page, hand, words, dashboard);
        await hand.ArriveAsync(words["Step.Domain.Title"]);
        await hand.ClickAsync(page.GetByLabel(JourneyWorld.Exchanger));
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Advice.Title"]);
        await hand.ClickAsync(page.GetByLabel(words["Advice.Staff.Yes"]));
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Provider.Title"]);
        await hand.TypeAsync(page.Locator("#provider-search"), language == "fr" ? "vous" : "own");
        await hand.TypeAsync(page.Locator("#field-host"), JourneyWorld.Exchanger);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Profile.Title"]);
        await hand.ClickAsync(page.Locator("#security"));
        await page.Locator("#security").SelectOptionAsync("StartTls");
        await hand.TypeAsync(page.Locator("#port"), world.MailExchanger.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await hand.PressAsync(words["Profile.Next"]);
        await hand.ArriveAsync(words["Step.Records.Title"]);
        await hand.PressAsync(words["Key.Make"]);
        await hand.WaitAsync(() => Assertions.Expect(page.GetByText(words["Key.Once"])).ToBeVisibleAsync());
        using var key = RSA.Create();
        key.ImportFromPem(await SaveAsync(page, () => hand.PressAsync(words["Key.Download"])));
        await hand.PressAsync(words["Key.Have"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = words["Key.Renew"] })).ToBeVisibleAsync();
        Assert.DoesNotContain("PRIVATE KEY", await page.ContentAsync(), StringComparison.Ordinal);

        // An update of the product in the middle.
        await dashboard.StopAsync();
        await dashboard.RunAsync(Token);
        await page.GotoAsync($"{dashboard.Url}wizard");
        await hand.ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = words["Start.Resume.What", Domain] }));
        await hand.ArriveAsync(words["Step.Records.Title"]);
        await CopyAsync(page, hand);
        var published = await PublishAsync(page, world, words, WithMailboxes(world));
        await world.SignAsync(world.MailExchanger, Selector().Match(published).Groups[1].Value.Split('.')[0], key, Token);
        await CheckRecordsAsync(page, hand, words, 5);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Certificate.Title"]);
        await Assertions.Expect(page.Locator(".wizard__task .tag--ok")).ToHaveCountAsync(1);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Limits.Title"]);
        await hand.TypeAsync(page.Locator("#per-day"), "500");
        await hand.ClickAsync(page.GetByLabel(words["Limits.New"]));
        await Assertions.Expect(page.GetByText(words["WarmUp.Title"])).ToBeVisibleAsync();
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Logging.Title"]);
        await hand.PasteAsync(page.Locator("#line"), "Nov 27 10:00:00 mx postfix/smtp[311]: 4bXyz1234: to=<ada@office.example>, relay=mx.office.example[192.0.2.1]:25, delay=0.4, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 1)");
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Message.Title"]);
        await SendAsync(page, hand, words, world);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Monitoring.Title"]);
        await hand.PressAsync(words["Monitoring.Finish"]);
        await hand.ArriveAsync(words["Summary.Title", Domain]);

        await Assertions.Expect(page.Locator(".page-header__answer")).ToHaveTextAsync(words["Summary.Proven"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"own server, {language}: {hand}");
        hand.KeepsWithin(TimeSpan.FromMinutes(10));
    }

    /// <summary>Without a mailbox that we may read, the person looks; a server that took the message has not delivered it.</summary>
    [Fact]
    public async Task Message_ToAnyAddress_IsProvenByThePersonsWord()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync();
        var (page, words) = (session.Page, new WizardWords("en"));
        await new Administrator(page, dashboard).SetUpAsync();
        var hand = new WizardHand(page);
        await BeginAsync(page, hand, words, dashboard);
        await hand.ArriveAsync(words["Step.Domain.Title"]);
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Advice.Title"]);
        await hand.PressAsync(words["Advice.Skip"]);
        await hand.ArriveAsync(words["Step.Provider.Title"]);
        await page.Locator("#provider-search").FillAsync("smtp2");
        await page.Locator("#field-dkimName").FillAsync("s123456");
        await page.Locator("#field-bounce").FillAsync("em123456");
        await hand.PressAsync(words["Next"]);
        await hand.ArriveAsync(words["Step.Profile.Title"]);
        await page.Locator("#host").FillAsync("127.0.0.1");
        await page.Locator("#port").FillAsync(world.Recipient.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#user").FillAsync(world.Login.UserName);
        await page.Locator("#password").FillAsync(world.Login.Password);
        await hand.EnterAsync(page.Locator("#password"));
        await hand.ArriveAsync(words["Step.Records.Title"]);
        await page.GotoAsync(page.Url.Replace("records", "message", StringComparison.OrdinalIgnoreCase));
        await hand.ArriveAsync(words["Step.Message.Title"]);

        // A mailbox that lets nobody in: what was entered stays.
        await page.Locator("#host").FillAsync("127.0.0.1");
        await page.Locator("#port").FillAsync(LoopbackPorts.Free().Port.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#mailbox-password").FillAsync("a secret");
        await hand.PressAsync(words["Mailbox.Do"]);
        await Assertions.Expect(page.GetByText("There was no connection")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#host")).ToHaveValueAsync("127.0.0.1");
        await hand.PressAsync(words["Next"]);
        await Assertions.Expect(page.GetByText(words["Message.First"])).ToBeVisibleAsync();

        await page.GetByText(words["Message.Myself"]).ClickAsync();
        await page.Locator("#test-recipient").FillAsync($"ada@{Domain}");
        await hand.PressAsync(words["Test.Send"]);
        await Assertions.Expect(page.GetByText(words["Test.Accepted", $"ada@{Domain}"])).ToBeVisibleAsync();
        Assert.Equal($"postmaster@{Domain}", Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token)).From.Mailboxes.Single().Address);
        await Assertions.Expect(page.Locator("[data-step='Message'] .muted")).ToContainTextAsync(words["Proof.Accepted"]);
        await hand.PressAsync(words["Message.Arrived"]);
        await hand.ArriveAsync(words["Step.Monitoring.Title"]);
        await Assertions.Expect(page.Locator("[data-step='Message']")).ToHaveAttributeAsync("data-state", "Proven");
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
        await PublishAsync(page, world, new WizardWords("fr"), "");
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
        await BeginAsync(page, hand, new WizardWords("en"), dashboard);
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

    private static async Task BeginAsync(IPage page, WizardHand hand, WizardWords words, DashboardProcess dashboard)
    {
        if (words.Language == "en")
        {
            await hand.ClickAsync(page.GetByRole(AriaRole.Navigation, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = "Set up mail", Exact = true }));
        }
        else
        {
            await page.GotoAsync($"{dashboard.Url}wizard");
        }

        await hand.TypeAsync(page.GetByLabel(words["Start.Domain"]), Domain);
        await hand.EnterAsync(page.GetByLabel(words["Start.Domain"]));
    }

    /// <summary>Mail programs find the mailboxes by DNS.</summary>
    private static string WithMailboxes(JourneyWorld world) => string.Create(CultureInfo.InvariantCulture, $"{Fresh}\nimap A {world.Mailboxes!.Imap.Address}\n_imap._tcp SRV 0 1 {world.Mailboxes.Imap.Port} imap");

    /// <summary>The administrator, at a browser of a language and a width.</summary>
    private async Task<BrowserSession> OpenAsync(DashboardProcess dashboard, string language, int width)
    {
        var options = new BrowserOptions { Width = width, Height = 1124, ExpectedErrors = ["WebSocket", "ERR_CONNECTION_REFUSED", "Failed to fetch", "Failed to complete negotiation", "Failed to start the connection", "Failed to load resource"] };
        if (language == "en")
        {
            var session = await browser.OpenAsync(options);
            await new Administrator(session.Page, dashboard).SetUpAsync();
            return session;
        }

        await using var desk = await browser.OpenAsync();
        await new Administrator(desk.Page, dashboard).SetUpAsync();
        var other = await browser.OpenAsync(options with { Locale = "fr-FR" });
        await FrenchReader.SignInAsync(other.Page, dashboard);
        return other;
    }

    /// <summary>Connects a mailbox, whose server DNS names, and has a message judged there.</summary>
    private static async Task SendAsync(IPage page, WizardHand hand, WizardWords words, JourneyWorld world)
    {
        await Assertions.Expect(page.Locator("#mailbox-address")).ToHaveValueAsync($"postmaster@{Domain}");
        await Assertions.Expect(page.Locator("#host")).ToHaveValueAsync(JourneyWorld.MailboxHost);
        await Assertions.Expect(page.Locator("#port")).ToHaveValueAsync(world.Mailboxes!.Imap.Port.ToString(CultureInfo.InvariantCulture));
        await hand.PasteAsync(page.Locator("#mailbox-password"), MailboxServer.Password);
        await hand.PressAsync(words["Mailbox.Do"]);
        await hand.WaitAsync(() => Assertions.Expect(page.Locator("[data-state='Judged'] .ring--ok")).ToBeVisibleAsync(new() { Timeout = 60_000 }));
        await hand.ReadAsync("[data-state='Judged']");
        await Assertions.Expect(page.Locator("[data-step='Message']")).ToHaveAttributeAsync("data-state", "Proven");
    }

    private static async Task<string> SaveAsync(IPage page, Func<Task> press)
    {
        var download = await page.RunAndWaitForDownloadAsync(press);
        return await File.ReadAllTextAsync(await download.PathAsync(), Token);
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
    private static async Task<string> PublishAsync(IPage page, JourneyWorld world, WizardWords words, string there)
    {
        var lines = await page.Locator("details").Filter(new() { HasText = words["Records.ZoneFile"] }).Locator("code").TextContentAsync() ?? "";
        await world.Authority.SetZoneAsync(Domain, $"{there}\n{lines}", Token);
        return lines;
    }

    private static async Task CheckRecordsAsync(IPage page, WizardHand hand, WizardWords words, int count)
    {
        await hand.PressAsync(words["Records.Check"]);
        await hand.WaitAsync(() => Assertions.Expect(page.Locator(".wizard__count")).ToContainTextAsync(words["Records.Seen", count, count]));
        await Assertions.Expect(page.Locator(".wizard__record[data-seen='false']")).ToHaveCountAsync(0);
    }

    /// <summary>What was seen is what is wanted from now on.</summary>
    private static async Task ExpectPinsAsync(IPage page, WizardHand hand, WizardWords words)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = words["Summary.Domain", Domain] }).ClickAsync();
        await Assertions.Expect(hand.Title).ToHaveTextAsync(Domain);
        await page.GotoAsync($"{page.Url}?tab=records");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("v=DMARC1; p=none");
        await Assertions.Expect(page.Locator(".pin__state").First).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"(\S+)\._domainkey")]
    private static partial Regex Selector();
}
