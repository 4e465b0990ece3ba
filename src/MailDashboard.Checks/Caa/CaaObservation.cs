using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Caa;

/// <summary>The way from a name upward, as an authority goes it (RFC 8659 §3).</summary>
/// <param name="Name">A name that certificates are issued for.</param>
/// <param name="Steps">The answers for it and for each name above it, in order.</param>
public sealed record CaaClimb(string Name, ImmutableArray<DnsAnswer> Steps)
{
    /// <summary>The answer whose records are in force; null where there are none, or a question before it failed.</summary>
    public DnsAnswer? InForce => Failure is null ? First : null;

    /// <summary>The question that leaves open what is in force; null where none does.</summary>
    public DnsAnswer? Failure => Steps.TakeWhile(s => s.Status != DnsStatus.Answered).FirstOrDefault(s => !s.IsDefinite);

    private DnsAnswer? First => Steps.FirstOrDefault(s => s.Status == DnsStatus.Answered);
}

/// <summary>What was seen of a domain's CAA records.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="Climbs">One for the domain and one for each of its hosts.</param>
public sealed record CaaObservation(string Domain, MailRoles Roles, ImmutableArray<CaaClimb> Climbs)
{
    /// <summary>The answer for MX, where it left open which hosts there are.</summary>
    public DnsAnswer? Unanswered { get; init; }

    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsSaidMissing { get; init; }
}
