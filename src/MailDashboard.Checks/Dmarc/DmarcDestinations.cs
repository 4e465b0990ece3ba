using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Looks at the hosts that reports are sent to: did they agree (RFC 9990 §4), and can they receive mail.</summary>
internal static class DmarcDestinations
{
    /// <summary>More hosts than this are not looked at.</summary>
    private const int MaximumHosts = 10;

    public static async Task<ImmutableArray<DmarcDestination>> LookAsync(IDnsResolver dns, DmarcDiscovery discovery, CancellationToken cancellationToken)
    {
        if (discovery.Source?.Record is not { } record)
        {
            return [];
        }

        var aggregate = record.AggregateDestinations.Select(u => u.Host).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var hosts = aggregate.Concat(record.FailureDestinations.Select(u => u.Host).OfType<string>()).Distinct(StringComparer.Ordinal).Take(MaximumHosts);
        var looks = hosts.Select(h => LookAsync(dns, discovery, h, aggregate.Contains(h), cancellationToken));
        return [.. await Task.WhenAll(looks).ConfigureAwait(false)];
    }

    private static async Task<DmarcDestination> LookAsync(IDnsResolver dns, DmarcDiscovery discovery, string host, bool forAggregate, CancellationToken cancellationToken)
    {
        var exchangeTask = dns.QueryAsync(host, DnsRecordType.MX, cancellationToken);
        var (external, failure) = await IsExternalAsync(dns, discovery, host, cancellationToken).ConfigureAwait(false);
        var authorization = external
            ? await dns.QueryAsync(AuthorizationName(discovery.Source!.Domain, host), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false)
            : null;
        var exchange = await exchangeTask.ConfigureAwait(false);
        ImmutableArray<DnsAnswer> addresses = exchange.Status == DnsStatus.NoData
            ?
            [
                await dns.QueryAsync(host, DnsRecordType.A, cancellationToken).ConfigureAwait(false),
                await dns.QueryAsync(host, DnsRecordType.AAAA, cancellationToken).ConfigureAwait(false),
            ]
            : [];
        return new DmarcDestination(host, forAggregate, exchange, addresses) { Authorization = authorization, Failure = failure };
    }

    /// <summary>Where a destination says that it takes a domain's reports.</summary>
    public static string AuthorizationName(string policyDomain, string host) => $"{policyDomain}._report._dmarc.{host}";

    /// <summary>
    /// An organizational domain is the name itself or above it, so a host that is not below ours belongs to somebody else
    /// without asking. One that is below may still be cut off by a <c>psd=n</c> of its own.
    /// </summary>
    private static async Task<(bool External, DnsAnswer? Failure)> IsExternalAsync(IDnsResolver dns, DmarcDiscovery discovery, string host, CancellationToken cancellationToken)
    {
        var ours = discovery.OrganizationalDomain;
        if (host == ours || host == discovery.Source!.Domain)
        {
            return (false, null);
        }

        if (!DnsNames.IsEqualOrBelow(host, ours))
        {
            return (true, null);
        }

        var theirs = await DmarcTreeWalk.DiscoverAsync(dns, host, cancellationToken).ConfigureAwait(false);
        var unseen = theirs.Steps.TakeWhile(s => s.Domain != ours).FirstOrDefault(s => !s.IsDefinite);
        return unseen is null ? (theirs.OrganizationalDomain != ours, null) : (false, unseen.Answer);
    }
}
