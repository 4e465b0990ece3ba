using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Every page there is, filled, in both languages and themes: for everybody, at any width, with the keyboard alone.</summary>
public sealed class EveryPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", false)]
    [InlineData("en", true)]
    [InlineData("fr", false)]
    [InlineData("fr", true)]
    public async Task Pages_Filled_AreForEverybody(string language, bool dark)
    {
        await using var host = await WebHost.StartAsync(listen: true, extra: services => services.AddSingleton<IDnsResolver, EmptyDns>());
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator, language);
        await FillAsync(host);
        await host.BeginWizardAsync("harbour.example");
        await using var session = await browser.OpenAsync(new() { Locale = language == "fr" ? "fr-FR" : "en-GB", Dark = dark });
        await session.SignInAsync(host, WebHost.Email);
        var faults = new List<string>();
        foreach (var path in SiteMap.Of())
        {
            await session.Page.GotoAsync($"{host.Url}{path}");
            var name = $"page-{language}{(dark ? "-dark" : "")}-{(path.Length == 0 ? "overview" : path.Replace('/', '-').Replace('?', '-').Replace('=', '-'))}";
            faults.AddRange((await session.InspectAsync(name)).Select(f => $"{path}: {f}"));
            faults.AddRange((await session.FitsAsync(name)).Select(f => $"{path}: {f}"));
            if (!dark)
            {
                faults.AddRange((await session.TabThroughAsync()).Select(f => $"{path}: {f}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Incident_WithTheKeyboardAlone_IsTakenCareOf()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await FillAsync(host);
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;

        await TabToAsync(page, page.Locator("section[aria-labelledby='broken-heading'] a").First);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main h1")).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "I take care of it" }));
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Give it back" })).ToBeVisibleAsync();
        await page.GotoAsync($"{host.Url}");
        await Assertions.Expect(page.Locator("section[aria-labelledby='broken-heading']")).ToContainTextAsync($"taken care of by {WebHost.Email}");
    }

    [Fact]
    public async Task Incidents_WithTheKeyboardAlone_AreTakenCareOfAtOnce_AndAViewerOnlyReads()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        await host.CreateAsync("vic@example.org", AppRoles.Viewer);
        await FillAsync(host);
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var page = session.Page;

        await page.GotoAsync($"{host.Url}alerts");
        await TabToAsync(page, page.GetByLabel("on this page"));
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "I take care of it" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Locator(".confirm button").Last);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main .page-header__answer")).ToContainTextAsync("somebody takes care of");
        await Assertions.Expect(page.Locator("main tbody tr").First).ToContainTextAsync(WebHost.Email);
        await Assertions.Expect(page.Locator(".at-once__count")).ToHaveTextAsync("None chosen");

        await using var viewer = await browser.OpenAsync();
        await viewer.SignInAsync(host, "vic@example.org");
        await viewer.Page.GotoAsync($"{host.Url}alerts");
        await Assertions.Expect(viewer.Page.Locator("main tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.Locator("main [type=checkbox], main button")).ToHaveCountAsync(0);
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < 80 && !await target.EvaluateAsync<bool>("e => e === document.activeElement"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(target).ToBeFocusedAsync();
    }

    /// <summary>Something in every list: two alerts, one of them muted, findings, a change, what could not be checked, work, channels.</summary>
    private static async Task FillAsync(WebHost host)
    {
        var critical = new FindingDefinition("SPF001", Severity.Critical, "RFC 7208 §3");
        var now = TimeProvider.System.GetUtcNow();
        foreach (var name in new[] { "harbour.example", "quay.example", "a-rather-long-name-of-a-domain-that-has-to-find-its-place.example" })
        {
            var id = await host.AddDomainAsync(name);
            var subject = Subject.Domain(name);
            await host.RecordAsync(
                id,
                ("spf", new OutcomeBuilder().Grade("spf-valid", "full").Build()),
                ("dmarc", new OutcomeBuilder().Record($"_dmarc.{name}", "TXT", ["v=DMARC1; p=reject"]).Grade("dmarc-valid", "full").Build()),
                ("mta-sts", new OutcomeBuilder().CouldNotTell(subject, Reason.Of("DnsTimeout", $"_mta-sts.{name}", "TXT", "192.0.2.53")).Build()));
            await host.RecordAsync(
                id,
                ("spf", new OutcomeBuilder().Grade("spf-valid", "none").Report(critical, subject, new Evidence("record", "–")).Build()),
                ("dmarc", new OutcomeBuilder().Record($"_dmarc.{name}", "TXT", ["v=DMARC1; p=none"]).Grade("dmarc-valid", "full").Build()),
                ("starttls", new OutcomeBuilder().Report(
                    MailDashboard.Checks.StartTls.StartTlsFindings.NearEnd, Subject.Address(System.Net.IPAddress.Parse("192.0.2.1")), new Evidence("host", $"mx.{name}"),
                    new Evidence("notAfter", now.AddDays(4).ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture)), new Evidence("lifetimeUsed", "95 %")).Build()));
        }

        await host.Services.GetRequiredService<IncidentActions>().MuteAsync(2, now.AddDays(2), "known", WebHost.Email, Token);
        Assert.Empty(await host.Services.GetRequiredService<MaintenanceStore>().AddAsync(
            new MaintenanceDraft("new servers", now.AddMinutes(-5), 120, 0, "UTC", null, ["shop"], []), WebHost.Email, Token));
        Assert.Empty((await host.Services.GetRequiredService<ChannelStore>().AddAsync(ChannelKind.Ntfy, new ChannelDraft { Name = "Pager", Url = "https://ntfy.example.net/topic" }, Token)).Problems);
        var profiles = host.Services.GetRequiredService<ProfileStore>();
        Assert.Empty((await profiles.SaveAsync(null, Profiles.Connectable, Token)).Problems);
        Assert.Empty((await profiles.SaveAsync(null, Profiles.Relay with { Limits = new(PerMinute: 20, PerDay: 1000), DomainIds = [1, 2] }, Token)).Problems);
        await TestedMessages.AddAsync(host, 2);
    }
}
