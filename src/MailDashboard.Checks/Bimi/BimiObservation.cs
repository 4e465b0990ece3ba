using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Bimi;

/// <summary>All that was seen of a domain's BIMI.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="Answer">TXT at <c>default._bimi</c> of the domain, or of its organizational domain where the domain has no record.</param>
/// <param name="Dmarc">Its DMARC policy.</param>
/// <param name="At">When (UTC).</param>
public sealed record BimiObservation(string Domain, MailRoles Roles, DnsAnswer Answer, DmarcDiscovery Dmarc, DateTimeOffset At)
{
    /// <summary>Texts that are records.</summary>
    public ImmutableArray<BimiRecord> Records { get; } = [.. Answer.Texts.Select(BimiRecord.Parse).OfType<BimiRecord>()];

    /// <summary>The fetch of the logo; null where there is none to fetch, or no connection was wanted.</summary>
    public HttpObservation? LogoFetch { get; init; }

    /// <summary>The logo, where it was fetched.</summary>
    public BimiLogo? Logo { get; init; }

    /// <summary>The fetch of the certificate; null where there is none to fetch, or no connection was wanted.</summary>
    public HttpObservation? MarkFetch { get; init; }

    /// <summary>The certificate, where it was fetched and can be read.</summary>
    public BimiMark? Mark { get; init; }

    /// <summary>No connection was wanted.</summary>
    public bool DnsOnly { get; init; }

    /// <summary>The domain does not exist, which Mx says.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>Names that a certificate may be for: the domain, its organizational domain, and the record below each.</summary>
    public ImmutableArray<string> MarkNames { get; } =
        [Domain, $"default._bimi.{Domain}", Dmarc.OrganizationalDomain, $"default._bimi.{Dmarc.OrganizationalDomain}"];
}
