using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Mx;

/// <summary>The conversation with one address of one MX host.</summary>
/// <param name="Host">The MX name.</param>
/// <param name="Address">One of its addresses.</param>
/// <param name="Seen">Null where the audit's time was over first.</param>
public sealed record MxProbe(string Host, IPAddress Address, SmtpObservation? Seen)
{
    private const int SideBySide = 8;

    /// <summary>Talks to every address of every host, in the time that <see cref="AuditTurns"/> leaves.</summary>
    public static async Task<ImmutableArray<MxProbe>> ProbeAsync(AuditContext context, MxTargets targets, CancellationToken cancellationToken)
    {
        using var turns = new AuditTurns(context, SideBySide);
        var probes = targets.Hosts
            .SelectMany(h => h.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere).Select(a => (h.Name, Address: a)))
            .Select(async t => new MxProbe(
                t.Name, t.Address, await turns.TakeAsync(token => context.Smtp.ProbeAsync(t.Name, t.Address, token), cancellationToken).ConfigureAwait(false)));
        return [.. await Task.WhenAll(probes).ConfigureAwait(false)];
    }
}
