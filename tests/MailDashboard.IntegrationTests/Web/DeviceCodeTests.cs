using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Monitoring.Accounts;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A mailbox is connected with a code that is typed on another device; on a telephone in French, and at a desk in English.</summary>
public sealed class DeviceCodeTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fr", 390, "Relier avec un code", "En attente de votre réponse", "Le fournisseur n’a pas donné son accord", "le délai est écoulé", "Le compte est relié.", "Essayer", "Annuler")]
    [InlineData("en", 1280, "Connect with a code", "Waiting for your answer there", "The provider did not agree", "the time for it has run out", "The account is connected.", "Try it", "Cancel")]
    public async Task Device_DeniedThenExpiredThenSlowly_IsConnectedAndLetIn(string language, int width, string begin, string waiting, string denied, string expired, string connected, string tryIt, string cancel)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        var address = language == "fr" ? "127.0.17.32" : "127.0.17.33";
        await using var servers = await TokenMail.StartAsync(tokens, "xoauth2", address);
        await using var host = await WebHost.StartAsync(listen: true, settings: [new("MailDashboard:Probing:AllowedNetworks", "127.0.0.0/8")]);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator, language);
        var id = (await host.Services.GetRequiredService<MailboxStore>().SaveAsync(null, Draft(tokens, address), Token)).Id!.Value;
        await using var session = await browser.OpenAsync(new() { Locale = language == "fr" ? "fr-FR" : "en-GB", Width = width, Height = 844 });
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;
        await page.GotoAsync($"{host.Url}settings/mailboxes/{id}");
        var card = page.Locator("section[aria-labelledby='connect-title']");
        var button = card.GetByRole(AriaRole.Button, new() { Name = begin });

        // Until somebody has typed it: the code, where to type it, and until when.
        (tokens.DevicePace, tokens.IsUndecided) = ((1, 600), true);
        await button.ClickAsync();
        await Assertions.Expect(card.Locator(".verbatim code").GetByText("WDJB-MJHT")).ToBeVisibleAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new Uri(tokens.Root, "device-page").AbsoluteUri);
        await Assertions.Expect(card.GetByRole(AriaRole.Status)).ToContainTextAsync(waiting);
        await Assertions.Expect(button).ToHaveCountAsync(0);
        Assert.Empty(await session.InspectAsync($"device-{language}"));
        Assert.Empty(await session.FitsAsync($"device-{language}"));
        Answer(tokens, "access_denied");
        await Assertions.Expect(card).ToContainTextAsync(denied);

        tokens.DevicePace = (1, 2);
        await button.ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync(expired);
        tokens.IsUndecided = false;

        // Who changes their mind is asked nothing more.
        tokens.DevicePace = (60, 600);
        await button.ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = cancel }).ClickAsync();
        await Assertions.Expect(button).ToBeEnabledAsync();
        var asked = tokens.Asked.Count;

        tokens.DevicePace = (1, 60);
        Answer(tokens, "authorization_pending", "slow_down");
        await button.ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync(connected);
        Assert.Equal(asked + 3, tokens.Asked.Count(a => a["grant_type"].EndsWith("device_code", StringComparison.Ordinal)));
        await page.GetByRole(AriaRole.Button, new() { Name = tryIt }).ClickAsync();
        await Assertions.Expect(page.Locator("main .notice--ok").Last).ToBeVisibleAsync();
        Assert.DoesNotContain("dc-secret", await page.ContentAsync(), StringComparison.Ordinal);
        await session.ScreenshotAsync($"device-connected-{language}");
    }

    private static void Answer(TokenServer tokens, params string[] errors) => errors.ToList().ForEach(e => tokens.Next.Enqueue((400, $$"""{"error":"{{e}}"}""")));

    private static MailboxDraft Draft(TokenServer tokens, string host) => new()
    {
        Name = "Office mailbox", Host = host, Port = 143, Security = ServerSecurity.None, SignInKind = SignInKind.OAuth, UserName = "anna",
        OAuthGrant = OAuthGrant.RefreshToken, TokenEndpoint = tokens.TokenEndpoint, DeviceEndpoint = tokens.DeviceEndpoint, ClientId = "client-1", Scope = TokenServer.Scope,
        Address = "anna@example.test", Addressing = TestAddressing.PlusAddress, IsSeed = true,
    };
}
