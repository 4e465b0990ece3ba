using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A channel that is added later is in no rule: its page says so, and offers what it may be for.</summary>
public sealed class ChannelRulesPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Channel_AddedLater_SaysThatNothingGoesByIt_AndIsAddedToRules()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        var saved = await host.Services.GetRequiredService<ChannelStore>().AddAsync(ChannelKind.Slack, new ChannelDraft { Name = "Ops", Url = "https://hooks.slack.com/services/T0/B0/x" }, Token);
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;
        var rules = host.Services.GetRequiredService<RuleStore>();
        var told = page.Locator("section[aria-labelledby='told-title']");

        await page.GotoAsync($"{host.Url}settings/channels/{saved.Id}");
        await Assertions.Expect(told).ToContainTextAsync("Nothing but tests goes by this channel yet");
        await told.GetByLabel("Sending profiles that fail").CheckAsync();
        await Assertions.Expect(told).Not.ToContainTextAsync("Nothing but tests");
        Assert.Equal(["E-mail", "Ops"], (await SendingAsync(rules)).Channels.Select(c => c.Name).Order());
        Assert.Empty(await session.InspectAsync("channel-rules"));

        // Not the last one of a rule that tells.
        await told.GetByLabel("Sending profiles that fail").UncheckAsync();
        await Assertions.Expect(told).ToContainTextAsync("Nothing but tests");
        await page.GotoAsync($"{host.Url}settings/channels/1");
        await told.GetByLabel("Sending profiles that fail").ClickAsync();
        await Assertions.Expect(told.GetByRole(AriaRole.Alert)).ToContainTextAsync("needs a channel");
        await Assertions.Expect(told.GetByLabel("Sending profiles that fail")).ToBeCheckedAsync();
        Assert.Equal(["E-mail"], (await SendingAsync(rules)).Channels.Select(c => c.Name));
    }

    private static async Task<RuleView> SendingAsync(RuleStore rules) => (await rules.ListAsync(Token)).Single(r => r.Preset == RulePresets.Sending);
}
