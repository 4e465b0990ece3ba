using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Smtp;

/// <summary>Tests the hosts that the user confirmed as own, and no other, each address once.</summary>
internal static class RelayTests
{
    private const int HostLimit = 10;
    private const int SideBySide = 4;

    public static async Task<(ImmutableArray<(string Host, IPAddress Address, RelayObservation? Seen)> Relays, ImmutableArray<(string Host, Reason Why)> Untested)> RunAsync(
        AuditContext context, MxTargets targets, CancellationToken cancellationToken)
    {
        if (context.Target.OwnHosts.IsDefaultOrEmpty)
        {
            return ([], []);
        }

        var hosts = await Task.WhenAll(context.Target.OwnHosts.Distinct().Take(HostLimit).Select(h => ResolveAsync(context, targets, h, cancellationToken))).ConfigureAwait(false);
        using var turns = new AuditTurns(context, SideBySide);
        var relays = await Task.WhenAll(hosts
            .SelectMany(h => h.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere).Select(a => (h.Name, Address: a)))
            .Select(t => OneAsync(context, t.Name, t.Address, turns, cancellationToken))).ConfigureAwait(false);
        return ([.. relays], [.. hosts.Where(h => h.Addresses.IsEmpty && h.Unanswered is not null).Select(h => (h.Name, h.Unanswered!.WhyNot()))]);
    }

    private static async Task<MxHost> ResolveAsync(AuditContext context, MxTargets targets, string host, CancellationToken cancellationToken) =>
        targets.Hosts.FirstOrDefault(h => h.Name == host)
        ?? await MxTargets.HostAsync(context, host, preference: 0, cancellationToken).ConfigureAwait(false);

    private static async Task<(string Host, IPAddress Address, RelayObservation? Seen)> OneAsync(
        AuditContext context, string host, IPAddress address, AuditTurns turns, CancellationToken cancellationToken)
    {
        var seen = await turns.TakeAsync(token => context.Hosts.Relay.TestAsync(host, address, token), cancellationToken).ConfigureAwait(false);
        if (seen?.Conversation is { } conversation)
        {
            context.Keep(conversation);
        }

        return (host, address, seen);
    }
}
