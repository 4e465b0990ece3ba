using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Benchmarks.Dns;

/// <summary>
/// One audit of what is in DNS, blocklists left out: two MX, nested includes, two selectors; our caches cold, the code
/// warm. Each run has an engine of its own, so nothing is remembered from the run before.
/// </summary>
internal static class DnsAuditBenchmark
{
    internal const string Key = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu5oIUrFDWZK7F4thFxpZa2or6jBEX3cSL6b2TJdPkO5iNn9vHNXhNX31nOefN8FksX94YbLJ8NHcFPbaZTW8R2HthYxRaCyqodxlLHibg8aHdfa+bxKeiI/xABRuAM0WG0JEDSyakMFqIO40ghj/h7DUc/4OXNdeQhrKDTlgf2bd+FjpJ3bNAFcMYa3Oeju33b2Tp+PdtqIwXRZksfuXh7m30kuyavp3Uaso145DRBaJZA55lNxmHWMgMjO+YjNeuR6j4oQqyGwzPaVcSdOG8Js2mXt+J3Hr+nNmJGxZUUW4Uw5ws08wT9opRgSpn+ThX2d1AgQePpGrWOamC3PdcwIDAQAB";

    public static async Task<int> RunAsync()
    {
        using var zone = Zone();
        var families = CheckFamilies.All.Where(f => f.Descriptor.Id != "blocklists").ToImmutableArray();
        var target = new AuditTarget("bench.example") { Selectors = ["s1", "s2"] };
        var options = new AuditOptions { DnsOnly = true };
        var engineOptions = new AuditEngineOptions { DnsServers = [new DnsServerAddress("127.0.0.1", zone.EndPoint.Port)], Guard = AddressGuard.AllowAll };
        AuditReport? report = null;
        var times = await Timings.MeasureAsync(300, 500, async _ =>
        {
            var engine = await AuditEngine.CreateAsync(engineOptions, TimeProvider.System, default);
            var audit = engine.CreateAudit(families);
            return await Timings.OfAsync(async () => report = await audit.RunAsync(target, options, BlocklistSettings.Default, null, default));
        });
        Describe(report!);
        return Timings.Report("one DNS-only audit", times, 15);
    }

    private static void Describe(AuditReport report)
    {
        foreach (var family in report.Families)
        {
            Console.WriteLine($"  {family.Family}: {family.Outcome.GetType().Name}, findings {string.Join(' ', family.Outcome.Details.Findings.Select(f => f.Code))}");
        }

        Console.WriteLine($"  {report.DnsQueries} questions to the server, {report.Families.Length} families");
    }

    internal static LoopbackZone Zone() => new LoopbackZone()
        .Mx("bench.example", (10, "mx1.bench.example"), (20, "mx2.bench.example"))
        .A("bench.example", "192.0.2.80")
        .A("mx1.bench.example", "192.0.2.25")
        .A("mx2.bench.example", "192.0.2.26")
        .Ptr("192.0.2.25", "mx1.bench.example")
        .Ptr("192.0.2.26", "mx2.bench.example")
        .Txt("bench.example", "v=spf1 mx include:_spf.bench.example include:_spf.provider.example ~all", "some-verification=0123456789")
        .Txt("_spf.bench.example", "v=spf1 ip4:192.0.2.0/24 a:out.bench.example include:_more.bench.example -all")
        .Txt("_more.bench.example", "v=spf1 ip4:198.51.100.0/24 -all")
        .A("out.bench.example", "192.0.2.30")
        .Txt("_spf.provider.example", "v=spf1 include:_a.provider.example include:_b.provider.example -all")
        .Txt("_a.provider.example", "v=spf1 ip4:203.0.113.0/25 -all")
        .Txt("_b.provider.example", "v=spf1 ip4:203.0.113.128/25 -all")
        .Txt("_dmarc.bench.example", "v=DMARC1; p=reject; rua=mailto:dmarc@bench.example,mailto:x@reports.example")
        .Txt("bench.example._report._dmarc.reports.example", "v=DMARC1")
        .Txt("s1._domainkey.bench.example", Key)
        .Txt("s2._domainkey.bench.example", Key);
}
