using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Dane;

/// <summary>Sees what mail hosts present, under the name that senders say in the handshake: the base domain (RFC 7672 §8.1).</summary>
internal static class DaneMeeting
{
    private const int SideBySide = 8;

    /// <summary>Records and certificates that are compared were seen within this time of each other, where they do not go together.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(1);

    public static async Task<ImmutableArray<DaneHost>> MeetAsync(AuditContext context, DaneObservation seen, CancellationToken cancellationToken)
    {
        var started = context.Time.GetUtcNow();
        var named = seen.Targets with { Hosts = [.. seen.Hosts.Select(h => h.Host with { Name = h.Base }).DistinctBy(h => h.Name)] };
        var probes = await MxProbe.ProbeAsync(context, named, cancellationToken).ConfigureAwait(false);
        var reader = new ChainReader(context.Time);
        var hosts = seen.Hosts.Select(h => h with { Addresses = [.. probes.Where(p => p.Host == h.Base).Select(p => Address(reader, p, h))] });

        // Another audit may have looked hours ago, and the key been changed since: before a host is accused it is looked at anew.
        using var turns = new AuditTurns(context, SideBySide);
        async Task<DaneAddress> RenewAsync(DaneHost host, DaneAddress address)
        {
            var isOld = address.Seen.Seen is { } talk && talk.At < started - SameTime;
            if (!isOld || DaneVerdicts.Of(host, address, seen.Domain).State is AddressState.Fine or AddressState.Open)
            {
                return address;
            }

            var request = new SmtpProbeRequest(host.Base, address.Seen.Address) { WithoutOldTls = true };
            var again = await turns.TakeAsync(token => context.Smtp.ProbeAsync(request, token), cancellationToken).ConfigureAwait(false);
            return Address(reader, address.Seen with { Seen = again }, host);
        }

        return [.. await Task.WhenAll(hosts.Select(async h => h with
        {
            Addresses = [.. await Task.WhenAll(h.Addresses.Select(a => RenewAsync(h, a))).ConfigureAwait(false)],
        })).ConfigureAwait(false)];
    }

    private static DaneAddress Address(ChainReader reader, MxProbe probe, DaneHost host) => new(
        probe, probe.Seen is { Stage: SmtpStage.Encrypted, Tls.Certificate: { } certificate } ? reader.Read(certificate, host.Usable) : null);
}
