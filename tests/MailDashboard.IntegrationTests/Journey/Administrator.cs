using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>What an administrator does with the English pages, found as people find things: by label, by what buttons say.</summary>
public sealed partial class Administrator(IPage page, DashboardProcess dashboard)
{
    public const string Email = "ada@office.example";
    public const string Password = "a long walk along the quay";

    public async Task SetUpAsync()
    {
        await page.GotoAsync(dashboard.Url);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Set up Mail Dashboard");
        await page.GetByLabel("Set-up token").FillAsync(dashboard.SetupToken);
        await page.GetByLabel("E-mail address").FillAsync(Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();
        await Assertions.Expect(Title).ToHaveTextAsync("Overview");
    }

    /// <summary>Tells the dashboard which server takes its mail, and whom to tell; proves it with a test message.</summary>
    public async Task SetUpSendingAsync(JourneyWorld world, string recipient)
    {
        await AddProfileAsync();
        await page.GetByLabel("Server", new() { Exact = true }).FillAsync(world.Recipient.EndPoint.Address.ToString());
        await page.GetByLabel("Port").FillAsync(world.Recipient.EndPoint.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("User name").FillAsync(world.Login.UserName);
        await page.GetByLabel("Password").FillAsync(world.Login.Password);
        await page.GetByLabel("Sender address").FillAsync("dashboard@office.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(Answer).ToContainTextAsync("not proven yet");

        await page.GetByLabel("Send it to").FillAsync(recipient);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
        await Assertions.Expect(Answer).ToContainTextAsync("Sending works");

        await GoToRecipientsAsync();
        await page.GetByLabel("E-mail address").FillAsync(recipient);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = recipient })).ToBeVisibleAsync();
    }

    /// <summary>Opens the form of a new sending profile, by the way that the empty list shows.</summary>
    public async Task AddProfileAsync()
    {
        await GoAsync("Sending profiles");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a sending profile" }).ClickAsync();
        await Assertions.Expect(Title).ToHaveTextAsync("Add a sending profile");
    }

    /// <summary>Adds the domain with what DNS cannot tell; ends on its page, which shows the first result by itself.</summary>
    public async Task AddDomainAsync(JourneyWorld world)
    {
        await GoAsync("Domains");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = AddDomains() }).First.ClickAsync();
        await page.GetByLabel("Domain names").FillAsync($"domain,selectors,addresses\n{JourneyWorld.Domain},{JourneyWorld.Selector},{world.Address}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(Title).ToHaveTextAsync(JourneyWorld.Domain);
    }

    public Task CheckNowAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();

    /// <summary>Signs out, with the keyboard only.</summary>
    public async Task SignOutAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).PressAsync("Enter");
        var signOut = page.GetByRole(AriaRole.Button, new() { Name = "Sign out" });
        await Assertions.Expect(signOut).ToBeVisibleAsync();
        for (var tabs = 0; tabs < 20 && !await signOut.EvaluateAsync<bool>("e => e === document.activeElement"); tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(signOut).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Title).ToHaveTextAsync("Sign in");
    }

    /// <summary>The recipients of the channel that is there from the first start.</summary>
    public async Task GoToRecipientsAsync()
    {
        await GoAsync("Channels");
        await page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link, new() { Name = "E-mail" }).First.ClickAsync();
        await Assertions.Expect(Title).ToHaveTextAsync("E-mail");
    }

    /// <summary>Follows an entry of the navigation.</summary>
    public async Task GoAsync(string name, string? title = null)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Assertions.Expect(Title).ToHaveTextAsync(title ?? name);
    }

    public ILocator Title => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Answer => page.Locator(".page-header__answer");

    public ILocator Finding(string code) => page.Locator($"article[data-code='{code}']");

    // An empty list has a link of its own in the middle.
    [GeneratedRegex("^Add (a domain|domains)$")]
    private static partial Regex AddDomains();
}
