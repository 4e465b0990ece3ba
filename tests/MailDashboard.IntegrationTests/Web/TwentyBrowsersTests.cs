using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Twenty people look on while a round records its domains: what it commits is before them within a second.</summary>
public sealed class TwentyBrowsersTests(Browser browser, SharedPostgres postgres)
{
    private const int Pages = 20;
    private const int Domains = 60;
    private const string Marker = "marker.example";

    // The time in the page is the clock of this machine too.
    private const string Watch = """
        marker => {
          window.seen = new Promise(resolve => {
            const look = () => { if (document.querySelector('main').textContent.includes(marker)) { resolve(Date.now()); } };
            new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
            look();
          });
        }
        """;

    /// <summary>From the commit to the last of the pages.</summary>
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(1);

    private static readonly FindingDefinition Broken = new("SPF001", Severity.Critical, "RFC 7208 §3");

    private static readonly FindingDefinition Lookups = new("SPF007", Severity.Warning, "RFC 7208 §4.6.4");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "")]
    [InlineData("sqlite", "alerts")]
    [InlineData("postgres", "")]
    public async Task Change_DuringARound_IsOnEveryPageWithinASecond(string database, string path) =>
        Assert.InRange(await Fastest.OfAsync(Target, () => MeasureAsync(database, path), tries: 4), TimeSpan.Zero, Target);

    private async Task<TimeSpan> MeasureAsync(string database, string path)
    {
        var clock = new CommitClock(Marker);
        await using var host = await WebHost.StartAsync(
            database == "postgres" ? await postgres.CreateDatabaseAsync(Token) : null, listen: true, s => s.ConfigureDbContext<DashboardContext>(o => o.AddInterceptors(clock)));
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        var marker = await host.AddDomainAsync(Marker);
        var ids = new List<int>();
        for (var i = 0; i < Domains; i++)
        {
            ids.Add(await host.AddDomainAsync(Name(i)));
            await host.RecordAsync(ids[^1], Spf(i, isRight: i % 3 > 0));
        }

        await host.RecordAsync(marker, ("spf", new OutcomeBuilder().Build()));
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var pages = new List<IPage> { session.Page };
        while (pages.Count < Pages)
        {
            pages.Add(await session.Context.NewPageAsync());
        }

        foreach (var page in pages)
        {
            await page.GotoAsync($"{host.Url}{path}");
            await Assertions.Expect(page.Locator("main table, main .tiles")).ToBeVisibleAsync();
            await page.EvaluateAsync(Watch, Marker);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var round = RoundAsync(host, ids, over.Token);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        await host.RecordAsync(marker, ("spf", new OutcomeBuilder().Grade("spf-valid", "none").Report(Broken, Subject.Domain(Marker)).Build()), ("dmarc", Policy()));
        var seen = await Task.WhenAll(pages.Select(p => p.EvaluateAsync<double>("() => window.seen")));
        await over.CancelAsync();
        var recorded = await round;

        var committed = clock.CommittedAt!.Value;
        var waited = seen.Select(s => s - committed.ToUnixTimeMilliseconds()).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{database} /{path}: first {waited[0]:0} ms, median {waited[Pages / 2]:0} ms, last {waited[^1]:0} ms after the commit; the round recorded {recorded} domains meanwhile"));
        return TimeSpan.FromMilliseconds(waited[^1]);
    }

    /// <summary>Domain after domain, as the scheduler records what its audits bring: some ten a second.</summary>
    private static async Task<int> RoundAsync(WebHost host, List<int> ids, CancellationToken cancellationToken)
    {
        var recorded = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await host.RecordAsync(ids[recorded % ids.Count], Spf(recorded % ids.Count, isRight: recorded / ids.Count % 2 == 0));
            recorded++;
            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        return recorded;
    }

    /// <summary>Of every tenth domain it is an alert, of the others a warning.</summary>
    private static (string, CheckOutcome) Spf(int domain, bool isRight)
    {
        var outcome = new OutcomeBuilder().Grade("spf-valid", isRight ? "full" : "none");
        var subject = Subject.Domain(Name(domain));
        return ("spf", (isRight ? outcome : outcome.Report(domain % 10 == 0 ? Broken : Lookups, subject)).Build());
    }

    private static string Name(int domain) => string.Create(CultureInfo.InvariantCulture, $"d{domain:000}.example");

    private static CheckOutcome Policy() => new OutcomeBuilder().Grade("dmarc-valid", "full").Build();
}
