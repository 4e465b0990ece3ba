using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Mx;

/// <summary>One host that takes mail for the domain, and what DNS says of it.</summary>
/// <param name="Name">Lower case, no trailing dot.</param>
/// <param name="Preference">Its best preference.</param>
/// <param name="A">Answer for IPv4.</param>
/// <param name="Aaaa">Answer for IPv6.</param>
public sealed record MxHost(string Name, int Preference, DnsAnswer A, DnsAnswer Aaaa)
{
    /// <summary>More addresses of one host are not looked at.</summary>
    public const int AddressLimit = 10;

    /// <summary>Every address, IPv4 first; at most <see cref="AddressLimit"/>.</summary>
    public ImmutableArray<IPAddress> Addresses { get; } = [.. A.Addresses.Concat(Aaaa.Addresses).Distinct().Take(AddressLimit)];

    /// <summary>What the name is an alias for; empty where it is none.</summary>
    public ImmutableArray<string> Aliases => A.Aliases.IsEmpty ? Aaaa.Aliases : A.Aliases;

    /// <summary>The name is an address, which an MX may not be (RFC 1035 §3.3.9).</summary>
    public bool IsLiteral => IPAddress.TryParse(Name.Trim('[', ']'), out _);

    /// <summary><c>localhost</c> and names below it, which are every machine's own (RFC 6761 §6.3).</summary>
    public bool IsLocalhost => Name is "localhost" or "localhost.localdomain" || Name.EndsWith(".localhost", StringComparison.Ordinal);

    /// <summary>An answer that left open whether there are (more) addresses; null where both are definite.</summary>
    public DnsAnswer? Unanswered => !A.IsDefinite ? A : !Aaaa.IsDefinite ? Aaaa : null;
}

/// <summary>Where mail for a domain goes (RFC 5321 §5.1): its MX hosts, or itself where it has none.</summary>
/// <param name="Mx">The answer for MX.</param>
/// <param name="Hosts">Distinct hosts, best first, without the null MX.</param>
/// <param name="IsImplicit">There is no MX; the one host is the domain itself.</param>
/// <param name="Omitted">Hosts beyond <see cref="HostLimit"/>.</param>
public sealed record MxTargets(DnsAnswer Mx, ImmutableArray<MxHost> Hosts, bool IsImplicit, int Omitted)
{
    /// <summary>More hosts are not looked at.</summary>
    public const int HostLimit = 20;

    /// <summary>The name does not exist at all.</summary>
    public bool DomainIsMissing => Mx.Status is DnsStatus.NxDomain or DnsStatus.InvalidName;

    /// <summary>One of the records is the null MX (RFC 7505).</summary>
    public bool HasNull => Mx.Exchanges.Any(m => m.Exchange.Length == 0);

    /// <summary>The null MX and nothing else: takes no mail.</summary>
    public bool IsNull => HasNull && Mx.Exchanges.All(m => m.Exchange.Length == 0);

    /// <summary>Asks DNS. Every family of an audit may ask: equal questions go out once.</summary>
    public static async Task<MxTargets> LookUpAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var mx = await context.Dns.QueryAsync(context.Domain, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        if (mx.Status == DnsStatus.NoData)
        {
            var self = await HostAsync(context, context.Domain, 0, cancellationToken).ConfigureAwait(false);
            return new MxTargets(mx, [self], IsImplicit: true, 0);
        }

        var distinct = mx.Exchanges.Where(m => m.Exchange.Length > 0).DistinctBy(m => m.Exchange).ToList();
        var hosts = await Task.WhenAll(distinct.Take(HostLimit)
            .Select(m => HostAsync(context, m.Exchange, m.Preference, cancellationToken))).ConfigureAwait(false);
        return new MxTargets(mx, [.. hosts], IsImplicit: false, distinct.Count - hosts.Length);
    }

    /// <summary>Asks for the addresses of one host.</summary>
    internal static async Task<MxHost> HostAsync(AuditContext context, string name, int preference, CancellationToken cancellationToken)
    {
        // What no mail goes to whatever DNS says of it is not asked: a server that refuses the question would leave the host open.
        var unasked = new MxHost(name, preference, Unasked(name, DnsRecordType.A), Unasked(name, DnsRecordType.AAAA));
        if (unasked.IsLiteral || unasked.IsLocalhost)
        {
            return unasked;
        }

        var a = context.Dns.QueryAsync(name, DnsRecordType.A, cancellationToken);
        var aaaa = context.Dns.QueryAsync(name, DnsRecordType.AAAA, cancellationToken);
        return new MxHost(name, preference, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
    }

    private static DnsAnswer Unasked(string name, DnsRecordType type) => new(new DnsQuestion(name, type), DnsStatus.InvalidName);
}
