using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Cli.Commands;

/// <summary>What was asked for, and what its ports showed.</summary>
/// <param name="Service">As typed.</param>
/// <param name="Addresses">Of the host.</param>
/// <param name="Seen">Each port at each address, in this order.</param>
internal sealed record TlsLook(CliService Service, HostAddresses Addresses, ImmutableArray<TlsVersionObservation> Seen)
{
    /// <summary>What to ask; equal ones of several arguments are equal.</summary>
    public IEnumerable<TlsTarget> Targets(TlsPrelude? startTls)
    {
        IEnumerable<int> ports = Service.Port is { } port ? [port] : TlsSurvey.MailPorts.Where(p => startTls is null || TlsSurvey.PreludeOf(p) == startTls);
        return ports.SelectMany(p => Addresses.Found.Select(a => TlsSurvey.Target(Service.Host, a, p, startTls)));
    }
}
