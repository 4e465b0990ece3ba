using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>Ten thousand audits in a row through one engine: what is still held after each tenth of them.</summary>
internal static class MemoryBenchmark
{
    private const double Target = 1.1;

    public static async Task<int> RunAsync(int audits)
    {
        const int Domains = 500;
        using var zone = ManyDomainsZone.Create(Domains);
        var engine = await AuditEngine.CreateAsync(
            new AuditEngineOptions { DnsServers = [new DnsServerAddress("127.0.0.1", zone.EndPoint.Port)], Guard = AddressGuard.AllowAll }, TimeProvider.System, default);
        var audit = engine.CreateAudit(CheckFamilies.All);
        var held = new List<long>();
        for (var i = 1; i <= audits; i++)
        {
            await audit.RunAsync(new AuditTarget(ManyDomainsZone.Name(i % Domains)), new AuditOptions { DnsOnly = true }, BlocklistSettings.Default, null, default);
            if (i % (audits / 10) == 0)
            {
                held.Add(GC.GetTotalMemory(forceFullCollection: true));
                Console.WriteLine($"  after {i:N0}: {held[^1] >> 10:N0} kB held");
            }
        }

        // The caches fill during the first fifth; from then on nothing may grow.
        var growth = (double)held[^1] / held[1];
        var met = growth <= Target;
        Console.WriteLine(FormattableString.Invariant($"{audits:N0} audits: held at the end {growth:0.00} times what was held after a fifth (target {Target}): {(met ? "met" : "MISSED")}"));
        return met ? 0 : 1;
    }
}
