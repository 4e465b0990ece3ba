using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Scheduling;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>A port of an own server.</summary>
public sealed record OwnPort(string Host, int Port, TlsPrelude Prelude);

/// <summary>Looks at the certificates of own servers, by a handshake with each of their ports.</summary>
public sealed class WizardCertificates(LiveEngine engine, IDnsResolver dns, SmtpProbeOptions smtp, TimeProvider time)
{
    /// <summary>Where to look: the port that mail is handed in at, and the port of each own host that receives. Pure.</summary>
    /// <param name="state">Names the hosts.</param>
    /// <param name="profile">Names the port; null where there is none yet.</param>
    /// <param name="exchangePort">Where mail servers take mail from others.</param>
    public static ImmutableArray<OwnPort> Ports(WizardState state, ProfileView? profile, int exchangePort)
    {
        var ports = ImmutableArray.CreateBuilder<OwnPort>();
        if (WizardRules.OwnServer(state) is { } host)
        {
            var isOurs = profile is not null && profile.Security != ServerSecurity.None && string.Equals(profile.Host, host, StringComparison.OrdinalIgnoreCase);
            ports.Add(isOurs
                ? new OwnPort(host, profile!.Port, profile.Security == ServerSecurity.ImplicitTls ? TlsPrelude.None : TlsPrelude.Smtp)
                : new OwnPort(host, 465, TlsPrelude.None));
        }

        ports.AddRange((state.Domain is { Receives: true } domain ? domain.OwnHosts : []).Select(h => new OwnPort(h, exchangePort, TlsPrelude.Smtp)));
        return [.. ports.DistinctBy(p => (p.Host, p.Port))];
    }

    /// <summary>Looks at all of them. A port that is not reached has no certificate to show.</summary>
    public async Task<ImmutableArray<SeenCertificate>> LookAsync(WizardState state, ProfileView? profile, CancellationToken cancellationToken)
    {
        var tls = await engine.GetTlsAsync(cancellationToken);
        return [.. await Task.WhenAll(Ports(state, profile, smtp.Port).Select(p => LookAsync(tls, p, cancellationToken)))];
    }

    private async Task<SeenCertificate> LookAsync(ITlsVersionProbe tls, OwnPort port, CancellationToken cancellationToken)
    {
        var addresses = await HostAddresses.FindAsync(dns, DnsNames.Normalize(port.Host), cancellationToken);
        var now = time.GetUtcNow();
        if (addresses.Found is not [var address, ..])
        {
            return new SeenCertificate(port.Host, port.Port, IsGood: false, null, now);
        }

        var seen = await tls.ProbeAsync(new TlsTarget(port.Host, address, port.Port, port.Prelude), cancellationToken);
        return new SeenCertificate(port.Host, port.Port, TlsPortStates.Of(seen, now) == TlsPortState.Good, seen.Best?.Certificate?.NotAfter, now);
    }
}
