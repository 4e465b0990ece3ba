using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Bimi;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Auditing;

/// <summary>What an engine is made of, where it differs from the defaults.</summary>
public sealed record AuditEngineOptions
{
    /// <summary>DNS servers to ask, in order; empty takes the system's. Nothing else is ever asked.</summary>
    public ImmutableArray<DnsServerAddress> DnsServers { get; init; } = [];

    /// <summary>How questions go to the wire.</summary>
    public DnsWireOptions Wire { get; init; } = new();

    /// <summary>Which addresses may be dialled.</summary>
    public AddressGuard Guard { get; init; } = AddressGuard.PublicOnly;

    /// <summary>For a TCP connection to open.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TcpConnector.DefaultTimeout;

    /// <summary>How to talk SMTP.</summary>
    public SmtpProbeOptions Smtp { get; init; } = new();

    /// <summary>How to ask name servers themselves.</summary>
    public AuthorityProbeOptions Authority { get; init; } = new();

    /// <summary>What earlier probes showed of our port 25; null starts knowing nothing.</summary>
    public IPort25Vantage? Port25 { get; init; }
}

/// <summary>
/// The probes of a process, put together once and shared by all of its audits: the web application and the command line
/// both get them here. Safe to share, and safe to replace while audits of the old one still run.
/// </summary>
public sealed class AuditEngine
{
    private readonly TimeProvider _time;
    private readonly SharedHosts _sharedHosts;

    private AuditEngine(IDnsResolver resolver, IReadOnlyList<IPEndPoint> servers, AuditEngineOptions options, TimeProvider time)
    {
        _time = time;
        _sharedHosts = new SharedHosts(time);
        DnsServers = servers;
        Dns = new CachingResolver(resolver, time);
        Guard = options.Guard;
        BlocklistHealth = new BlocklistHealth(time);
        Connector = new TcpConnector(options.Guard, options.ConnectTimeout, time);
        Port25 = options.Port25 ?? new Port25Vantage(time);
        var certificates = new CertificateInspector(time);
        Smtp = new SmtpProbe(Connector, Port25, certificates, options.Smtp, time);
        Hosts = new HostProbes(Connector, new HttpProbe(Connector, certificates, time))
        {
            MarkRoots = MarkRoots.FromEnvironment(),
            Relay = new RelayProbe(Connector, options.Smtp, time),
            Authority = new AuthorityProbe(options.Guard, options.Authority, time),
            Tls = new TlsVersionProbe(Connector, certificates, options.Smtp, time),
            Services = new ServiceProbe(Connector, certificates, options.Smtp, time),
        };
    }

    /// <summary>DNS through the process's cache.</summary>
    public IDnsResolver Dns { get; }

    /// <summary>Self-tests and pauses of the blocklists, shared by every audit and every second look.</summary>
    public BlocklistHealth BlocklistHealth { get; }

    /// <summary>The servers that are asked; empty where none is configured and the system names none, and over a resolver of the caller's own.</summary>
    public IReadOnlyList<IPEndPoint> DnsServers { get; }

    /// <summary>Opens connections, to addresses that the guard passes.</summary>
    public IConnector Connector { get; }

    /// <summary>The guard, for connections that are not opened through <see cref="Connector"/>.</summary>
    public AddressGuard Guard { get; }

    /// <summary>What our own probes show of port 25.</summary>
    public IPort25Vantage Port25 { get; }

    /// <summary>Talks SMTP over <see cref="Connector"/>.</summary>
    public ISmtpProbe Smtp { get; }

    /// <summary>Everything else that connects to hosts.</summary>
    public HostProbes Hosts { get; }

    /// <summary>Finds the servers and puts the probes together. Asks nothing yet.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A server was given by a host name that has no address.</exception>
    public static async Task<AuditEngine> CreateAsync(AuditEngineOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var servers = options.DnsServers.IsDefaultOrEmpty ? SystemDnsServers.Read() : await ResolveAsync(options.DnsServers, cancellationToken).ConfigureAwait(false);
        var wire = new WireResolver(servers, options.Wire, time);
        return new AuditEngine(wire, wire.Servers, options, time);
    }

    /// <summary>Puts the probes together over a resolver that the caller made; the options' DNS servers are not asked.</summary>
    public static AuditEngine Over(IDnsResolver resolver, AuditEngineOptions options, TimeProvider time) => new(resolver, [], options, time);

    /// <summary>An audit of these families over the shared probes; it can run for any number of domains at once.</summary>
    public DomainAudit CreateAudit(ImmutableArray<ICheckFamily> families) => new(families, Dns, Smtp, Port25, _time, BlocklistHealth, Hosts, _sharedHosts);

    private static async Task<ImmutableArray<IPEndPoint>> ResolveAsync(ImmutableArray<DnsServerAddress> servers, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<IPEndPoint>();
        foreach (var server in servers)
        {
            found.AddRange(await server.ResolveAsync(cancellationToken).ConfigureAwait(false));
        }

        return found.ToImmutable();
    }
}
