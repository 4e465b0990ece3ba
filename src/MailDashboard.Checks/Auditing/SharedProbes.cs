using System.Net;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Auditing;

/// <summary>The probes of hosts as one audit sees them: what another audit has seen lately is not looked at again.</summary>
internal sealed class SharedProbes(HostProbes inner, SharedHosts hosts, TimeSpan longest) : ITlsVersionProbe, IServiceProbe, IRelayProbe
{
    /// <summary>Those probes of an audit that look at a whole host, shared; the others as they are.</summary>
    public static HostProbes Over(HostProbes inner, SharedHosts hosts, TimeSpan longest)
    {
        var shared = new SharedProbes(inner, hosts, longest);
        return inner with { Tls = shared, Services = shared, Relay = shared };
    }

    /// <inheritdoc/>
    public async Task<TlsVersionObservation> ProbeAsync(TlsTarget target, CancellationToken cancellationToken)
    {
        var host = new SharedHost($"tls-{target.Prelude}", target.Host, target.Address, target.Port);
        return (await hosts.LookAsync(host, longest, IsLasting, () => inner.Tls.ProbeAsync(target, cancellationToken), cancellationToken).ConfigureAwait(false)).Seen;
    }

    /// <inheritdoc/>
    public async Task<ServiceObservation> ProbeAsync(ServiceTarget target, CancellationToken cancellationToken)
    {
        var host = new SharedHost($"{target.Protocol}-{target.ImplicitTls}", target.Host, target.Address, target.Port);
        return (await hosts.LookAsync(host, longest, IsLasting, () => inner.Services.ProbeAsync(target, cancellationToken), cancellationToken).ConfigureAwait(false)).Seen;
    }

    /// <inheritdoc/>
    public async Task<RelayObservation> TestAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var key = new SharedHost("relay", host, address);
        return (await hosts.LookAsync(key, longest, s => s.End != RelayEnd.Unclear, () => inner.Relay.TestAsync(host, address, cancellationToken), cancellationToken).ConfigureAwait(false)).Seen;
    }

    private static bool IsLasting(ServiceObservation seen) => seen is { Connect: ConnectStatus.Connected, IsTransient: false };

    private static bool IsLasting(TlsVersionObservation seen) =>
        seen.Connect == ConnectStatus.Connected && seen.Offers.All(o => o.Offered is not null);
}
