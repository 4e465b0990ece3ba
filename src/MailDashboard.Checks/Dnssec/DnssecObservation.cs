using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dnssec;

/// <summary>A question, and what tells a bogus answer from a dead server where it failed.</summary>
/// <param name="First">As everybody asks it.</param>
public sealed record CheckedQuestion(DnsAnswer First)
{
    /// <summary>The same under the CD bit (RFC 4035 §3.2.2); null where <see cref="First"/> did not fail.</summary>
    public DnsAnswer? Unchecked { get; init; }

    /// <summary>The same once more, checked; null where <see cref="Unchecked"/> failed as well.</summary>
    public DnsAnswer? Again { get; init; }

    /// <summary>Refused for its signatures: there is an answer, and validation keeps it from us each time.</summary>
    public bool IsBogus => First.Status == DnsStatus.ServFail && Unchecked is { IsDefinite: true } && Again?.Status == DnsStatus.ServFail;

    /// <summary>What holds in the end.</summary>
    public DnsAnswer Last => Again ?? First;

    /// <summary>Asks; where that fails with SERVFAIL, once more under the CD bit, and where that succeeds, a third time past our own cache.</summary>
    internal static async Task<CheckedQuestion> AskAsync(AuditContext context, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var seen = new CheckedQuestion(await context.Dns.QueryAsync(name, type, cancellationToken).ConfigureAwait(false));
        if (seen.First.Status != DnsStatus.ServFail)
        {
            return seen;
        }

        var free = await context.Dns.QueryAsync(name, type, DnsOptions.CheckingDisabled, cancellationToken).ConfigureAwait(false);
        return seen with
        {
            Unchecked = free,
            Again = free.IsDefinite ? await context.Dns.QueryAsync(name, type, DnsOptions.Fresh, cancellationToken).ConfigureAwait(false) : null,
        };
    }
}

/// <summary>What was seen of a domain's signatures.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Mx">MX of the domain.</param>
/// <param name="Zone">The zone that holds it; null where that is not known.</param>
/// <param name="Keys">DNSKEY of the zone.</param>
/// <param name="Ds">DS of the zone, which its parent has.</param>
public sealed record DnssecObservation(string Domain, CheckedQuestion Mx, string? Zone, DnsAnswer Keys, DnsAnswer Ds)
{
    /// <summary>DNSKEY of the root: AD there is a resolver that validates; null where it was not needed.</summary>
    public DnsAnswer? Root { get; init; }

    /// <summary>A of each mail host outside the domain.</summary>
    public ImmutableArray<CheckedQuestion> Hosts { get; init; } = [];

    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>The resolver vouches for the domain.</summary>
    public bool IsAuthenticated => IsVouchedFor(Mx.Last) || (Keys.Status == DnsStatus.Answered && IsVouchedFor(Keys));

    /// <summary>An answer that the resolver validated.</summary>
    public static bool IsVouchedFor(DnsAnswer answer) => answer is { IsDefinite: true, IsAuthenticated: true };
}
