using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>One step of the tree walk.</summary>
/// <param name="Domain">The name that <c>_dmarc.</c> was put before.</param>
/// <param name="Answer">The TXT answer.</param>
/// <param name="Candidates">The texts that are DMARC records. One is a record; several are none (RFC 9989 §4.10).</param>
public sealed record DmarcStep(string Domain, DnsAnswer Answer, ImmutableArray<DmarcRecord> Candidates)
{
    /// <summary>The record that counts, null where there is none or more than one.</summary>
    public DmarcRecord? Record => Candidates is [var only] ? only : null;

    /// <summary>
    /// The step tells what is there. A server that is responsible for the domain alone refuses to speak about the top-level
    /// label; that says nothing about the domain, so it counts as nothing found there.
    /// </summary>
    public bool IsDefinite =>
        Answer.IsDefinite || (Answer.Status == DnsStatus.Refused && !Domain.Contains('.', StringComparison.Ordinal));
}

/// <summary>Which DMARC policy holds for a domain, and how it was found (RFC 9989 §4.10).</summary>
/// <param name="Domain">The domain it was looked for.</param>
/// <param name="Steps">Every step that counted, from the domain upwards.</param>
public sealed record DmarcDiscovery(string Domain, ImmutableArray<DmarcStep> Steps)
{
    /// <summary>The step whose record holds; null where there is none, or where it could not be determined.</summary>
    public DmarcStep? Source { get; init; }

    /// <summary>The organizational domain, as far as the walk could see it.</summary>
    public string OrganizationalDomain { get; init; } = Domain;

    /// <summary>The name exists in DNS (RFC 8020); null where that was not asked or not answered.</summary>
    public bool? Exists { get; init; }

    /// <summary>The question whose failure leaves the policy undetermined; null where it is determined.</summary>
    public DnsAnswer? Failure { get; init; }

    /// <summary>The step at the domain itself.</summary>
    public DmarcStep Own => Steps[0];

    /// <summary>The record holds for the domain because it is its own, not by inheritance.</summary>
    public bool IsOwn => Source is not null && ReferenceEquals(Source, Own);

    /// <summary>The policy asked for, before <c>t=y</c>; null where there is none that receivers apply.</summary>
    public DmarcPolicy? Requested => Source?.Record?.RequestedFor(IsOwn, Exists ?? true);

    /// <summary>The policy as receivers apply it: one level lower where it is being tested.</summary>
    public DmarcPolicy? Effective => Source?.Record is { IsTesting: true } ? Requested?.Lowered() : Requested;

    /// <summary>Finds the policy by the DNS tree walk.</summary>
    public static Task<DmarcDiscovery> DiscoverAsync(IDnsResolver dns, string domain, CancellationToken cancellationToken) =>
        DmarcTreeWalk.DiscoverAsync(dns, domain, cancellationToken);
}
