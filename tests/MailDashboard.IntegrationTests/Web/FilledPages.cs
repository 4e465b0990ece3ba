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

namespace MailDashboard.IntegrationTests.Web;

/// <summary>
/// Every page there is, filled: for everybody, at any width, with the keyboard alone. What fits depends on the language and contrast on
/// the theme, so that each of both is seen once. Two classes, so that they walk side by side.
/// </summary>
public abstract class FilledPages(Browser browser)
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected Browser Browser => browser;

    protected async Task WalkAsync(string language, bool dark)
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

    /// <summary>Something in every list: two alerts, one of them muted, findings, a change, what could not be checked, work, channels.</summary>
    private protected static async Task FillAsync(WebHost host)
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

/// <summary>In English, in daylight.</summary>
public sealed class EveryEnglishPageTests(Browser browser) : FilledPages(browser)
{
    [Fact]
    public Task Pages_Filled_AreForEverybody() => WalkAsync("en", dark: false);
}

/// <summary>In French, in the dark.</summary>
public sealed class EveryFrenchPageTests(Browser browser) : FilledPages(browser)
{
    [Fact]
    public Task Pages_Filled_AreForEverybody() => WalkAsync("fr", dark: true);
}
