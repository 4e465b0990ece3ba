using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>What was seen of a domain's request for reports.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="Answer">TXT of <c>_smtp._tls</c>; null where nobody would send reports about the domain.</param>
public sealed record TlsRptObservation(string Domain, MailRoles Roles, DnsAnswer? Answer)
{
    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>Answers from other names that hold a record; looked for only where there is none.</summary>
    public ImmutableArray<DnsAnswer> Misplaced { get; init; } = [];
}
