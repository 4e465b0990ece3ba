using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>What was seen of a domain's SPF.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Roles">What it does with mail.</param>
/// <param name="Texts">Every TXT at the domain.</param>
/// <param name="Tree">The record and everything it includes.</param>
/// <param name="SendingAddresses">Addresses that send for it, as stated: for the record we propose.</param>
public sealed record SpfObservation(
    string Domain,
    MailRoles Roles,
    DnsAnswer Texts,
    SpfTree Tree,
    ImmutableArray<IPAddress> SendingAddresses)
{
    /// <summary>The domain does not exist, which Mx says.</summary>
    public bool IsSaidMissing { get; init; }
}
