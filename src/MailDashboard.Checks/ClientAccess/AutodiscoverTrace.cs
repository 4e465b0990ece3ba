using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>The ways by which Outlook looks for Autodiscover, in the order in which it does (MS-OXDISCO §3.1.5).</summary>
public enum AutodiscoverWay
{
    /// <summary><c>https://DOMAIN/</c>, where a web site may answer whatever it likes.</summary>
    Domain,

    /// <summary><c>https://autodiscover.DOMAIN/</c>.</summary>
    Host,

    /// <summary>Where <c>http://autodiscover.DOMAIN/</c> sends it.</summary>
    Redirect,

    /// <summary>Where the SRV record leads.</summary>
    Srv,
}

/// <summary>One way, tried.</summary>
/// <param name="Way">Which.</param>
/// <param name="Asked">The first address that was asked by it.</param>
/// <param name="Fetch">What came.</param>
public sealed record AutodiscoverStep(AutodiscoverWay Way, Uri Asked, HttpObservation Fetch)
{
    /// <summary>What came, read.</summary>
    public AutodiscoverReply Reply { get; } = AutodiscoverReply.Read(Fetch);

    /// <summary>Autodiscover answers. A web site that asks everybody to log in is not it.</summary>
    public bool Answers => Reply.Kind == AutodiscoverReplyKind.Document || (Reply.Kind == AutodiscoverReplyKind.Login && (Way != AutodiscoverWay.Domain || Reply.ShowsExchange));
}

/// <summary>All that was seen on the way to a domain's Autodiscover. One look serves every family.</summary>
/// <param name="Srv">The answer for <c>_autodiscover._tcp</c>.</param>
/// <param name="A">IPv4 of <c>autodiscover.DOMAIN</c>.</param>
/// <param name="Aaaa">IPv6 of it.</param>
/// <param name="Improbable">IPv4 of a name beside it that nobody made.</param>
/// <param name="Steps">The ways that were tried, in Outlook's order; none of a way that does not exist.</param>
public sealed record AutodiscoverTrace(DnsAnswer Srv, DnsAnswer A, DnsAnswer Aaaa, DnsAnswer Improbable, ImmutableArray<AutodiscoverStep> Steps)
{
    /// <summary>The record that counts first; null where there is none, or it says that there is no such service (RFC 2782).</summary>
    public SrvRecord? Record => Preferred(Srv);

    /// <summary><c>autodiscover.DOMAIN</c> was made, and is not only answered by a wildcard.</summary>
    public bool HasHost => A.Addresses.Concat(Aaaa.Addresses).Any() && !IsWildcard;

    /// <summary>What <c>autodiscover.DOMAIN</c> is an alias for.</summary>
    public ImmutableArray<string> Aliases => IsWildcard ? [] : A.Aliases.IsEmpty ? Aaaa.Aliases : A.Aliases;

    /// <summary>The first way by which Autodiscover answers; null where none does.</summary>
    public AutodiscoverStep? Answering => Steps.FirstOrDefault(s => s.Answers);

    private bool IsWildcard => Improbable.Status == DnsStatus.Answered
        && Improbable.Aliases.SequenceEqual(A.Aliases)
        && Improbable.Addresses.ToHashSet<IPAddress>().SetEquals(A.Addresses);

    /// <summary>A way, where it was tried.</summary>
    public AutodiscoverStep? Step(AutodiscoverWay way) => Steps.FirstOrDefault(s => s.Way == way);

    /// <summary>Of SRV records the one that counts first.</summary>
    internal static SrvRecord? Preferred(DnsAnswer srv) =>
        srv.Records.OfType<SrvRecord>().Where(r => r.Target.Length > 0).OrderBy(r => r.Priority).ThenByDescending(r => r.Weight).ThenBy(r => r.Target, StringComparer.Ordinal).FirstOrDefault();
}
