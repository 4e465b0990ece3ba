using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Providers;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>What DNS shows of a domain before anything is set up. Names and texts are hostile.</summary>
/// <param name="Proposed">What it seems to do with mail.</param>
/// <param name="Exchangers">Who receives for it; empty where nobody does.</param>
/// <param name="Spf">Its SPF record; null where there is none, or several.</param>
/// <param name="Providers">Ids of the providers that were recognised, those that send first.</param>
/// <param name="IsKnown">DNS answered; else the rest says nothing.</param>
/// <param name="Exists">There is such a name.</param>
public sealed record DomainSight(MailRoles Proposed, ImmutableArray<string> Exchangers, string? Spf, ImmutableArray<string> Providers, bool IsKnown, bool Exists)
{
    /// <summary>Hosts of the MX below the domain itself: they may be the person's own.</summary>
    public IEnumerable<string> OwnCandidates(string domain) => Exchangers.Where(h => DnsNames.IsEqualOrBelow(h, domain));

    /// <summary>Reads two answers. Pure.</summary>
    public static DomainSight Of(DnsAnswer mx, DnsAnswer txt)
    {
        ImmutableArray<string> hosts = [.. mx.Exchanges.OrderBy(m => m.Preference).Select(m => m.Exchange).Where(h => h.Length > 0)];
        ImmutableArray<string> spf = [.. txt.Texts.Where(SpfRecord.IsSpf)];
        var only = spf is [var one] ? one : null;
        return new DomainSight(
            MailRoleProposal.Propose(mx, txt),
            hosts,
            only,
            ProviderRecognition.Of(hosts, only),
            mx.IsDefinite && txt.IsDefinite,
            mx.Status != DnsStatus.NxDomain);
    }
}

/// <summary>Looks at a domain before the set-up begins.</summary>
public sealed class WizardSight(IDnsResolver dns)
{
    /// <summary>Asks for MX and TXT, past our cache. Failure is data.</summary>
    public async Task<DomainSight> LookAsync(string domain, CancellationToken cancellationToken)
    {
        var mx = dns.QueryAsync(domain, DnsRecordType.MX, DnsOptions.Fresh, cancellationToken);
        var txt = dns.QueryAsync(domain, DnsRecordType.TXT, DnsOptions.Fresh, cancellationToken);
        return DomainSight.Of(await mx, await txt);
    }

    /// <summary>The addresses of a server, as texts; empty where DNS has none.</summary>
    public async Task<ImmutableArray<string>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var found = await Checks.Probing.Tls.HostAddresses.FindAsync(dns, DnsNames.Normalize(host), cancellationToken);
        return [.. found.Found.Select(a => a.ToString())];
    }
}
