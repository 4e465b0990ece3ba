using System.Diagnostics;
using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Benchmarks.Spf;

/// <summary>
/// <c>check_host()</c> on one core with the answers in memory; records are parsed each time. The clients are spread over
/// everything that the record names, and nothing.
/// </summary>
internal static class SpfCheckHostBenchmark
{
    private const int Target = 100_000;
    private const int Round = 200_000;

    private static readonly SpfRequest[] Requests =
    [
        .. new[] { "192.0.2.25", "198.51.100.77", "203.0.113.200", "203.0.113.5", "2001:db8:2::25", "192.0.2.99" }
            .Select(ip => SpfRequest.For(IPAddress.Parse(ip), "mail.example.net", "someone@bench.example")),
    ];

    public static async Task<int> RunAsync()
    {
        var evaluator = new SpfEvaluator(new MemoryDns(), TimeProvider.System);
        await RunRoundAsync(evaluator);
        var best = 0d;
        for (var i = 0; i < 5; i++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            await RunRoundAsync(evaluator);
            var rate = Round / Stopwatch.GetElapsedTime(started).TotalSeconds;
            best = Math.Max(best, rate);
            Console.WriteLine($"  {rate:N0} a second, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / Round:N0} bytes each");
        }

        Console.WriteLine($"check_host() with answers in memory, one core: {best:N0} a second (target {Target:N0})");
        return best >= Target ? 0 : 1;
    }

    private static async Task RunRoundAsync(SpfEvaluator evaluator)
    {
        var passes = 0;
        for (var i = 0; i < Round; i++)
        {
            var evaluation = await evaluator.CheckHostAsync(Requests[i % Requests.Length], default);
            passes += evaluation.Result == SpfResult.Pass ? 1 : 0;
        }

        if (passes is 0 or Round)
        {
            throw new InvalidOperationException("The measurement does not measure what it says.");
        }
    }

    /// <summary>Every answer is there before it is asked for.</summary>
    private sealed class MemoryDns : IDnsResolver
    {
        private readonly Dictionary<(string, DnsRecordType), Task<DnsAnswer>> _answers = [];

        public MemoryDns()
        {
            Text("bench.example", "v=spf1 mx ip4:192.0.2.0/26 include:_spf.bench.example include:_spf.provider.example ~all", "some-verification=0123456789");
            Text("_spf.bench.example", "v=spf1 ip4:198.51.100.0/28 ip4:198.51.100.16/28 a:out.bench.example ip4:198.51.100.64/26 -all");
            Text("_spf.provider.example", "v=spf1 include:_a.provider.example include:_b.provider.example -all");
            Text("_a.provider.example", "v=spf1 ip4:203.0.113.0/27 ip4:203.0.113.32/27 ip4:203.0.113.64/26 ip6:2001:db8:1::/48 -all");
            Text("_b.provider.example", "v=spf1 ip4:203.0.113.128/25 ip6:2001:db8:2::/48 ip6:2001:db8:3::/48 -all");
            Add("bench.example", DnsRecordType.MX, new MxRecord("bench.example", 60, 10, "mx.bench.example"));
            foreach (var host in new[] { "mx.bench.example", "out.bench.example" })
            {
                Add(host, DnsRecordType.A, new AddressRecord(host, 60, IPAddress.Parse("192.0.2.200")));
                Add(host, DnsRecordType.AAAA, new AddressRecord(host, 60, IPAddress.Parse("2001:db8::200")));
            }
        }

        public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken) =>
            _answers.TryGetValue((name, type), out var answer) ? answer : Task.FromResult(new DnsAnswer(new DnsQuestion(name, type), DnsStatus.NxDomain));

        private void Text(string name, params string[] texts) => Add(name, DnsRecordType.TXT, [.. texts.Select(t => new TxtRecord(name, 60, t))]);

        private void Add(string name, DnsRecordType type, params DnsRecord[] records) =>
            _answers[(name, type)] = Task.FromResult(new DnsAnswer(new DnsQuestion(name, type), DnsStatus.Answered) { Records = [.. records] });
    }
}
