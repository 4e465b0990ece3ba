using System.Globalization;
using MailDashboard.Benchmarks.Dns;
using MailDashboard.Monitoring;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Portfolio;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Benchmarks.Portfolio;

/// <summary>What the managers' page, the operators' overview and the list of domains cost the server, with ten thousand domains and two years behind them.</summary>
internal static class PortfolioBenchmark
{
    private const double PageTarget = 500;
    private const double ListTarget = 200;
    private const double OverviewTarget = 200;

    public static async Task<int> RunAsync(int count, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("maildashboard-bench-");
        try
        {
            using var host = Build(folder.FullName, postgres);
            await host.Services.GetRequiredService<DatabaseStartup>().PrepareAsync(default);
            var now = TimeProvider.System.GetUtcNow();
            var filled = await Timings.OfAsync(new PortfolioYears(host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>(), count, now).FillAsync);
            var rows = 0;
            var recorded = await Timings.OfAsync(async () => rows = await host.Services.GetRequiredService<PortfolioRecorder>().RecordAsync(default));
            var moves = await Timings.OfAsync(async () => await host.Services.GetRequiredService<PortfolioMoves>().GetAsync(default));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(postgres is null ? "SQLite" : "PostgreSQL")}: {count} domains, filled in {filled.TotalSeconds:0} s; {rows} rows of days written in {recorded.TotalSeconds:0.0} s; best moves read in {moves.TotalMilliseconds:0} ms"));
            return await OverviewAsync(host) + await PagesAsync(host, now) + await ListsAsync(host) > 0 ? 1 : 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> OverviewAsync(IHost host)
    {
        var query = host.Services.GetRequiredService<OverviewQuery>();
        return Timings.Report("operators' overview", await Timings.MeasureAsync(2, 15, _ => Timings.OfAsync(() => query.ReadAsync(default))), OverviewTarget);
    }

    private static async Task<int> PagesAsync(IHost host, DateTimeOffset now)
    {
        var query = host.Services.GetRequiredService<PortfolioQuery>();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var missed = 0;
        foreach (var kind in ReportPeriod.Offered)
        {
            foreach (var tag in new[] { "", "tag-07" })
            {
                var times = await Timings.MeasureAsync(2, 9, _ => Timings.OfAsync(() => query.ReadAsync(ReportPeriod.Of(kind, today), tag, default)));
                missed += Timings.Report($"managers' page, {kind}{(tag.Length > 0 ? $", {tag}" : "")}", times, PageTarget);
            }
        }

        return missed;
    }

    private static async Task<int> ListsAsync(IHost host)
    {
        var catalogue = host.Services.GetRequiredService<DomainCatalogue>();
        (string Name, DomainListQuery Query)[] queries =
        [
            ("by name", new()),
            ("page 150", new() { Page = 150 }),
            ("worst first", new() { Order = DomainOrder.Worst, Descending = true }),
            ("by score", new() { Order = DomainOrder.Score }),
            ("text", new() { Search = "d001" }),
            ("tag", new() { Tag = "tag-07" }),
            ("listed", new() { Filter = DomainFilter.Listed }),
        ];
        var missed = 0;
        foreach (var (name, query) in queries)
        {
            var times = await Timings.MeasureAsync(2, 9, _ => Timings.OfAsync(async () =>
            {
                await catalogue.CountsAsync(default);
                await catalogue.TagsAsync(default);
                await catalogue.ListAsync(query, default);
            }));
            missed += Timings.Report($"domain list, {name}", times, ListTarget);
        }

        return missed;
    }

    private static IHost Build(string folder, string? postgres)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [DataFolder.Variable] = folder,
            ["ConnectionStrings:MailDashboard"] = postgres,
            ["MailDashboard:Workers:Enabled"] = "false",
        });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDashboardMonitoring(builder.Configuration);
        return builder.Build();
    }
}
