using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.IntegrationTests.Servers.Web;
using HttpRequest = MailDashboard.Checks.Probing.Http.HttpRequest;

namespace MailDashboard.IntegrationTests.Checks.Policies;

/// <summary>Zones on Knot behind Unbound, a web server on port 443 of 127.0.9.x, and one family at a time over them.</summary>
public abstract class PolicyWorld : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> running = [];
    private IDnsResolver dns = null!;

    public TestCertificates Certificates { get; } = new();

    public TestCertificates Strangers { get; } = new(name: "An authority nobody knows");

    public X509Certificate2Collection? MarkRoots { get; set; }

    /// <summary>Where its web server is: an address of its own, for worlds are up side by side.</summary>
    protected abstract string Address { get; }

    protected abstract IEnumerable<KnotZone> Zones { get; }

    protected abstract IReadOnlyList<NginxSite> Sites { get; }

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var zones = Zones.ToList();
        var knot = await KnotServer.StartAsync(zones, cancellationToken: token);
        running.Add(knot);
        var unbound = await UnboundServer.StartAsync(new() { Stubs = zones.ToDictionary(z => z.Name, _ => knot.EndPoint) }, token);
        running.Add(unbound);
        running.Add(await NginxServer.StartAsync(new IPEndPoint(IPAddress.Parse(Address), 443), Sites, token));
        dns = new WireResolver([unbound.EndPoint], new DnsWireOptions(), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(running))
        {
            await server.DisposeAsync();
        }

        Certificates.Dispose();
        Strangers.Dispose();
        GC.SuppressFinalize(this);
    }

    public Task<AuditReport> AuditAsync(ICheckFamily family, string domain, AddressGuard? guard = null) => AuditAsync([family], domain, guard);

    public async Task<AuditReport> AuditAsync(ImmutableArray<ICheckFamily> families, string domain, AddressGuard? guard = null)
    {
        var time = TimeProvider.System;
        var connector = new TcpConnector(guard ?? AddressGuard.AllowAll, TimeSpan.FromSeconds(5), time);
        var certificates = new CertificateInspector(time, [Certificates.Authority]);
        var port25 = new Port25Vantage(time);
        var hosts = new HostProbes(connector, new Impatient(new HttpProbe(connector, certificates, time))) { MarkRoots = MarkRoots };
        var audit = new DomainAudit(families, dns, new SmtpProbe(connector, port25, certificates, new SmtpProbeOptions(), time), port25, time, hosts: hosts);
        return await audit.RunAsync(new AuditTarget(domain), new AuditOptions(), BlocklistSettings.Default, null, TestContext.Current.CancellationToken);
    }

    public static ImmutableArray<string> Codes(AuditReport report) => [.. report.Families[0].Outcome.Findings.Select(f => f.Code).Order(StringComparer.Ordinal)];

    /// <summary>A server that drips is waited for two seconds, not ten.</summary>
    private sealed class Impatient(HttpProbe probe) : IHttpProbe
    {
        public Task<HttpObservation> FetchAsync(HttpRequest request, IDnsResolver dns, CancellationToken cancellationToken) =>
            probe.FetchAsync(request with { Timeout = TimeSpan.FromSeconds(2) }, dns, cancellationToken);
    }
}
