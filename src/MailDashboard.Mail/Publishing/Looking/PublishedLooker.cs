using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Nameservers;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing.Looking;

/// <summary>
/// Looks whether a planned record is published: at the zone's own name servers, past every cache, and where none of them can be asked at
/// the resolver, and says so. Safe to share.
/// </summary>
/// <param name="dns">Finds the name servers, and stands in for them.</param>
/// <param name="authority">Asks them; its guard decides which addresses may be.</param>
public sealed class PublishedLooker(IDnsResolver dns, IAuthorityProbe authority)
{
    /// <summary>Looks. Failures are data; throws only when cancelled by the caller.</summary>
    public async Task<PublishedLook> LookAsync(PlannedRecord record, CancellationToken cancellationToken)
    {
        if (record.Action == PlanAction.Cannot || (record.Values.IsEmpty && record.Action != PlanAction.Remove))
        {
            return new PublishedLook.CouldNotAsk(LookedAt.Resolver, Reason.Of(Because.NothingPlanned));
        }

        var servers = await FindAsync(record.Zone, cancellationToken).ConfigureAwait(false);
        var sights = await Task.WhenAll(servers.Select(s => Sight.TakeAsync(s, record, cancellationToken))).ConfigureAwait(false);
        ImmutableArray<Sight> told = [.. sights.Where(s => s.Failure is null)];
        if (!told.IsEmpty)
        {
            return Conclude(LookedAt.NameServers, record, told, await NegativeTtlAsync(told[0].Voice, record.Zone, cancellationToken).ConfigureAwait(false));
        }

        var resolver = await Sight.TakeAsync(new ResolverVoice(dns), record, cancellationToken).ConfigureAwait(false);
        return resolver.Failure is { } failure
            ? new PublishedLook.CouldNotAsk(LookedAt.Resolver, servers.IsEmpty ? Reason.Of(Because.NoServersFound, record.Zone) : failure)
            : Conclude(LookedAt.Resolver, record, [resolver], resolver.Ttl);
    }

    private static PublishedLook Conclude(LookedAt via, PlannedRecord record, ImmutableArray<Sight> sights, uint? negative)
    {
        ImmutableArray<string> all = [.. sights.Select(s => s.Voice.Name)];
        ImmutableArray<string> at = [.. sights.Where(s => s.IsRight).Select(s => s.Voice.Name)];
        if (!at.IsEmpty)
        {
            return new PublishedLook.Seen(via, all, at, record.Action == PlanAction.AlreadyRight ? 0 : record.OldTtl ?? negative);
        }

        var differences = sights.SelectMany(s => s.Differences).DistinctBy(d => (d.Kind, d.Name, d.Seen)).OrderBy(d => d.Kind).ToImmutableArray();
        return differences.IsEmpty
            ? new PublishedLook.NotYet(via, all, negative ?? record.OldTtl)
            : new PublishedLook.Different(via, all, differences, sights.Max(s => s.Ttl) ?? negative);
    }

    /// <summary>The zone's servers, each of their addresses. The zone that is told is believed where it has NS records.</summary>
    private async Task<ImmutableArray<ServerVoice>> FindAsync(string zone, CancellationToken cancellationToken)
    {
        var lookup = await ZoneLookup.FindAsync(dns, zone, cancellationToken).ConfigureAwait(false);
        var names = lookup.Zone is null ? [] : lookup.Ns.Names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(NameserversObservation.ServerLimit);
        var servers = await Task.WhenAll(names.Select(n => LookUpAsync(n, cancellationToken))).ConfigureAwait(false);
        return [.. servers.SelectMany(s => s.Addresses.Select(a => (s.Name, Address: a))).DistinctBy(s => s.Address).Select(s => new ServerVoice(authority, s.Name, s.Address))];
    }

    private async Task<NameServer> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        var a = dns.QueryAsync(name, DnsRecordType.A, cancellationToken);
        var aaaa = dns.QueryAsync(name, DnsRecordType.AAAA, cancellationToken);
        return new NameServer(name, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
    }

    /// <summary>How long resolvers keep that there is nothing (RFC 2308 §5), in seconds.</summary>
    private static async Task<uint?> NegativeTtlAsync(Voice voice, string zone, CancellationToken cancellationToken)
    {
        var soa = await voice.AskAsync(zone, DnsRecordType.SOA, cancellationToken).ConfigureAwait(false);
        return soa.Records.OfType<SoaRecord>().FirstOrDefault() is { } record ? Math.Min(record.Ttl, record.Minimum) : null;
    }
}
