using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>The addresses of a host that somebody typed.</summary>
/// <param name="Found">IPv4 first.</param>
/// <param name="Unanswered">An answer that left open whether there are more; null where there is none such.</param>
public sealed record HostAddresses(ImmutableArray<IPAddress> Found, DnsAnswer? Unanswered)
{
    /// <summary>More are not asked.</summary>
    public const int Limit = 8;

    /// <summary>Asks DNS, unless it is an address, or <c>localhost</c>, which is every machine's own (RFC 6761 §6.3).</summary>
    public static async Task<HostAddresses> FindAsync(IDnsResolver dns, string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return new HostAddresses([literal], null);
        }

        if (host == "localhost")
        {
            return new HostAddresses([IPAddress.Loopback], null);
        }

        var a = dns.QueryAsync(host, DnsRecordType.A, cancellationToken);
        var aaaa = dns.QueryAsync(host, DnsRecordType.AAAA, cancellationToken);
        DnsAnswer[] answers = [await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false)];
        return new HostAddresses([.. answers.SelectMany(x => x.Addresses).Distinct().Take(Limit)], answers.FirstOrDefault(x => !x.IsDefinite));
    }
}
