using System.Text.RegularExpressions;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;
using MimeKit;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>Invitations, forgotten passwords and one’s own account, through real mail.</summary>
public sealed partial class PeopleTests(Browser browser, SharedPostgres postgres)
{
    private const string Viewer = "lea@office.example";
    private const string Operator = "bob@office.example";
    private const string Password = "sept bateaux dans la brume";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(JourneyTests.Databases), MemberType = typeof(JourneyTests))]
    public async Task People_InvitedByMail_SeeWhatTheirRoleAllows(string database)
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, database == "postgres" ? await postgres.CreateDatabaseAsync(Token) : null, Token);
        await using var session = await browser.OpenAsync();
        var ada = new Administrator(session.Page, dashboard);
        await ada.SetUpAsync();
        await ada.SetUpSendingAsync(world, "postmaster@office.example");
        await ada.AddDomainAsync(world);
        world.Recipient.Mailbox.Clear();

        await InviteAsync(ada, session.Page, Viewer, "Viewer", "fr");
        await Assertions.Expect(session.Page.GetByText("An e-mail with this link is on its way")).ToBeVisibleAsync();
        await session.ScreenshotAsync($"people-{database}-invited");
        var french = Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token));
        Assert.Equal("Votre compte dans Mail Dashboard", french.Subject);
        Assert.Equal("fr", french.Body!.Headers[HeaderId.ContentLanguage]);
        await AcceptInFrenchAsync(dashboard, french, database);

        world.Recipient.Mailbox.Clear();
        await InviteAsync(ada, session.Page, Operator, "Operator", "en");
        var english = Assert.Single(await world.Recipient.Mailbox.WaitForAsync(1, cancellationToken: Token));
        await using var bob = await browser.OpenAsync();
        await ChooseAsync(bob.Page, LinkIn(english), "New password", "Password again", "Save the password", Password);
        await SignInAsync(bob.Page, dashboard, Operator, Password);
        await Assertions.Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        await bob.Page.GotoAsync($"{dashboard.Url}domains");
        await Assertions.Expect(bob.Page.GetByRole(AriaRole.Link, new() { Name = "Add" }).First).ToBeVisibleAsync();

        await ForgetAsync(bob.Page, dashboard, Operator);
        var reset = Assert.Single(await world.Recipient.Mailbox.WaitForAsync(2, cancellationToken: Token), m => m.Subject!.StartsWith("Choose a new password", StringComparison.Ordinal));
        await ForgetAsync(bob.Page, dashboard, "nobody@office.example");
        await ChooseAsync(bob.Page, LinkIn(reset), "New password", "Password again", "Save the password", $"{Password} encore");
        await bob.Page.GotoAsync(LinkIn(reset));
        await Assertions.Expect(bob.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no longer valid");
        await SignInAsync(bob.Page, dashboard, Operator, $"{Password} encore");
        await Assertions.Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        Assert.Equal(2, world.Recipient.Mailbox.Count);
        Assert.DoesNotContain("fail:", dashboard.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("OrderBy", dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_Changed_ShowsAtOnceAndAfterTheNextSignIn()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, null, Token);
        await using var session = await browser.OpenAsync();
        var page = session.Page;
        await new Administrator(page, dashboard).SetUpAsync();

        await page.GotoAsync($"{dashboard.Url}forgot-password");
        await Assertions.Expect(page.GetByText("reset-admin")).ToBeVisibleAsync();

        await page.GotoAsync($"{dashboard.Url}account");
        await page.GetByLabel("Language").SelectOptionAsync("fr");
        await page.GetByLabel("Theme").SelectOptionAsync("dark");
        await page.GetByLabel("Time zone").SelectOptionAsync("Pacific/Auckland");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Enregistré.");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");

        await page.GetByLabel("Mot de passe actuel").FillAsync("pas le bon mot de passe");
        await page.GetByLabel("Nouveau mot de passe").FillAsync(Password);
        await page.GetByLabel("Mot de passe (encore)").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Changer le mot de passe" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("Mot de passe actuel").FillAsync(Administrator.Password);
        await page.GetByLabel("Nouveau mot de passe").FillAsync(Password);
        await page.GetByLabel("Mot de passe (encore)").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Changer le mot de passe" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("mot de passe");
        await session.ScreenshotAsync("account-fr-dark");

        await using var elsewhere = await browser.OpenAsync();
        await SignInAsync(elsewhere.Page, dashboard, Administrator.Email, Password);
        await Assertions.Expect(elsewhere.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Vue d’ensemble");
        await Assertions.Expect(elsewhere.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    private async Task AcceptInFrenchAsync(DashboardProcess dashboard, MimeMessage mail, string database)
    {
        // An English browser: the mail's language counts, then the account's.
        await using var lea = await browser.OpenAsync();
        var page = lea.Page;
        await ChooseAsync(page, LinkIn(mail), "Nouveau mot de passe", "Mot de passe (encore)", "Enregistrer le mot de passe", Password, "trop court");
        await page.GotoAsync(LinkIn(mail));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("n’est plus valable");
        await lea.ScreenshotAsync($"people-{database}-dead-link");
        await SignInAsync(page, dashboard, Viewer, Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Vue d’ensemble");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Utilisateurs" })).ToHaveCountAsync(0);

        await page.GotoAsync($"{dashboard.Url}domains");
        await page.GetByRole(AriaRole.Link, new() { Name = JourneyWorld.Domain }).ClickAsync();
        await Assertions.Expect(page.Locator("article[data-code='DMARC001']")).ToBeVisibleAsync();
        await lea.ScreenshotAsync($"people-{database}-viewer");
        Assert.Equal([], await page.Locator("main button:visible:not(.copy):not([role=tab])").AllInnerTextsAsync());
        foreach (var path in new[] { "settings/people", "domains/add", "domains/1/edit" })
        {
            await page.GotoAsync($"{dashboard.Url}{path}");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Accès réservé");
        }
    }

    private static async Task InviteAsync(Administrator ada, IPage page, string email, string role, string language)
    {
        await ada.GoAsync("People");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync(role);
        await page.Locator("main").GetByLabel("Language", new() { Exact = true }).SelectOptionAsync(language);
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = email })).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(IPage page, string link, string first, string again, string save, string password, string? refused = null)
    {
        await page.GotoAsync(link);
        foreach (var attempt in refused is null ? [password] : new[] { refused, password })
        {
            await page.GetByLabel(first).FillAsync(attempt);
            await page.GetByLabel(again).FillAsync(attempt);
            await page.GetByRole(AriaRole.Button, new() { Name = save }).ClickAsync();
            await Assertions.Expect(page.GetByRole(attempt == refused ? AriaRole.Alert : AriaRole.Status)).ToBeVisibleAsync();
        }
    }

    private static async Task ForgetAsync(IPage page, DashboardProcess dashboard, string email)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{dashboard.Url}forgot-password");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("If there is an account");
    }

    private static async Task SignInAsync(IPage page, DashboardProcess dashboard, string email, string password)
    {
        await page.GotoAsync($"{dashboard.Url}sign-in");
        await page.Locator("input[type=email]").FillAsync(email);
        await page.Locator("input[type=password]").FillAsync(password);
        await page.Locator("button[type=submit].button--primary").ClickAsync();
    }

    private static string LinkIn(MimeMessage mail) => Link().Match(mail.TextBody!).Value;

    [GeneratedRegex(@"http://127\.0\.0\.1\S+")]
    private static partial Regex Link();
}
