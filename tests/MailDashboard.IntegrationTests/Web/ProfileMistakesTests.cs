using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>
/// What a profile's page says of what goes wrong, with real servers: what happened, what was replied, what to do, and what was entered is
/// there still. A wrong password, a closed port and the wrong encryption are in the journey of sending.
/// </summary>
public sealed class ProfileMistakesTests(Browser browser)
{
    private const string Full = "full@example.test";
    private const string Filling = "filling@example.test";
    private const string Grey = "grey@example.test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_OfARecipientThatIsPutOffOrFull_SaysWhatItMeansAndWhatToDo()
    {
        await using var postfix = await PostfixServer.StartAsync(
            new()
            {
                Parameters = new Dictionary<string, string>
                {
                    ["smtpd_recipient_restrictions"] =
                        $"check_recipient_access inline:{{ {{ {Grey} = 451 4.7.1 Greylisted, please try again in 5 minutes }}, {{ {Full} = 552 5.2.2 Mailbox full }}, {{ {Filling} = 452 4.2.2 Mailbox full }} }}",
                },
            },
            Token);
        await using var host = await StartAsync();
        var id = await SaveAsync(host, Web.Profiles.Relay with { Host = "127.0.0.1", Port = postfix.EndPoint.Port });
        await using var session = await OpenAsync(host, id);
        var page = session.Page;

        await page.GetByLabel("Messages a day").FillAsync("77");
        await ExpectAsync(page, Grey, "The server refused the recipient.", "Greylisting: the receiver wants to see the same message again later.", "451 4.7.1 ", "send the test again in a few minutes");
        await session.ScreenshotAsync("mistake-greylisting");
        await ExpectAsync(page, Full, "The recipient's mailbox is full.", "552 5.2.2 ", "Tell the recipient by another way");
        await ExpectAsync(page, Filling, "The recipient's mailbox is full.", "452 4.2.2 ", "send the test again in a few minutes");
        await Assertions.Expect(page.GetByLabel("Messages a day")).ToHaveValueAsync("77");
    }

    [Fact]
    public async Task Look_AtACertificateForAnotherName_SaysWhichItNames()
    {
        using var certificates = new TestCertificates();
        await using var postfix = await PostfixServer.StartAsync(new() { Certificate = certificates.Issue("mail.other.example", "smtp.other.example") }, Token);
        await using var host = await StartAsync();
        var draft = Web.Profiles.Relay with { Host = "127.0.0.1", Port = postfix.EndPoint.Port, Security = ServerSecurity.StartTls };
        await using var session = await OpenAsync(host, await SaveAsync(host, draft));
        var page = session.Page;

        await page.GetByLabel("Sender name").FillAsync("Somebody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try the connection" }).ClickAsync();
        var said = page.Locator("form .notice--error");
        await Assertions.Expect(said).ToContainTextAsync("The server’s certificate is for another name.");
        await Assertions.Expect(said).ToContainTextAsync("It names: mail.other.example, smtp.other.example");
        await Assertions.Expect(said).ToContainTextAsync("Enter the server by one of these names");
        await session.ScreenshotAsync("mistake-certificate");
        await ExpectAsync(page, "ops@example.test", "The server’s certificate is for another name.", "It names: mail.other.example, smtp.other.example");
        await Assertions.Expect(page.GetByLabel("Sender name")).ToHaveValueAsync("Somebody");
    }

    [Fact]
    public async Task Test_WithATokenThatHasEnded_SaysToConnectAgain()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var host = await StartAsync();
        var draft = Web.Profiles.Connectable with { TokenEndpoint = tokens.TokenEndpoint, Host = "127.0.0.1" };
        var id = await SaveAsync(host, draft);
        tokens.Refresh = "another";
        await host.Services.GetRequiredService<AccountSignIn>().ConnectAsync<SmtpProfile>(id, "ended", Token);
        await using var session = await OpenAsync(host, id);

        await ExpectAsync(session.Page, "ops@example.test", "What was given once is no longer valid.", "invalid_grant: that was yesterday", "connect the account again");
        await Assertions.Expect(session.Page.GetByLabel("Client ID")).ToHaveValueAsync(Web.Profiles.Connectable.ClientId!);
    }

    [Fact]
    public async Task Page_WhileALimitHolds_SaysUntilWhen()
    {
        await using var sink = SmtpSink.Start();
        await using var host = await StartAsync();
        var id = await SaveAsync(host, Web.Profiles.Relay with { Host = "127.0.0.1", Port = sink.EndPoint.Port, Limits = new SendingLimits(PerDay: 1) });
        await using var session = await OpenAsync(host, id);
        var page = session.Page;
        var state = page.Locator("section[aria-labelledby='state-title']");

        await Assertions.Expect(state).Not.ToContainTextAsync("A limit of this profile is reached.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The server accepted the message")).ToBeVisibleAsync();
        await Assertions.Expect(state).ToContainTextAsync("A limit of this profile is reached. The next message goes at");
        await Assertions.Expect(state.Locator(".notice time")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Not sent: a limit of this profile is reached.")).ToBeVisibleAsync();
        Assert.Single(sink.Received);
    }

    private static async Task<WebHost> StartAsync()
    {
        var host = await WebHost.StartAsync(listen: true, settings: [new("MailDashboard:Probing:AllowedNetworks", "127.0.0.0/8")]);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        return host;
    }

    private static async Task<int> SaveAsync(WebHost host, ProfileDraft draft)
    {
        var saved = await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, draft, Token);
        Assert.Empty(saved.Problems);
        return saved.Id!.Value;
    }

    private async Task<BrowserSession> OpenAsync(WebHost host, int id)
    {
        var session = await browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        await session.Page.GotoAsync($"{host.Url}profiles/{id}");
        return session;
    }

    private static async Task ExpectAsync(IPage page, string recipient, params string[] words)
    {
        await page.GetByLabel("Send it to").FillAsync(recipient);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();
        foreach (var word in words)
        {
            await Assertions.Expect(page.Locator("section[aria-labelledby='test-title'] .notice--error")).ToContainTextAsync(word);
        }

        await Assertions.Expect(page.GetByLabel("Send it to")).ToHaveValueAsync(recipient);
    }
}
