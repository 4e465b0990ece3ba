using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>Fifty questions at once through cache and wire, the cache cold.</summary>
internal static class DnsResolverBenchmark
{
    public static async Task<int> RunAsync()
    {
        using var zone = new LoopbackZone();
        var names = Enumerable.Range(0, 50).Select(i => $"n{i}.example").ToArray();
        foreach (var name in names)
        {
            zone.A(name, "192.0.2.1");
        }

        var wire = new WireResolver([zone.EndPoint], new DnsWireOptions(), TimeProvider.System);
        var times = await Timings.MeasureAsync(500, 500, async _ =>
        {
            var cold = new CachingResolver(wire, TimeProvider.System);
            return await Timings.OfAsync(async () =>
            {
                var answers = await Task.WhenAll(names.Select(n => cold.QueryAsync(n, DnsRecordType.A, default)));
                if (answers.Any(a => a.Status != DnsStatus.Answered))
                {
                    throw new InvalidOperationException("The zone did not answer.");
                }
            });
        });
        return Timings.Report("50 questions at once", times, 5);
    }
}
