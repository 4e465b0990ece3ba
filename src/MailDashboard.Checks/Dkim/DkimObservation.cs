using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dkim;

/// <summary>The answer to one selector.</summary>
/// <param name="Selector">Normalised.</param>
/// <param name="IsGiven">Stated by the domain's owner, so it has to be there; else one of the well-known ones.</param>
/// <param name="Answer">The TXT answer.</param>
public sealed record DkimSelectorAnswer(string Selector, bool IsGiven, DnsAnswer Answer);

/// <summary>All that was seen of a domain's DKIM keys.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Sends">It sends mail, so it should have a key.</param>
public sealed record DkimObservation(string Domain, bool Sends)
{
    /// <summary>The domain does not exist, which Mx says; nothing was asked.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>
    /// TXT of <c>_domainkey</c> itself: NXDOMAIN means that there is nothing below it (RFC 8020), though some servers
    /// say so of every name that has no record of its own. Null where it was not asked.
    /// </summary>
    public DnsAnswer? Node { get; init; }

    /// <summary>TXT of a selector that nobody has; records in it come from a wildcard. Null where it was not asked.</summary>
    public DnsAnswer? Wildcard { get; init; }

    /// <summary>Stated selectors first, in their order.</summary>
    public ImmutableArray<DkimSelectorAnswer> Selectors { get; init; } = [];
}
