using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Scoring;
using MailDashboard.IntegrationTests.Journey;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Web.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>The managers' page, as a viewer reads it in a browser.</summary>
public sealed class ReportsPageTests(Browser browser)
{
    private const int Domains = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewer_ReadsHowThingsAre_InBothLanguagesWidthsAndThemes()
    {
        await using var host = await WebHost.StartAsync(listen: true);
        var people = host.Services.GetRequiredService<People>();
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync(WebHost.Email, null, AppRoles.Administrator, WebHost.Password, "en", Token));
        Assert.IsType<PeopleResult.Done>(await people.CreateAsync("vic@example.org", null, AppRoles.Viewer, WebHost.Password, "fr", Token));
        await using var desk = await browser.OpenAsync();
        await using var telephone = await browser.OpenAsync(new BrowserOptions { Locale = "fr-FR", Width = 390, Height = 844 });
        await SignInAsync(desk.Page, host, WebHost.Email, "E-mail address", "Password", "Sign in");
        await SignInAsync(telephone.Page, host, "vic@example.org", "Adresse de courriel", "Mot de passe", "Se connecter");
        await desk.Page.GotoAsync($"{host.Url}reports");
        await Assertions.Expect(desk.Page.GetByText("Nothing to report yet")).ToBeVisibleAsync();

        await SeedAsync(host);
        await desk.Page.GotoAsync($"{host.Url}reports?period=year");
        await Assertions.Expect(desk.Page.Locator(".page-header__answer")).ToContainTextAsync("Your 12 domains score");
        var problems = new List<string>();
        foreach (var (name, path) in new[] { ("year", "reports?period=year"), ("month", "reports"), ("tag", "reports?period=quarter&tag=shop"), ("none", "reports?tag=nobody") })
        {
            await LookAsync(desk, $"reports-{name}-en-1280", path);
            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await LookAsync(desk, $"reports-{name}-en-dark", path);
            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await LookAsync(telephone, $"reports-{name}-fr-390", path);
            await telephone.Page.SetViewportSizeAsync(1280, 900);
            await LookAsync(telephone, $"reports-{name}-fr-1280", path);
            await telephone.Page.SetViewportSizeAsync(390, 844);
        }

        // Period and tag are in the address; a change elsewhere is seen without a click.
        await desk.Page.GotoAsync($"{host.Url}reports");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Twelve months" }).ClickAsync();
        await Assertions.Expect(desk.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("period=year"));
        await desk.Page.GetByRole(AriaRole.Combobox, new() { Name = "Tag" }).SelectOptionAsync("shop");
        await Assertions.Expect(desk.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("period=year.*tag=shop"));
        await Assertions.Expect(desk.Page.Locator(".page-header__answer")).ToContainTextAsync("“shop”");
        await ChangeAsync(host);
        await Assertions.Expect(desk.Page.Locator(".page-header__answer")).ToContainTextAsync("score 1 out of 100");
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        async Task LookAsync(BrowserSession session, string name, string path)
        {
            await session.Page.GotoAsync($"{host.Url}{path}");
            await Assertions.Expect(session.Page.Locator(".report__span")).ToBeVisibleAsync();
            problems.AddRange((await session.InspectAsync(name)).Select(p => $"{name}: {p}"));
        }
    }

    internal static async Task SignInAsync(IPage page, WebHost host, string email, string emailLabel, string passwordLabel, string button)
    {
        await page.GotoAsync($"{host.Url}sign-in");
        await page.GetByLabel(emailLabel).FillAsync(email);
        await page.GetByLabel(passwordLabel).FillAsync(WebHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(host.Url.ToString());
    }

    private static async Task ChangeAsync(WebHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        await db.Domains.ExecuteUpdateAsync(s => s.SetProperty(d => d.Score, 1), Token);
        host.Services.GetRequiredService<ChangeFeed>().Publish(new DashboardChange(1));
    }

    /// <summary>A year of twelve domains: a change of the table in spring, listings, one that fell and one that rose lately.</summary>
    internal static async Task SeedAsync(WebHost host)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        var domains = Enumerable.Range(0, Domains).Select(i => new MailDomain
        {
            Name = i == 3 ? "a-rather-long-name-for-a-domain-that-has-to-fit.example" : $"d{i}.example",
            DisplayName = i == 3 ? "a-rather-long-name-for-a-domain-that-has-to-fit.example" : $"d{i}.example",
            CreatedAt = now.AddDays(i < 9 ? -400 : -100),
            FirstAuditAt = now.AddDays(-400),
            LastAuditAt = now,
            NextDueAt = now.AddDays(1),
            CriticalCount = i == 2 ? 1 : 0,
            ErrorCount = i % 3,
            Tags = i % 3 == 0 ? [new DomainTag { Tag = "shop" }] : i % 3 == 1 ? [new DomainTag { Tag = "a very long tag of ours" }] : [],
        }).ToList();
        db.Domains.AddRange(domains);
        await db.SaveChangesAsync(Token);
        foreach (var (domain, i) in domains.Select((d, i) => (d, i)))
        {
            var age = (int)(now - domain.CreatedAt).TotalDays;
            var steps = new[] { age, 330, 250, 190, 120, 60, 12 }.Where(d => d <= age).ToList();
            foreach (var (days, step) in steps.Select((d, s) => (d, s)))
            {
                var value = Math.Clamp(55 + (i * 3) + (step * 2.4) + (days <= 190 ? -6 : 0) + (days == 12 ? (i == 2 ? -35 : i == 5 ? 18 : 0) : 0), 0, 100);
                (domain.Score, domain.Grade) = (value, ScoreTable.GradeOf(value));
                db.Scores.Add(new ScoreVersion { DomainId = domain.Id, At = now.AddDays(-days), Value = value, Maximum = 100, Grade = domain.Grade, TableVersion = days > 190 ? ScoreTable.Version - 1 : ScoreTable.Version, DetailJson = Detail(i == 2 && days == 12) });
            }

            db.ComplianceStates.AddRange(ComplianceCatalogue.Shipped.Providers.Select((p, n) => new ComplianceState { DomainId = domain.Id, Provider = p.Id, Status = (ComplianceStatus)(1 + ((i + n) % 5)), RulesVersion = ComplianceCatalogue.Shipped.Version }));
        }

        db.Findings.AddRange(
            Finding(domains[2].Id, "dmarc", "DMARC001", Severity.Error, now.AddDays(-12)),
            Finding(domains[2].Id, "spf", "SPF012", Severity.Critical, now.AddDays(-3)),
            Finding(domains[4].Id, "spf", "SPF014", Severity.Warning, now.AddDays(-3)));
        db.Alerts.AddRange(Listing("192.0.2.10", now.AddDays(-160), now.AddDays(-155), domains[..6]), Listing("192.0.2.11", now.AddDays(-2), null, domains[2..4]));
        await db.SaveChangesAsync(Token);
        await host.Services.GetRequiredService<PortfolioRecorder>().RecordAsync(Token);
    }

    private static FindingRow Finding(int domain, string family, string code, Severity severity, DateTimeOffset at) => new()
    {
        DomainId = domain,
        Family = family,
        Code = code,
        SubjectKey = Subject.Domain("d2.example").Key,
        Severity = severity,
        EvidenceJson = "[]",
        FirstSeenAt = at,
        LastSeenAt = at,
    };

    private static Alert Listing(string address, DateTimeOffset from, DateTimeOffset? until, IEnumerable<MailDomain> domains) => new()
    {
        Family = "blocklists",
        Code = "BLK001",
        SubjectKey = Subject.Listing(address, "bl.example.test").Key,
        Severity = Severity.Error,
        EvidenceJson = "[]",
        Status = until is null ? AlertStatus.Open : AlertStatus.Resolved,
        FirstSeenAt = from,
        LastSeenAt = until ?? from,
        OpenedAt = from,
        ResolvedAt = until,
        Domains = [.. domains.Select(d => new AlertDomain { DomainId = d.Id })],
    };

    private static string Detail(bool isBad) => StoredJson.Write(Scorer.Compute(
        [new SubtestGrade("spf-valid", "full"), new SubtestGrade("spf-all", "neutral"), new SubtestGrade("dmarc-valid", isBad ? "none" : "full"), new SubtestGrade("dmarc-policy", isBad ? "none" : "none-with-rua"), new SubtestGrade("mta-sts", "none")],
        [],
        MailRoles.Both,
        DateTimeOffset.UnixEpoch)!);
}
