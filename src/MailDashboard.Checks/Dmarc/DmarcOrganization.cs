using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Finds where an organisation's names end, for comparing two of them (RFC 9989 §4.10.2).</summary>
public static class DmarcOrganization
{
    /// <summary>The organizational domain of a name; null where DNS could not tell.</summary>
    public static async Task<string?> FindAsync(IDnsResolver dns, string domain, CancellationToken cancellationToken)
    {
        var discovery = await DmarcTreeWalk.DiscoverAsync(dns, domain, cancellationToken).ConfigureAwait(false);
        return discovery.Failure is null ? discovery.OrganizationalDomain : null;
    }
}
