using System.Text.Json;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A role that is taken away while a page is open: the next click is refused by the server, and nothing has changed.</summary>
public sealed class RefusedHandlersTests(Browser browser)
{
    private const string Olga = "olga@example.org";

    private static readonly (string Role, string Path, Func<IPage, Task> Do)[] Clicks =
    [
        (AppRoles.Operator, "alerts/1", p => Button(p, "I take care of it")),
        (AppRoles.Operator, "alerts/1", p => Button(p, "Mute")),
        (AppRoles.Operator, "alerts/1", p => Button(p, "Check again")),
        (AppRoles.Operator, "alerts/1", async p =>
        {
            await p.GetByLabel("Note").FillAsync("something");
            await Button(p, "Add the note");
        }),
        (AppRoles.Operator, "alerts", async p =>
        {
            await p.GetByLabel("on this page").CheckAsync();
            await ConfirmAsync(p, "I take care of it");
        }),
        (AppRoles.Operator, "alerts", async p =>
        {
            await p.GetByLabel("on this page").CheckAsync();
            await ConfirmAsync(p, "Mute");
        }),
        (AppRoles.Operator, "alerts/rules", p => p.Locator("main table input[type=checkbox]").First.ClickAsync()),
        (AppRoles.Operator, "alerts/rules/1", p => Button(p, "Save the rule")),
        (AppRoles.Operator, "alerts/rules/1", p => Button(p, "What would it have sent?")),
        (AppRoles.Operator, "alerts/rules/1", p => ConfirmAsync(p, "Remove the rule")),
        (AppRoles.Operator, "alerts/rules/new", async p =>
        {
            await p.GetByLabel("Name").FillAsync("mine");
            await Button(p, "Save the rule");
        }),
        (AppRoles.Operator, "alerts/maintenance", async p =>
        {
            await p.GetByLabel("Reason").FillAsync("moving");
            await p.GetByLabel("Start").First.FillAsync("2099-01-01T10:00");
            await Button(p, "Announce");
        }),
        (AppRoles.Operator, "alerts/maintenance", p => ConfirmAsync(p, "Remove")),
        (AppRoles.Operator, "messages", p => Button(p, "Start the test")),
        (AppRoles.Operator, "messages/1", p => Button(p, "Make a link")),
        (AppRoles.Operator, "messages/1", p => ConfirmAsync(p, "Remove the test")),
        (AppRoles.Operator, "messages/placement", p => Button(p, "Send and look")),
        (AppRoles.Operator, "messages/placement/plans", p => Button(p, "Switch on")),
        (AppRoles.Operator, "messages/placement/plans", p => ConfirmAsync(p, "Remove")),
        (AppRoles.Operator, "messages/placement/plans", async p =>
        {
            await p.Locator("#plan-name").FillAsync("mine");
            await Button(p, "Add the plan");
        }),
        (AppRoles.Administrator, "settings/mailboxes/1", p => Button(p, "Save")),
        (AppRoles.Administrator, "settings/mailboxes/1", p => Button(p, "Try it")),
        (AppRoles.Administrator, "settings/mailboxes/1", p => ConfirmAsync(p, "Remove the mailbox")),
        (AppRoles.Administrator, "settings/channels", p => p.Locator("main table input[type=checkbox]").Last.ClickAsync()),
        (AppRoles.Administrator, "settings/channels", p => p.GetByRole(AriaRole.Button, new() { Name = "Test Pager" }).ClickAsync()),
        (AppRoles.Administrator, "settings/channels/2", p => Button(p, "Save")),
        (AppRoles.Administrator, "settings/channels/2", p => ConfirmAsync(p, "Remove the channel")),
        (AppRoles.Administrator, "settings/channels/add?kind=Ntfy", async p =>
        {
            await p.Locator("#name").FillAsync("Another");
            await p.Locator("#url").FillAsync("https://ntfy.example.net/other");
            await p.Locator("main button[type=submit]").First.ClickAsync();
        }),
        (AppRoles.Administrator, "settings/channels/1", async p =>
        {
            await p.GetByLabel("E-mail address").FillAsync("new@example.org");
            await p.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        }),
        (AppRoles.Administrator, "profiles/1", p => Button(p, "Save")),
        (AppRoles.Administrator, "profiles/1", p => Button(p, "Try the connection")),
        (AppRoles.Administrator, "profiles/1", p => Button(p, "Send a test message")),
        (AppRoles.Administrator, "profiles/1", p => Button(p, "Connect with a code")),
        (AppRoles.Administrator, "profiles/1", p => ConfirmAsync(p, "Remove the profile")),
        (AppRoles.Administrator, "profiles/2", p => Button(p, "Use for the dashboard’s own mail")),
        (AppRoles.Administrator, "profiles/add", async p =>
        {
            await p.GetByLabel("Server", new() { Exact = true }).FillAsync("smtp.example.net");
            await Button(p, "Save");
        }),
        (AppRoles.Administrator, "wizard", async p =>
        {
            await p.GetByLabel("Your domain").FillAsync("another.example");
            await Button(p, "Begin");
        }),
        (AppRoles.Administrator, "wizard", async p =>
        {
            await p.GetByRole(AriaRole.Button, new() { Name = "Discard the set-up of harbour.example" }).ClickAsync();
            await p.Locator(".confirm button").Last.ClickAsync();
        }),
        (AppRoles.Administrator, "wizard/1/advice", p => Button(p, "Next")),
        (AppRoles.Administrator, "wizard/1/records", p => Button(p, "Make the key")),
        (AppRoles.Administrator, "wizard/1/message", p => Button(p, "Send")),
        (AppRoles.Administrator, "wizard/1/monitoring", p => Button(p, "Finish")),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Click_AfterTheRoleIsGone_IsRefusedAndChangesNothing()
    {
        await using var host = await WebHost.StartAsync(listen: true, extra: services => services.AddSingleton<IDnsResolver, EmptyDns>());
        var people = host.Services.GetRequiredService<People>();
        var ada = await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        var olga = await host.CreateAsync(Olga, AppRoles.Operator);
        await PrepareAsync(host);
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, Olga);
        var page = session.Page;
        var before = await StateAsync(host);
        foreach (var (role, path, click) in Clicks)
        {
            await people.SetRoleAsync(ada, olga, role, Token);
            await page.GotoAsync($"{host.Url}{path}");
            await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("main .skeleton, main .list-skeleton")).ToHaveCountAsync(0);
            await people.SetRoleAsync(ada, olga, AppRoles.Viewer, Token);

            await click(page);

            await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Not for your account");
            Assert.Equal(before, await StateAsync(host));
        }
    }

    private static Task Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task ConfirmAsync(IPage page, string name)
    {
        await Button(page, name);
        await Assertions.Expect(page.Locator(".confirm button").First).ToBeFocusedAsync();
        await page.Locator(".confirm button").Last.ClickAsync();
    }

    private static async Task PrepareAsync(WebHost host)
    {
        var id = await host.AddDomainAsync("harbour.example");
        await host.RecordAsync(id, ("spf", new OutcomeBuilder().Report(new FindingDefinition("SPF001", Severity.Critical, "RFC 7208 §3"), Subject.Domain("harbour.example"), new Evidence("record", "–")).Build()));
        Assert.Empty((await host.Services.GetRequiredService<ChannelStore>().AddAsync(ChannelKind.Ntfy, new ChannelDraft { Name = "Pager", Url = "https://ntfy.example.net/topic" }, Token)).Problems);
        foreach (var draft in new[] { Profiles.Connectable, Profiles.Relay })
        {
            Assert.Empty((await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, draft, Token)).Problems);
        }

        await TestedMessages.AddAsync(host, 1);
        await host.BeginWizardAsync("harbour.example");
        Assert.Empty(await host.Services.GetRequiredService<MaintenanceStore>().AddAsync(
            new MaintenanceDraft("announced before", TimeProvider.System.GetUtcNow().AddDays(1), 60, 0, "UTC", null, [], []), WebHost.Email, Token));
    }

    /// <summary>Everything that those pages can change, as text.</summary>
    private static async Task<string> StateAsync(WebHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        return JsonSerializer.Serialize(new
        {
            Alerts = await db.Alerts.AsNoTracking().Include(a => a.Events).ToListAsync(Token),
            Rules = await db.NotificationRules.AsNoTracking().Include(r => r.Channels).OrderBy(r => r.Id).ToListAsync(Token),
            Channels = await db.NotificationChannels.AsNoTracking().OrderBy(c => c.Id).ToListAsync(Token),
            Recipients = await db.AlertRecipients.AsNoTracking().ToListAsync(Token),
            Windows = await db.MaintenanceWindows.AsNoTracking().ToListAsync(Token),
            Profiles = await db.SmtpProfiles.AsNoTracking().OrderBy(x => x.Id).ToListAsync(Token),
            Mailboxes = await db.Mailboxes.AsNoTracking().OrderBy(m => m.Id).Select(m => new { m.Id, m.Name, m.ProtectedPassword }).ToListAsync(Token),
            Tests = await db.MessageTests.AsNoTracking().OrderBy(t => t.Id).Select(t => new { t.Id, t.ShareHash }).ToListAsync(Token),
            Plans = await db.PlacementPlans.AsNoTracking().OrderBy(t => t.Id).Select(t => new { t.Id, t.IsEnabled }).ToListAsync(Token),
            Runs = await db.PlacementRuns.CountAsync(Token),
            SetUps = await db.SetupRuns.AsNoTracking().ToListAsync(Token),
            Outbox = await db.Outbox.CountAsync(Token),
            Audits = await db.Domains.Select(d => d.LastAuditAt).ToListAsync(Token),
        });
    }
}
