using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;
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
        using var turns = new SemaphoreSlim(SideBySide);
        var deadline = context.Time.GetUtcNow() + (context.Options.TimeBudget * 0.75);
        var relays = await Task.WhenAll(hosts
            .SelectMany(h => h.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere).Select(a => (h.Name, Address: a)))
            .Select(t => OneAsync(context, t.Name, t.Address, turns, deadline, cancellationToken))).ConfigureAwait(false);
        return ([.. relays], [.. hosts.Where(h => h.Addresses.IsEmpty && h.Unanswered is not null).Select(h => (h.Name, h.Unanswered!.WhyNot()))]);
    }

    private static async Task<MxHost> ResolveAsync(AuditContext context, MxTargets targets, string host, CancellationToken cancellationToken)
    {
        if (targets.Hosts.FirstOrDefault(h => h.Name == host) is { } known)
        {
            return known;
        }

        var a = context.Dns.QueryAsync(host, DnsRecordType.A, cancellationToken);
        var aaaa = context.Dns.QueryAsync(host, DnsRecordType.AAAA, cancellationToken);
        return new MxHost(host, 0, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
    }

    private static async Task<(string Host, IPAddress Address, RelayObservation? Seen)> OneAsync(
        AuditContext context, string host, IPAddress address, SemaphoreSlim turns, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var left = deadline - context.Time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return (host, address, null);
            }

            var seen = await context.Hosts.Relay.TestAsync(host, address, late.Token).WaitAsync(left, context.Time, cancellationToken).ConfigureAwait(false);
            if (seen.Conversation is { } conversation)
            {
                context.Keep(conversation);
            }

            return (host, address, seen);
        }
        catch (TimeoutException)
        {
            await late.CancelAsync().ConfigureAwait(false);
            return (host, address, null);
        }
        finally
        {
            turns.Release();
        }
    }
}
