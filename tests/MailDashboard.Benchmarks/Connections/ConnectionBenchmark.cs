using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Benchmarks.Dns;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Benchmarks.Connections;

/// <summary>
/// Audits that connect: what is in DNS, a policy, a logo and a handshake with each of two MX hosts; then everything, with every version
/// of TLS on every port of two hosts. Our caches cold, the code warm. The servers are a process of their own, on loopback addresses and
/// their usual ports, which takes the right to open these.
/// </summary>
internal static class ConnectionBenchmark
{
    private const string Domain = "bench.example";
    private const string Logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" viewBox=\"0 0 64 64\"><title>Bench</title><rect width=\"64\" height=\"64\" fill=\"#123456\"/></svg>";
    private static readonly string[] Names = ["mx1.bench.example", "mx2.bench.example", "mta-sts.bench.example"];
    private static readonly string[] Few = ["mx", "spf", "dkim", "dmarc", "reverse-dns", "mta-sts", "tls-rpt", "bimi", "starttls"];

    /// <summary>Starts the servers, and has another process measure: the authority to trust is read when a process begins.</summary>
    public static async Task<int> RunAsync()
    {
        var (certificate, authority) = Issue();
        var trusted = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(trusted, authority.ExportCertificatePem());
            using var servers = new MailServers(certificate, authority);
            servers.Mail("127.0.3.1", Names[0]);
            servers.Mail("127.0.3.2", Names[1]);
            servers.Web("127.0.3.3", new Dictionary<string, (string, string)>(StringComparer.Ordinal)
            {
                ["/.well-known/mta-sts.txt"] = ("text/plain", "version: STSv1\r\nmode: enforce\r\nmx: mx1.bench.example\r\nmx: mx2.bench.example\r\nmax_age: 604800\r\n"),
                ["/logo.svg"] = ("image/svg+xml", Logo),
            });
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["connections-measure"]);
            start.Environment["SSL_CERT_FILE"] = trusted;
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        finally
        {
            File.Delete(trusted);
        }
    }

    /// <summary>Measures, in a process that trusts the servers' authority.</summary>
    public static async Task<int> MeasureAsync()
    {
        using var zone = Zone();
        var few = await MeasureAsync(zone, [.. Few], 100, 200);
        var all = await MeasureAsync(zone, [.. CheckFamilies.All.Select(f => f.Descriptor.Id).Where(f => f is not ("blocklists" or "nameservers"))], 50, 100);
        return Timings.Report("DNS, policy, logo and a handshake with each of two MX hosts", few, 40)
            | Timings.Report("everything, with every version of TLS on every port of two hosts", all, 250);
    }

    private static async Task<double[]> MeasureAsync(LoopbackZone zone, ImmutableHashSet<string> families, int warmUp, int runs)
    {
        var target = new AuditTarget(Domain) { Selectors = ["s1", "s2"], ClientHosts = [.. Names.Take(2)] };
        var options = new AuditOptions { Families = families };
        var engineOptions = new AuditEngineOptions { DnsServers = [new DnsServerAddress("127.0.0.1", zone.EndPoint.Port)], Guard = AddressGuard.AllowAll };
        AuditReport? report = null;
        var times = await Timings.MeasureAsync(warmUp, runs, async _ =>
        {
            var engine = await AuditEngine.CreateAsync(engineOptions, TimeProvider.System, default);
            var audit = engine.CreateAudit(CheckFamilies.All);
            return await Timings.OfAsync(async () => report = await audit.RunAsync(target, options, BlocklistSettings.Default, null, default));
        });
        foreach (var family in report!.Families)
        {
            Console.WriteLine($"  {family.Family}: {family.Outcome.GetType().Name} in {family.Elapsed.TotalMilliseconds:0} ms, findings {string.Join(' ', family.Outcome.Details.Findings.Select(f => f.Code))}, open {family.Outcome.Undetermined.Length}");
        }

        Console.WriteLine($"  {report.DnsQueries} questions, {report.Transcript.Conversations.Length + report.Transcript.Hosts.Length} conversations");
        return times;
    }

    private static LoopbackZone Zone() => DnsAuditBenchmark.Zone()
        .A(Domain, "127.0.3.3")
        .A(Names[0], "127.0.3.1")
        .A(Names[1], "127.0.3.2")
        .A(Names[2], "127.0.3.3")
        .Ptr("127.0.3.1", Names[0])
        .Ptr("127.0.3.2", Names[1])
        .Txt("_mta-sts.bench.example", "v=STSv1; id=20261127")
        .Txt("_smtp._tls.bench.example", "v=TLSRPTv1; rua=mailto:tls@bench.example")
        .Txt("default._bimi.bench.example", "v=BIMI1; l=https://mta-sts.bench.example/logo.svg;");

    private static (X509Certificate2 Certificate, X509Certificate2 Authority) Issue()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Benchmark authority", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx1.bench.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(Names, names.AddDnsName);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return (X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null), authority);
    }
}
