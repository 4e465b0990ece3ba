namespace MailDashboard.Checks.Probing.Dns;

/// <summary>Which zone a domain's records are in, and who serves it.</summary>
/// <param name="Zone">The name where the zone begins: the domain or a name above it; null where it could not be found.</param>
/// <param name="Ns">The last answer for NS.</param>
public sealed record ZoneLookup(string? Zone, DnsAnswer Ns)
{
    private const int MostSteps = 6;

    /// <summary>
    /// Asks NS of the domain, and where it is no zone of its own goes up to the zone that said so. Top-level domains are nobody's own
    /// and not looked at.
    /// </summary>
    public static async Task<ZoneLookup> FindAsync(IDnsResolver dns, string domain, CancellationToken cancellationToken)
    {
        var name = domain;
        for (var steps = 1; ; steps++)
        {
            var ns = await dns.QueryAsync(name, DnsRecordType.NS, cancellationToken).ConfigureAwait(false);
            if (!ns.IsDefinite || (ns.Status == DnsStatus.Answered && ns.Aliases.IsEmpty))
            {
                return new ZoneLookup(ns.IsDefinite ? name : null, ns);
            }

            // Behind an alias the SOA is that of the target's zone.
            var above = ns.Aliases.IsEmpty && ns.Zone is { } zone && zone != name && DnsNames.IsEqualOrBelow(name, zone) ? zone : DnsNames.Parent(name);
            if (above is null || !above.Contains('.', StringComparison.Ordinal) || steps == MostSteps)
            {
                return new ZoneLookup(null, ns);
            }

            name = above;
        }
    }
}
