using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>
/// The audit of <see cref="DnsAuditBenchmark"/> with 20 ms added to every answer: how many questions had to wait for another's answer, by
/// the transcript, and how long it took.
/// </summary>
internal static class RoundTripBenchmark
{
    private const int Target = 8;

    public static async Task<int> RunAsync()
    {
        using var zone = DnsAuditBenchmark.Zone();
        zone.Delay = TimeSpan.FromMilliseconds(20);
        var families = CheckFamilies.All.Where(f => f.Descriptor.Id != "blocklists").ToImmutableArray();
        var target = new AuditTarget("bench.example") { Selectors = ["s1", "s2"] };
        var engineOptions = new AuditEngineOptions { DnsServers = [new DnsServerAddress("127.0.0.1", zone.EndPoint.Port)], Guard = AddressGuard.AllowAll };
        var most = 0;
        ImmutableArray<DnsAnswer> longest = [];
        var times = await Timings.MeasureAsync(20, 30, async _ =>
        {
            var engine = await AuditEngine.CreateAsync(engineOptions, TimeProvider.System, default);
            var audit = engine.CreateAudit(families);
            AuditReport? report = null;
            var took = await Timings.OfAsync(async () => report = await audit.RunAsync(target, new AuditOptions { DnsOnly = true }, BlocklistSettings.Default, null, default));
            var row = InARow(report!.Transcript.Dns);
            (most, longest) = row.Length > most ? (row.Length, row) : (most, longest);
            return took;
        });
        foreach (var answer in longest)
        {
            Console.WriteLine($"  {answer.Question.Type} {answer.Question.Name}");
        }

        Console.WriteLine($"at most {most} round trips in a row; target {Target}: {(most <= Target ? "met" : "MISSED")}");
        return Timings.Report("one DNS-only audit, 20 ms an answer", times, 200) | (most <= Target ? 0 : 1);
    }

    /// <summary>The longest row of questions of which each was asked when the one before was answered.</summary>
    private static ImmutableArray<DnsAnswer> InARow(ImmutableArray<DnsAnswer> transcript)
    {
        var row = ImmutableArray.CreateBuilder<DnsAnswer>();
        var end = DateTimeOffset.MinValue;
        foreach (var answer in transcript.Where(a => !a.FromCache && a.Elapsed > TimeSpan.Zero).OrderBy(a => a.At))
        {
            if (answer.At - answer.Elapsed >= end)
            {
                row.Add(answer);
                end = answer.At;
            }
        }

        return row.ToImmutable();
    }
}
