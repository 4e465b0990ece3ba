using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>What is known of a host that reports are mailed to.</summary>
public enum DmarcMailState
{
    /// <summary>It has an MX or an address.</summary>
    Accepts,

    /// <summary>It has neither, or a null MX (RFC 7505): reports are lost.</summary>
    CannotReceive,

    /// <summary>DNS did not tell.</summary>
    Unknown,
}

/// <summary>A host that reports are mailed to.</summary>
/// <param name="Host">The domain of the address.</param>
/// <param name="ForAggregate">It stands in <c>rua</c>, not only in <c>ruf</c>.</param>
/// <param name="Exchange">Its MX answer.</param>
/// <param name="Addresses">A and AAAA, asked only where it has no MX.</param>
public sealed record DmarcDestination(string Host, bool ForAggregate, DnsAnswer Exchange, ImmutableArray<DnsAnswer> Addresses)
{
    /// <summary>
    /// TXT of <c>{policy domain}._report._dmarc.{host}</c> (RFC 9990 §4); null where the host belongs to the same
    /// organization and needs to agree to nothing.
    /// </summary>
    public DnsAnswer? Authorization { get; init; }

    /// <summary>The question whose failure leaves it open whether the host belongs to the same organization.</summary>
    public DnsAnswer? Failure { get; init; }

    /// <summary>It agreed to receive the reports; null where DNS did not tell.</summary>
    public bool? IsAuthorized => Failure is not null ? null
        : Authorization is null || Authorization.Texts.Any(t => DmarcRecord.Parse(t) is not null) ? true
        : Authorization.IsDefinite ? false : null;

    /// <summary>Whether mail to it arrives anywhere.</summary>
    public DmarcMailState Mail => Exchange.Status switch
    {
        DnsStatus.Answered => Exchange.Exchanges.Any(m => m.Exchange.Length > 0) ? DmarcMailState.Accepts : DmarcMailState.CannotReceive,
        DnsStatus.NxDomain or DnsStatus.InvalidName => DmarcMailState.CannotReceive,
        DnsStatus.NoData when Addresses.Any(a => a.Status == DnsStatus.Answered) => DmarcMailState.Accepts,
        DnsStatus.NoData when Addresses.All(a => a.IsDefinite) => DmarcMailState.CannotReceive,
        _ => DmarcMailState.Unknown,
    };

    /// <summary>Why it could not be judged; null where it could.</summary>
    public Reason? WhyNot()
    {
        var failed = Failure
            ?? (IsAuthorized is null ? Authorization : null)
            ?? (Mail == DmarcMailState.Unknown ? Addresses.Prepend(Exchange).FirstOrDefault(a => !a.IsDefinite) : null);
        return failed?.WhyNot();
    }
}

/// <summary>All that was seen of a domain's DMARC.</summary>
/// <param name="Roles">What the domain does with mail.</param>
/// <param name="Discovery">The policy and the way to it.</param>
public sealed record DmarcObservation(MailRoles Roles, DmarcDiscovery Discovery)
{
    /// <summary>The domain does not exist, which Mx says.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>Where reports go.</summary>
    public ImmutableArray<DmarcDestination> Destinations { get; init; } = [];

    /// <summary>DMARC records where nobody looks for them (at the domain itself, or with the domain written twice).</summary>
    public ImmutableArray<DnsAnswer> Misplaced { get; init; } = [];

    /// <summary>The domain.</summary>
    public string Domain => Discovery.Domain;
}
