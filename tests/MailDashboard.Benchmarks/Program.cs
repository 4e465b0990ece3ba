using MailDashboard.Benchmarks.Dns;
<<<<<<< HEAD
using MailDashboard.Benchmarks.Spf;
=======
using MailDashboard.Benchmarks.Scheduling;
>>>>>>> monitoring

// One name, one measurement; each prints what it measured and leaves with 1 where it missed its target.
return args switch
{
    ["dns-audit", ..] => await DnsAuditBenchmark.RunAsync(),
    ["dns-resolver", ..] => await DnsResolverBenchmark.RunAsync(),
<<<<<<< HEAD
    ["spf", ..] => await SpfCheckHostBenchmark.RunAsync(),
=======
    ["scheduler", .. var rest] => await SchedulerBenchmark.RunAsync(10_000, rest.FirstOrDefault()),
>>>>>>> monitoring
    _ => Usage(),
};

static int Usage()
{
<<<<<<< HEAD
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/MailDashboard.Benchmarks -- dns-audit|dns-resolver|spf");
=======
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/MailDashboard.Benchmarks -- dns-audit|dns-resolver|scheduler [PostgreSQL connection string]");
>>>>>>> monitoring
    return 2;
}
