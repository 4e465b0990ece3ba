using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.ReverseDns;
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

/// <summary>Domains and the rules of mailbox providers, as a viewer and an operator see them; the strict profile.</summary>
public sealed class CompliancePageTests(Browser browser)
{
    private static readonly BrowserOptions French = new() { Locale = "fr-FR", Width = 390, Height = 844 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_FromTheMatrixToTheReasons_InBothLanguagesWidthsAndThemes()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        var people = host.Services.GetRequiredService<People>();
        await CreateAsync(people, WebHost.Email, AppRoles.Administrator, "en");
        await CreateAsync(people, "vic@example.org", AppRoles.Viewer, "fr");
        await using var desk = await browser.OpenAsync();
        var page = desk.Page;
        await SignInAsync(page, host, WebHost.Email, "E-mail address", "Password", "Sign in");
        await page.GotoAsync($"{host.Url}compliance");
        await Assertions.Expect(page.GetByText("No domains yet")).ToBeVisibleAsync();

        var broken = await AddAsync(host, "harbour.example", new DomainDraft { DailyVolume = 8000, IsStrict = true, Tags = ["shop"] });
        var quiet = await AddAsync(host, "meadow.example", new DomainDraft());
        await AddAsync(host, "a-rather-long-name-for-a-domain-that-has-to-fit.example", new DomainDraft { DailyVolume = 3 });
        await RecordAsync(host, broken, "harbour.example", isRight: false);
        await RecordAsync(host, quiet, "meadow.example", isRight: true);

        await using var telephone = await browser.OpenAsync(French);
        await SignInAsync(telephone.Page, host, "vic@example.org", "Adresse de courriel", "Mot de passe", "Se connecter");
        var problems = new List<string>();
        foreach (var (name, path) in new[] { ("matrix", "compliance"), ("reasons", $"domains/{broken}/compliance?provider=gmail"), ("orange", $"domains/{broken}/compliance?provider=orange"), ("well", $"domains/{quiet}/compliance"), ("line", $"domains/{broken}"), ("edit", $"domains/{broken}/edit") })
        {
            await LookAsync(desk, $"compliance-{name}-en-1280", path);
            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await LookAsync(desk, $"compliance-{name}-en-dark", path);
            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            if (name != "edit")
            {
                await LookAsync(telephone, $"compliance-{name}-fr-390", path);
                await telephone.Page.SetViewportSizeAsync(1280, 900);
                await LookAsync(telephone, $"compliance-{name}-fr-1280", path);
                await telephone.Page.SetViewportSizeAsync(390, 844);
            }
        }

        // From the matrix by keyboard to the reasons, and on to the finding.
        await page.GotoAsync($"{host.Url}compliance");
        await Assertions.Expect(page.Locator(".page-header__answer")).ToContainTextAsync("1 domain breaks a rule");
        var cell = page.GetByRole(AriaRole.Link, new() { Name = "harbour.example, Gmail: Does not meet" });
        await cell.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var card = page.Locator("[data-requirement='gmail-dmarc']");
        await Assertions.Expect(card).ToHaveAttributeAsync("data-status", "NotMet");
        await Assertions.Expect(page.Locator("[data-condition='dmarc']")).ToHaveAttributeAsync("data-status", "NotMet");
        await card.Locator(".reasons a").ClickAsync();
        await Assertions.Expect(page.Locator("article[data-code='DMARC001']")).ToBeVisibleAsync();

        // Filters are in the address.
        await page.GotoAsync($"{host.Url}compliance?status=NotMet");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByLabel("Provider").SelectOptionAsync("yahoo");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("provider=yahoo"));
        await page.GotoAsync($"{host.Url}compliance");
        await page.GetByLabel("Tag").SelectOptionAsync("shop");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync($"{host.Url}compliance");
        await page.GetByPlaceholder("Part of a name").FillAsync("nowhere");
        await Assertions.Expect(page.GetByText("No domain matches")).ToBeVisibleAsync();

        // The volume is asked for, kept and judged by; the open page of somebody else follows.
        await telephone.Page.GotoAsync($"{host.Url}domains/{broken}/compliance?provider=gmail");
        await Assertions.Expect(telephone.Page.Locator("[data-requirement='gmail-dmarc']")).ToHaveAttributeAsync("data-status", "NotMet");
        await page.GotoAsync($"{host.Url}domains/{broken}/edit");
        await page.GetByLabel("Messages a day to one large provider").FillAsync("20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(telephone.Page.Locator("[data-requirement='gmail-dmarc']")).ToHaveAttributeAsync("data-status", "NotApplicable");
        await page.GotoAsync($"{host.Url}domains/{broken}/edit");
        await Assertions.Expect(page.GetByLabel("Messages a day to one large provider")).ToHaveValueAsync("20");
        await telephone.Page.GotoAsync($"{host.Url}domains/99/compliance");
        await Assertions.Expect(telephone.Page.GetByText("Ce domaine n’existe plus")).ToBeVisibleAsync();
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        async Task LookAsync(BrowserSession session, string name, string path)
        {
            await session.Page.GotoAsync($"{host.Url}{path}");
            problems.AddRange((await session.InspectAsync(name)).Select(p => $"{name}: {p}"));
        }
    }

    private static async Task<int> AddAsync(WebHost host, string name, DomainDraft draft) =>
        Assert.IsType<DomainChange.Done>(await host.Services.GetRequiredService<DomainDirectory>().AddAsync(name, draft, Token)).Id;

    private static async Task CreateAsync(People people, string email, string role, string language) =>
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync(email, null, role, WebHost.Password, language, Token));

    private static async Task SignInAsync(IPage page, WebHost host, string email, string emailLabel, string passwordLabel, string button)
    {
        await page.GotoAsync($"{host.Url}sign-in");
        await page.GetByLabel(emailLabel).FillAsync(email);
        await page.GetByLabel(passwordLabel).FillAsync(WebHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(host.Url.ToString());
    }

    private static async Task RecordAsync(WebHost host, int id, string domain, bool isRight)
    {
        var subject = Subject.Domain(domain);
        var address = System.Net.IPAddress.Parse("192.0.2.10");
        var port = Subject.Service($"mail.{domain}", address, 587);
        var zones = new OutcomeBuilder();
        foreach (var zone in new[] { "zen.spamhaus.org", "dbl.spamhaus.org", "combined.mail.abusix.zone" })
        {
            zones.Fact(Subject.Listing("192.0.2.10", zone), "state", zone.StartsWith("combined", StringComparison.Ordinal) ? "off" : "notListed");
        }

        var dmarc = new OutcomeBuilder().Grade("dmarc-valid", isRight ? "full" : "none").Grade("dmarc-policy", isRight ? "reject" : "none");
        var ptr = new OutcomeBuilder().Grade("ptr-confirmed", isRight ? "full" : "none");
        ImmutableArray<FamilyReport> families =
        [
            Report("mx", new OutcomeBuilder().Grade("mx-resolves", "full").Build()),
            Report("spf", new OutcomeBuilder().Grade("spf-valid", "full").Grade("spf-all", "full").Build()),
            Report("dkim", isRight ? new OutcomeBuilder().Grade("dkim-key", "full").Build() : new OutcomeBuilder().GradeUndetermined("dkim-key").CouldNotTell(Subject.Selector("s1"), Reason.Of("DnsTimeout", $"s1._domainkey.{domain}", "TXT", "192.0.2.53")).Build()),
            Report("dmarc", (isRight ? dmarc : dmarc.Report(DmarcFindings.NoRecord, subject, new Evidence("asked", $"_dmarc.{domain}"))).Build()),
            Report("reverse-dns", (isRight ? ptr : ptr.Report(ReverseDnsFindings.Missing, Subject.Address(address), new Evidence("asked", "10.2.0.192.in-addr.arpa PTR"), new Evidence("answer", "NXDOMAIN"))).Build()),
            Report("smtp", new OutcomeBuilder().Build()),
            Report("tls", new OutcomeBuilder().Fact(port, "versions", isRight ? "TLS 1.2, TLS 1.3" : "TLS 1.2").Build()),
            Report("blocklists", zones.Build()),
        ];
        var (lease, _) = await host.Services.GetRequiredService<DueDomains>().TakeOneAsync(id, Token);
        var report = new AuditReport(domain, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(1), MailRoles.Both, families, new AuditTranscript([], []));
        Assert.Equal(RecordResult.Recorded, await host.Services.GetRequiredService<ResultRecorder>().RecordAsync(lease!, DueKinds.All, report, BlocklistSettings.Default, Token));
    }

    private static FamilyReport Report(string family, CheckOutcome outcome) => new(family, outcome, TimeSpan.FromMilliseconds(4));
}
