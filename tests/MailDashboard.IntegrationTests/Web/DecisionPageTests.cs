using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Checks.Spf;
using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Account;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>What operators decide on the page of a domain, and what viewers see of it.</summary>
public sealed class DecisionPageTests(Browser browser)
{
    private const string Domain = "harbour.example";

    private static readonly BrowserOptions French = new() { Locale = "fr-FR", Width = 390, Height = 844 };
    private static readonly ObservedCertificate Certificate = new(
        "192.0.2.1", new string('a', 64), DateTimeOffset.UnixEpoch.AddYears(57), CertificateTrust.Trusted, "CN=R10, O=Good Authority, C=US", "CN=mx.harbour.example", ["mx.harbour.example"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_ConfirmsPinsAndAccepts_AViewerOnlyLooks()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        var people = host.Services.GetRequiredService<People>();
        var ada = await CreateAsync(people, WebHost.Email, AppRoles.Administrator, "en");
        var olga = await CreateAsync(people, "olga@example.org", AppRoles.Operator, "fr");
        await CreateAsync(people, "vic@example.org", AppRoles.Viewer, "en");
        var added = await host.Services.GetRequiredService<DomainDirectory>().AddAsync(Domain, new DomainDraft(), Token);
        var id = Assert.IsType<DomainChange.Done>(added).Id;
        await RecordAsync(host, id, "v=DMARC1; p=reject", Certificate, isRight: true);
        await RecordAsync(host, id, "v=DMARC1; p=none; rua=mailto:dmarc@harbour.example", Certificate with { Thumbprint = new string('b', 64) }, isRight: false);

        await using var desk = await browser.OpenAsync();
        var page = desk.Page;
        await SignInAsync(page, host, WebHost.Email, "E-mail address", "Password", "Sign in");
        await using var telephone = await browser.OpenAsync(French);
        await SignInAsync(telephone.Page, host, "olga@example.org", "Adresse de courriel", "Mot de passe", "Se connecter");
        await using var viewer = await browser.OpenAsync();
        await SignInAsync(viewer.Page, host, "vic@example.org", "E-mail address", "Password", "Sign in");
        var problems = new List<string>();
        async Task LookAsync(string name, string path)
        {
            foreach (var (session, suffix) in new[] { (desk, "en-1280"), (telephone, "fr-390") })
            {
                await session.Page.GotoAsync($"{host.Url}{path}");
                problems.AddRange((await session.InspectAsync($"watch-{name}-{suffix}")).Select(p => $"{name} {suffix}: {p}"));
            }

            await telephone.Page.SetViewportSizeAsync(1280, 900);
            problems.AddRange((await telephone.InspectAsync($"watch-{name}-fr-1280")).Select(p => $"{name} fr-1280: {p}"));
            await telephone.Page.SetViewportSizeAsync(390, 844);
            await desk.Page.SetViewportSizeAsync(390, 844);
            problems.AddRange((await desk.InspectAsync($"watch-{name}-en-390")).Select(p => $"{name} en-390: {p}"));
            await desk.Page.SetViewportSizeAsync(1280, 900);
        }

        // A change that made things worse waits on top.
        await LookAsync("change", $"domains/{id}");
        await LookAsync("history", $"domains/{id}?tab=history");
        await viewer.Page.GotoAsync($"{host.Url}domains/{id}");
        await Assertions.Expect(Card(viewer.Page, "CHG002")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "This was meant" })).ToHaveCountAsync(0);
        await page.GotoAsync($"{host.Url}domains/{id}");
        await Card(page, "CHG002").GetByLabel("Note (optional)").FillAsync("moving to another provider");
        await Card(page, "CHG002").GetByRole(AriaRole.Button, new() { Name = "This was meant" }).ClickAsync();
        await Assertions.Expect(Card(page, "CHG002")).ToHaveCountAsync(0);
        await Assertions.Expect(Card(viewer.Page, "CHG002")).ToHaveCountAsync(0);
        await viewer.Page.GotoAsync($"{host.Url}domains/{id}?tab=history&kind=records");
        await Assertions.Expect(viewer.Page.GetByText("moving to another provider")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Take back" })).ToHaveCountAsync(0);
        await page.GotoAsync($"{host.Url}domains/{id}?tab=history&kind=records");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Assertions.Expect(page.GetByText("nobody has confirmed this yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "This was meant" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take back" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Certificates", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Certificate renewed")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("TXT record changed")).ToHaveCountAsync(0);

        // Pinned by hand, it drifts until it is published.
        await page.GotoAsync($"{host.Url}domains/{id}?tab=records");
        var policy = page.Locator("article").Filter(new() { HasText = "_dmarc.harbour.example" });
        await policy.GetByRole(AriaRole.Button, new() { Name = "Pin this as wanted" }).ClickAsync();
        await Assertions.Expect(policy.GetByText("as wanted", new() { Exact = true })).ToBeVisibleAsync();
        await policy.GetByText("Change what is wanted").ClickAsync();
        await policy.GetByLabel("Values, one a line").FillAsync("v=DMARC1; p=quarantine");
        await policy.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Assertions.Expect(policy.GetByText("not as wanted", new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync("records", $"domains/{id}?tab=records");
        await page.GotoAsync($"{host.Url}domains/{id}");
        await Assertions.Expect(Card(page, "DRF002")).ToContainTextAsync("v=DMARC1; p=quarantine");
        await LookAsync("drift", $"domains/{id}");

        // Accepted, it is in no count.
        await page.GotoAsync($"{host.Url}domains/{id}");
        await Assertions.Expect(page.Locator(".page-header__answer")).ToContainTextAsync("One problem very likely");
        var before = await page.Locator(".tabs__count").InnerTextAsync();
        await Card(page, "SPF001").GetByText("Accept this finding").ClickAsync();
        await Card(page, "SPF001").GetByLabel("Reason").FillAsync("the provider publishes no record");
        await Card(page, "SPF001").GetByLabel("Until").FillAsync(TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await Card(page, "SPF001").GetByRole(AriaRole.Button, new() { Name = "Accept", Exact = true }).ClickAsync();
        await Assertions.Expect(Card(page, "SPF001")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("One accepted finding")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".tabs__count")).Not.ToHaveTextAsync(before);
        await Assertions.Expect(page.Locator(".page-header__answer")).ToHaveTextAsync("Nothing urgent: one point may cause trouble under some circumstances.");
        await LookAsync("accepted", $"domains/{id}");
        await LookAsync("edit", $"domains/{id}/edit");
        await page.GotoAsync($"{host.Url}domains/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count it again" }).ClickAsync();
        await Assertions.Expect(Card(page, "SPF001")).ToBeVisibleAsync();

        // Who may no longer decide is refused by the server, with the form still open.
        var last = telephone.Page;
        await last.GotoAsync($"{host.Url}domains/{id}");
        await Card(last, "SPF001").GetByText("Accepter ce constat").ClickAsync();
        await Card(last, "SPF001").GetByLabel("Motif").FillAsync("imposé");
        await Card(last, "SPF001").GetByLabel("Jusqu").FillAsync(TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await people.SetRoleAsync(ada, olga, AppRoles.Viewer, Token);
        await Card(last, "SPF001").GetByRole(AriaRole.Button, new() { Name = "Accepter", Exact = true }).ClickAsync();
        await Assertions.Expect(Card(last, "SPF001")).ToHaveCountAsync(0);
        Assert.Empty((await host.Services.GetRequiredService<DomainReader>().ReadAsync(id, Token))!.Accepted);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static ILocator Card(IPage page, string code) => page.Locator($"article[data-code='{code}']");

    private static async Task<string> CreateAsync(People people, string email, string role, string language) =>
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync(email, null, role, WebHost.Password, language, Token)).UserId;

    private static async Task SignInAsync(IPage page, WebHost host, string email, string emailLabel, string passwordLabel, string button)
    {
        await page.GotoAsync($"{host.Url}sign-in");
        await page.GetByLabel(emailLabel).FillAsync(email);
        await page.GetByLabel(passwordLabel).FillAsync(WebHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(host.Url.ToString());
    }

    private static async Task RecordAsync(WebHost host, int id, string policy, ObservedCertificate certificate, bool isRight)
    {
        var subject = Subject.Domain(Domain);
        var spf = new OutcomeBuilder().Grade("spf-valid", isRight ? "full" : "none");
        ImmutableArray<FamilyReport> families =
        [
            new("dmarc", new OutcomeBuilder().Record($"_dmarc.{Domain}", "TXT", [policy]).Grade("dmarc-valid", "full").Build(), TimeSpan.FromMilliseconds(4)),
            new("spf", (isRight ? spf : spf.Report(SpfFindings.Missing, subject, new Evidence("record", "–"))).Build(), TimeSpan.FromMilliseconds(4)),
            new("starttls", new OutcomeBuilder().Record($"mx.{Domain}", ObservedCertificate.RecordType, [certificate.ToString()]).Build(), TimeSpan.FromMilliseconds(4)),
        ];
        var (lease, _) = await host.Services.GetRequiredService<DueDomains>().TakeOneAsync(id, Token);
        var report = new AuditReport(Domain, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(1), MailRoles.Both, families, new AuditTranscript([], []));
        Assert.Equal(RecordResult.Recorded, await host.Services.GetRequiredService<ResultRecorder>().RecordAsync(lease!, DueKinds.All, report, BlocklistSettings.Default, Token));
    }
}
