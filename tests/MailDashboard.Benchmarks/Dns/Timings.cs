using System.Diagnostics;
using System.Globalization;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>Runs something often enough, first to warm up and then to measure.</summary>
internal static class Timings
{
    /// <summary>Milliseconds of each run, shortest first.</summary>
    public static async Task<double[]> MeasureAsync(int warmUp, int runs, Func<int, Task<TimeSpan>> run)
    {
        for (var i = 0; i < warmUp; i++)
        {
            await run(i);
        }

        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            times[i] = (await run(warmUp + i)).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    public static async Task<TimeSpan> OfAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Prints the figures; 0 where the median is within the target, else 1.</summary>
    public static int Report(string what, double[] times, double target)
    {
        var median = times[times.Length / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: median {median:0.00} ms, p90 {times[times.Length * 9 / 10]:0.00} ms, worst {times[^1]:0.00} ms of {times.Length} runs; target {target:0.##} ms: {(median < target ? "met" : "MISSED")}"));
        return median < target ? 0 : 1;
    }
}
