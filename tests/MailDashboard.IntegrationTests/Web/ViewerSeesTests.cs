using MailDashboard.IntegrationTests.Monitoring;
using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>
/// Whom alerts reach, through which servers, and what these replied is nothing for a viewer. Every page that a viewer may open is
/// opened and read, the search too; everything that must not be seen bears one word.
/// </summary>
public sealed class ViewerSeesTests(Browser browser)
{
    private const string Word = "zephyr";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_OnEveryPage_SeesThatPeopleWereToldAndNotWhomNorHow()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await host.CreateAsync("olga@example.org", AppRoles.Operator);
        await host.CreateAsync("vic@example.org", AppRoles.Viewer);
        var alert = await PrepareAsync(host);
        await using var session = await browser.OpenAsync(new() { ExpectedErrors = ["404"] });
        await session.SignInAsync(host, "vic@example.org");
        var page = session.Page;
        var seen = new List<string>();
        foreach (var path in SiteMap.Of(Policies.View, Policies.Own))
        {
            await page.GotoAsync($"{host.Url}{path}");
            await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("main [aria-busy='true'], main .skeleton, main .list-skeleton")).ToHaveCountAsync(0);
            if ((await page.ContentAsync()).Contains(Word, StringComparison.OrdinalIgnoreCase))
            {
                seen.Add(path);
            }
        }

        await page.GotoAsync($"{host.Url}alerts/{alert}");
        await Assertions.Expect(page.Locator("section[aria-labelledby='told-heading']")).ToContainTextAsync("one message sent, one given up");
        foreach (var typed in new[] { Word, "pager", "sending", "channels" })
        {
            await page.Locator(".search-button").ClickAsync();
            await page.Locator("#search-input").FillAsync(typed);
            await page.WaitForTimeoutAsync(300);
            foreach (var found in await page.GetByRole(AriaRole.Option).AllInnerTextsAsync())
            {
                if (found.Contains(Word, StringComparison.OrdinalIgnoreCase) || found.Contains("Settings", StringComparison.Ordinal))
                {
                    seen.Add($"search {typed}: {found}");
                }
            }

            // The next one must not meet this dialog while it closes.
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator("#search-input")).ToHaveCountAsync(0);
        }

        Assert.True(seen.Count == 0, string.Join('\n', seen));

        // The same page for who runs it.
        await using var other = await browser.OpenAsync();
        await other.SignInAsync(host, "olga@example.org");
        await other.Page.GotoAsync($"{host.Url}alerts/{alert}");
        await Assertions.Expect(other.Page.Locator("section[aria-labelledby='told-heading']")).ToContainTextAsync($"{Word}-reader@example.net");
        await Assertions.Expect(other.Page.Locator("section[aria-labelledby='told-heading']")).ToContainTextAsync($"550 5.1.1 {Word}");
    }

    private static async Task<long> PrepareAsync(WebHost host)
    {
        var id = await host.AddDomainAsync("harbour.example");
        await host.RecordAsync(id, ("spf", new OutcomeBuilder().Report(new FindingDefinition("SPF001", Severity.Critical, "RFC 7208 §3"), Subject.Domain("harbour.example"), new Evidence("record", "–")).Build()));
        var channels = host.Services.GetRequiredService<ChannelStore>();
        var pager = await channels.AddAsync(ChannelKind.Ntfy, new ChannelDraft { Name = "Pager", Url = $"https://{Word}.example.net/topic", Secret = $"tk_{Word}_0123456789" }, Token);
        Assert.Empty(pager.Problems);
        Assert.Equal(RecipientChange.Done, await host.Services.GetRequiredService<RecipientStore>().AddAsync($"{Word}-reader@example.net", "en", null, Token));
        var profile = new ProfileDraft { Host = $"smtp.{Word}.example.net", Port = 587, Security = ServerSecurity.StartTls, SenderAddress = $"{Word}-sender@example.net", UserName = $"{Word}-user", Password = "a secret of some length" };
        Assert.Empty(await host.Services.GetRequiredService<ProfileStore>().SaveForNoticesAsync(profile, Token));
        await TestedMessages.AddAsync(host, 1, Word);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        var alert = await db.Alerts.Select(a => a.Id).SingleAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        db.Outbox.AddRange(
            Message(alert, await db.NotificationChannels.Where(c => c.Kind == ChannelKind.Email).Select(c => c.Id).FirstAsync(Token), "1", now, null),
            Message(alert, await db.NotificationChannels.Where(c => c.Kind == ChannelKind.Email).Select(c => c.Id).FirstAsync(Token), "2", null, now));
        await db.SaveChangesAsync(Token);
        return alert;
    }

    private static OutboxMessage Message(long alert, int channel, string id, DateTimeOffset? sent, DateTimeOffset? abandoned) => new()
    {
        Kind = "opened",
        AlertId = alert,
        ChannelId = channel,
        Recipient = $"{Word}-reader@example.net",
        Subject = $"A subject for a {Word} reader",
        TextBody = "",
        HtmlBody = "",
        MessageId = $"<{id}@{Word}.example.net>",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        SentAt = sent,
        AbandonedAt = abandoned,
        Attempts = 1,
        LastError = sent is null ? $"550 5.1.1 {Word} mailbox unavailable" : null,
    };
}
