using System.Globalization;
using MailDashboard.Benchmarks.Connections;
using MailDashboard.Benchmarks.Dns;
using MailDashboard.Benchmarks.Portfolio;
using MailDashboard.Benchmarks.Scheduling;
using MailDashboard.Benchmarks.Spf;

// One name, one measurement; each prints what it measured and leaves with 1 where it missed its target.
return args switch
{
    ["dns-audit", ..] => await DnsAuditBenchmark.RunAsync(),
    ["dns-resolver", ..] => await DnsResolverBenchmark.RunAsync(),
    ["round-trips", ..] => await RoundTripBenchmark.RunAsync(),
    ["batch", .. var rest] => await BatchBenchmark.RunAsync(Number(rest)),
    ["dns-client", var port, var file] => await BatchBenchmark.AskAsync(int.Parse(port, CultureInfo.InvariantCulture), file),
    ["connections", ..] => await ConnectionBenchmark.RunAsync(),
    ["connections-measure"] => await ConnectionBenchmark.MeasureAsync(),
    ["memory", .. var rest] => await MemoryBenchmark.RunAsync(Number(rest)),
    ["spf", ..] => await SpfCheckHostBenchmark.RunAsync(),
    ["scheduler", .. var rest] => await SchedulerBenchmark.RunAsync(
        Number(rest),
        rest.FirstOrDefault(a => a.Contains('=', StringComparison.Ordinal))),
    ["portfolio", .. var rest] => await PortfolioBenchmark.RunAsync(
        Number(rest),
        rest.FirstOrDefault(a => a.Contains('=', StringComparison.Ordinal))),
    _ => Usage(),
};

static int Number(IEnumerable<string> arguments) =>
    arguments.Select(a => int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0).FirstOrDefault(n => n > 0, 10_000);

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/MailDashboard.Benchmarks -- dns-audit|dns-resolver|round-trips|connections|batch [number of domains]|memory [number of audits]|spf|scheduler [number of domains] [PostgreSQL connection string]|portfolio [number of domains] [PostgreSQL connection string]");
    return 2;
}
