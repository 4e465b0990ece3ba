using System.Collections.Immutable;
using System.Net.Sockets;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>
/// The probes as the settings want them now: other DNS servers or allowed networks make a new engine, and audits under way
/// end with the one they began with. So do DNS servers that have moved: a container made anew, a laptop in another
/// network.
/// </summary>
public sealed class LiveEngine : IDisposable
{
    private readonly SettingsStore _settings;
    private readonly ImmutableArray<ICheckFamily> _families;
    private readonly SmtpProbeOptions _smtp;
    private readonly AuthorityProbeOptions _authority;
    private readonly IPort25Vantage _port25;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _building = new(1, 1);
    private static readonly TimeSpan LookUpPause = TimeSpan.FromSeconds(10);

    private volatile Built? _built;
    private volatile bool _isSuspect;
    private DateTimeOffset _lookedUpAt;

    internal LiveEngine(
        SettingsStore settings,
        ImmutableArray<ICheckFamily> families,
        SmtpProbeOptions smtp,
        AuthorityProbeOptions authority,
        IPort25Vantage port25,
        TimeProvider time)
    {
        (_settings, _families, _smtp, _authority, _port25, _time) = (settings, families, smtp, authority, port25, time);
    }

    /// <summary>Every family that an audit runs.</summary>
    public ImmutableArray<ICheckFamily> Families => _families;

    /// <summary>The DNS servers asked now, as addresses; empty before the first audit.</summary>
    public IReadOnlyList<string> DnsServers => _built is { } b ? [.. b.Engine.DnsServers.Select(s => s.ToString())] : [];

    /// <summary>What an audit runs on.</summary>
    public async Task<DomainAudit> GetAuditAsync(CancellationToken cancellationToken) => (await BuildAsync(cancellationToken)).Audit;

    /// <summary>DNS.</summary>
    public async Task<IDnsResolver> GetDnsAsync(CancellationToken cancellationToken) => (await BuildAsync(cancellationToken)).Engine.Dns;

    /// <summary>Opens connections, to addresses that the guard passes.</summary>
    public async Task<IConnector> GetConnectorAsync(CancellationToken cancellationToken) => (await BuildAsync(cancellationToken)).Engine.Connector;

    /// <summary>Fetches from addresses that the guard passes.</summary>
    public async Task<IHttpProbe> GetHttpAsync(CancellationToken cancellationToken) => (await BuildAsync(cancellationToken)).Engine.Hosts.Http;

    /// <summary>Asks ports for their TLS, at addresses that the guard passes.</summary>
    public async Task<ITlsVersionProbe> GetTlsAsync(CancellationToken cancellationToken) => (await BuildAsync(cancellationToken)).Engine.Hosts.Tls;

    /// <summary>Asks name servers themselves, at addresses that the guard passes.</summary>
    public async Task<IAuthorityProbe> GetAuthorityAsync(CancellationToken cancellationToken) => (await BuildAsync(cancellationToken)).Engine.Hosts.Authority;

    /// <summary>The DNS servers gave no reply: they may have moved, and are looked up again before the next question.</summary>
    internal void SuspectServers() => _isSuspect = true;

    public void Dispose() => _building.Dispose();

    private async Task<Built> BuildAsync(CancellationToken cancellationToken)
    {
        // Once read, what is in memory will do: a database that goes away must not take DNS with it.
        var settings = _settings.IsLoaded ? _settings.Current : await _settings.GetAsync(cancellationToken);
        if (_built is { } current && current.Fits(settings) && !_isSuspect)
        {
            return current;
        }

        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_built is { } other && other.Fits(settings) && !await HaveMovedAsync(other, cancellationToken))
            {
                return other;
            }

            var engine = await CreateAsync(settings, cancellationToken);
            // A new audit has new self-tests and pauses of lists: what they think of one resolver says nothing about another.
            var audit = engine.CreateAudit(_families);
            return _built = new Built(engine, audit, settings.DnsServers, settings.AllowedNetworks);
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Whether the names of the servers, or the system, lead elsewhere now; asked only after a silence, and not each time.</summary>
    private async Task<bool> HaveMovedAsync(Built built, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (!_isSuspect || now - _lookedUpAt < LookUpPause)
        {
            return false;
        }

        (_isSuspect, _lookedUpAt) = (false, now);
        try
        {
            var found = new List<System.Net.IPEndPoint>();
            if (built.Servers.IsEmpty)
            {
                found.AddRange(SystemDnsServers.Read());
            }

            foreach (var server in built.Servers)
            {
                found.AddRange(await DnsServerAddress.Parse(server).ResolveAsync(cancellationToken));
            }

            return found.Count > 0 && !found.ToHashSet().SetEquals(built.Engine.DnsServers);
        }
        catch (SocketException)
        {
            // No address at present: the one that we know is as good as none.
            return false;
        }
    }

    private Task<AuditEngine> CreateAsync(DashboardSettings settings, CancellationToken cancellationToken)
    {
        var options = new AuditEngineOptions
        {
            DnsServers = [.. settings.DnsServers.Select(DnsServerAddress.Parse)],
            Guard = new AddressGuard(settings.AllowedNetworks),
            Smtp = _smtp,
            Authority = _authority,
            Port25 = _port25,
        };
        return AuditEngine.CreateAsync(options, _time, cancellationToken);
    }

    private sealed record Built(AuditEngine Engine, DomainAudit Audit, ImmutableArray<string> Servers, ImmutableArray<System.Net.IPNetwork> Networks)
    {
        public bool Fits(DashboardSettings settings) => Servers.SequenceEqual(settings.DnsServers) && Networks.SequenceEqual(settings.AllowedNetworks);
    }
}

/// <summary>DNS through whatever engine is current: for what lives longer than one.</summary>
internal sealed class LiveResolver(LiveEngine engine, TimeProvider time) : IDnsResolver
{
    public async Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var dns = await engine.GetDnsAsync(cancellationToken);
            var answer = await dns.QueryAsync(name, type, options, cancellationToken);
            if (answer.Status is DnsStatus.Timeout or DnsStatus.Unreachable)
            {
                engine.SuspectServers();
            }

            return answer;
        }
        catch (SocketException e)
        {
            // The DNS server was given by a name that has no address at present.
            return new DnsAnswer(new DnsQuestion(DnsNames.Normalize(name), type), DnsStatus.Unreachable) { Detail = e.Message, At = time.GetUtcNow() };
        }
    }
}
