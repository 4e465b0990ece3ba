using System.Diagnostics;
using System.Globalization;
using System.Net;
using DnsClient;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>
/// <c>maildash check --input</c> over many domains, DNS only, as a process of its own, against DnsClient asking nothing but the same
/// distinct questions at the same parallelism, in a process of its own as well; in turn, so that a machine that slows down slows both.
/// </summary>
internal static class BatchBenchmark
{
    private const int Parallelism = 16;
    private const int Rounds = 3;
    private const double Target = 1.4;
    private const int TargetMegabytes = 300;

    public static async Task<int> RunAsync(int domains)
    {
        using var zone = ManyDomainsZone.Create(domains);
        var folder = Directory.CreateTempSubdirectory("maildash-bench");
        try
        {
            var input = Path.Combine(folder.FullName, "domains.txt");
            var questions = Path.Combine(folder.FullName, "questions.txt");
            await File.WriteAllLinesAsync(input, Enumerable.Range(0, domains).Select(ManyDomainsZone.Name));
            zone.Remember = true;
            var (first, _, _) = await MaildashAsync(zone, input);
            zone.Remember = false;
            await File.WriteAllLinesAsync(questions, zone.Remembered);
            Console.WriteLine($"  {domains:N0} domains, {zone.Remembered.Count:N0} distinct questions ({first.TotalSeconds:0.0} s to learn them)");
            var ratios = new List<double>();
            var memory = 0L;
            for (var i = 0; i < Rounds; i++)
            {
                var (ours, ourCpu, peak) = await MaildashAsync(zone, input);
                var (theirs, theirCpu, _) = await TimeAsync(Environment.ProcessPath!, ["dns-client", zone.EndPoint.Port.ToString(CultureInfo.InvariantCulture), questions]);
                ratios.Add(ours / theirs);
                memory = Math.Max(memory, peak);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  maildash {ours.TotalSeconds:0.00} s (CPU {ourCpu.TotalSeconds:0.00} s), peak {peak >> 20} MB; DnsClient {theirs.TotalSeconds:0.00} s (CPU {theirCpu.TotalSeconds:0.00} s); ratio {ours / theirs:0.00} (CPU {ourCpu / theirCpu:0.00})"));
            }

            ratios.Sort();
            var met = ratios[Rounds / 2] <= Target && memory >> 20 < TargetMegabytes;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{domains:N0} audits: ratio {ratios[Rounds / 2]:0.00} (target {Target}), peak {memory >> 20} MB (target {TargetMegabytes}): {(met ? "met" : "MISSED")}"));
            return met ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The peer: asks every question of a file and nothing else.</summary>
    public static async Task<int> AskAsync(int port, string file)
    {
        var client = new LookupClient(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, port))
        {
            UseCache = false,
            Retries = 1,
            ThrowDnsErrors = false,
            Timeout = TimeSpan.FromSeconds(5),
        });
        var lines = await File.ReadAllLinesAsync(file);
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (line, token) =>
        {
            var slash = line.LastIndexOf('/');
            await client.QueryAsync(line[..slash], (QueryType)int.Parse(line.AsSpan(slash + 1), CultureInfo.InvariantCulture), cancellationToken: token);
        });
        return 0;
    }

    private static Task<(TimeSpan Elapsed, TimeSpan Cpu, long Peak)> MaildashAsync(LoopbackZone zone, string input) => TimeAsync(
        Path.Combine(AppContext.BaseDirectory, "maildash"),
        ["check", "--input", input, "--dns-only", "--json", "--concurrency", Parallelism.ToString(CultureInfo.InvariantCulture), "--dns", zone.EndPoint.ToString()]);

    private static async Task<(TimeSpan Elapsed, TimeSpan Cpu, long Peak)> TimeAsync(string program, string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var (cpu, peak) = (TimeSpan.Zero, 0L);
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        while (!process.HasExited)
        {
            (cpu, peak) = Use(process) is var (c, p) && p > 0 ? (c, Math.Max(peak, p)) : (cpu, peak);
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(100));
        }

        await output;
        if (process.ExitCode is not (0 or 1 or 2))
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }

        return (Stopwatch.GetElapsedTime(started), cpu, peak);
    }

    private static (TimeSpan Cpu, long Peak) Use(Process process)
    {
        try
        {
            process.Refresh();
            return (process.TotalProcessorTime, process.PeakWorkingSet64);
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return default;
        }
    }
}
