using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Tls;

/// <summary>Asks every port of a domain, in the time that <see cref="AuditTurns"/> leaves.</summary>
internal static class TlsPorts
{
    /// <summary>More ports are not asked.</summary>
    public const int Limit = 64;

    private const int SideBySide = 16;

    public static async Task<ImmutableArray<TlsPort>> ProbeAsync(
        AuditContext context, MxTargets targets, ImmutableArray<MxProbe> exchangers, ImmutableArray<ClientService> services, CancellationToken cancellationToken)
    {
        using var turns = new AuditTurns(context, SideBySide);
        var clients = services
            .SelectMany(s => s.Addresses
                .Where(a => AddressScopes.Of(a) != AddressScope.Nowhere)
                .Select(a => new TlsPort(s.Host, a, s.Port, s.Protocol, s.Origin, null))
                .Select(p => (Port: p, Target: Target(p, s.ImplicitTls))))
            .DistinctBy(x => x.Port.Subject);

        // Without MX the domain's own address takes mail, or more often is a web server's.
        var origin = targets.IsImplicit ? ServiceOrigin.Guessed : ServiceOrigin.Published;
        var all = exchangers.Where(e => e.Seen is not null)
            .Select(e => (Port: new TlsPort(e.Host, e.Address, e.Seen!.Port, null, origin, null), Target: Target(e.Seen)))
            .Concat(clients)
            .Take(Limit)
            .Select(async x => x.Port with
            {
                Seen = await turns.TakeAsync(token => context.Hosts.Tls.ProbeAsync(x.Target, token), cancellationToken).ConfigureAwait(false),
            });
        return [.. await Task.WhenAll(all).ConfigureAwait(false)];
    }

    private static TlsTarget Target(SmtpObservation seen) => new(seen.Host, seen.Address, seen.Port, TlsPrelude.Smtp) { Known = seen };

    private static TlsTarget Target(TlsPort port, bool implicitTls) => new(port.Host, port.Address, port.Port, port.Protocol switch
    {
        _ when implicitTls => TlsPrelude.None,
        ClientProtocol.Imap => TlsPrelude.Imap,
        ClientProtocol.Pop3 => TlsPrelude.Pop3,
        _ => TlsPrelude.Smtp,
    });
}
