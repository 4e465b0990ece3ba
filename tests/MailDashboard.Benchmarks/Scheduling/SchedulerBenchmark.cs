using System.Diagnostics;
using System.Globalization;
using MailDashboard.Benchmarks.Dns;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Benchmarks.Scheduling;

/// <summary>
/// Ten thousand domains, all due at once: how many a second, how much memory, how late the last one is. The whole line runs as in
/// the product (leases, every family, recording, change feed), against the quickest DNS there can be.
/// </summary>
internal static class SchedulerBenchmark
{
    public static async Task<int> RunAsync(int count, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("maildashboard-bench-");
        try
        {
            using var zone = Zone(count);
            using var host = Build(folder.FullName, zone, postgres);
            var contexts = host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>();
            await host.Services.GetRequiredService<DatabaseStartup>().PrepareAsync(default);
            var due = TimeProvider.System.GetUtcNow();
            await FillAsync(contexts, count, due);
            return await MeasureAsync(host, contexts, zone, count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(IHost host, IDbContextFactory<DashboardContext> contexts, LoopbackZone zone, int count)
    {
        var begun = TimeProvider.System.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await host.StartAsync();
        var peak = 0L;
        int done;
        do
        {
            await Task.Delay(250);
            peak = Math.Max(peak, Environment.WorkingSet);
            await using var db = await contexts.CreateDbContextAsync();
            done = await db.Domains.CountAsync(d => d.LastAuditAt != null);
        }
        while (done < count && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(10));

        var elapsed = Stopwatch.GetElapsedTime(started);
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        await host.StopAsync();
        await using var end = await contexts.CreateDbContextAsync();
        var garbage = (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), Allocated: GC.GetTotalAllocatedBytes() / done / 1024);
        var late = (await end.Domains.Where(d => d.LastAuditAt != null).Select(d => d.LastAuditAt).ToListAsync()).Select(at => (at!.Value - begun).TotalSeconds).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {end.Database.ProviderName}: {done} of {count} domains in {elapsed.TotalSeconds:0.0} s = {done / elapsed.TotalSeconds:0} a second
              lateness: median {late[late.Count / 2]:0.0} s, p99 {late[late.Count * 99 / 100]:0.0} s, worst {late[^1]:0.0} s
              peak working set {peak / 1048576} MB, {GC.GetTotalMemory(true) / 1048576} MB of it alive at the end (the zone's own answers included)
              {garbage.Allocated} kB allocated a domain; {garbage.Item1}/{garbage.Item2}/{garbage.Item3} collections; {used.TotalMilliseconds / done:0.0} ms of processor time a domain; {zone.Questions} DNS questions
            """));
        return done == count ? 0 : 1;
    }

    private static IHost Build(string folder, LoopbackZone zone, string? postgres)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [DataFolder.Variable] = folder,
            ["ConnectionStrings:MailDashboard"] = postgres,
            ["MailDashboard:Dns:Servers"] = zone.EndPoint.ToString(),
        });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddDashboardMonitoring(builder.Configuration);
        return builder.Build();
    }

    private static async Task FillAsync(IDbContextFactory<DashboardContext> contexts, int count, DateTimeOffset due)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(1000))
        {
            await using var db = await contexts.CreateDbContextAsync();
            db.Domains.AddRange(chunk.Select(i => new MailDomain
            {
                Name = Name(i),
                DisplayName = Name(i),
                CreatedAt = due,
                Selectors = ["s1"],
                SendingAddresses = [Address(i)],
                NextDnsAt = due,
                NextBlocklistAt = due,
                NextConnectionAt = due,
                NextDueAt = due,
            }));
            await db.SaveChangesAsync();
        }
    }

    private static LoopbackZone Zone(int count)
    {
        var zone = new LoopbackZone();
        foreach (var list in BlocklistLoad.For(BlocklistSettings.Default).Catalogue!.Lists)
        {
            // The self-test (RFC 5782 §5): without it the lists would be left alone, and the work would be less than real.
            zone.A($"2.0.0.127.{list.Zone}", "127.0.0.2");
        }

        for (var i = 0; i < count; i++)
        {
            var name = Name(i);
            zone.Mx(name, (10, $"mx.{name}")).A($"mx.{name}", Address(i)).Ptr(Address(i), $"mx.{name}")
                .Txt(name, "v=spf1 mx -all")
                .Txt($"_dmarc.{name}", $"v=DMARC1; p=quarantine; rua=mailto:dmarc@{name}");
        }

        return zone;
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"d{i}.bench.example");

    // Documentation addresses would do, were there ten thousand of them; the address guard dials none of these either way.
    private static string Address(int i) => string.Create(CultureInfo.InvariantCulture, $"198.18.{i / 256}.{i % 256}");
}
