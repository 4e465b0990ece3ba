using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>How a question ended. Each is kept apart, because each means something else.</summary>
public enum DnsStatus
{
    /// <summary>NOERROR with at least one record of the type asked.</summary>
    Answered,

    /// <summary>NOERROR without a record of that type: the name exists.</summary>
    NoData,

    /// <summary>NXDOMAIN: the name does not exist.</summary>
    NxDomain,

    /// <summary>The resolver failed (SERVFAIL): dead or bogus zone, or its own trouble.</summary>
    ServFail,

    /// <summary>The resolver refuses to answer us.</summary>
    Refused,

    /// <summary>No answer within the time allowed.</summary>
    Timeout,

    /// <summary>An answer that cannot be read, or another error code.</summary>
    Malformed,

    /// <summary>The resolver could not be reached at all.</summary>
    Unreachable,

    /// <summary>The name cannot be asked: a label over 63 octets, a name over 253, an empty label.</summary>
    InvalidName,

    /// <summary>The audit has used up the questions it may ask.</summary>
    BudgetSpent,
}

/// <summary>A question.</summary>
/// <param name="Name">Lower case, without a trailing dot.</param>
/// <param name="Type">The record type.</param>
public readonly record struct DnsQuestion(string Name, DnsRecordType Type);

/// <summary>The end of a question. A failure is data, never an exception.</summary>
public sealed record DnsAnswer(DnsQuestion Question, DnsStatus Status)
{
    /// <summary>Records of the type asked, after following aliases; empty unless <see cref="DnsStatus.Answered"/>.</summary>
    public ImmutableArray<DnsRecord> Records { get; init; } = [];

    /// <summary>Targets of the CNAMEs followed, in order; empty where the name is no alias.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The resolver says that it validated the answer (AD bit, RFC 4035).</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>Which server answered, as <c>address#port</c>.</summary>
    public string Server { get; init; } = "";

    /// <summary>How long it took on the wire; zero from the cache.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When the answer arrived.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>
    /// Seconds that this answer may be kept: the lowest TTL of its aliases and records, less the time it has been in our
    /// cache. Null for a failure, and for a negative answer without an alias: see <see cref="NegativeTtl"/>.
    /// </summary>
    public uint? Ttl { get; init; }

    /// <summary>Seconds that a negative answer may be kept, from the SOA in the authority section (RFC 2308).</summary>
    public uint? NegativeTtl { get; init; }

    /// <summary>For a negative answer the zone that gave it: the owner of that SOA, where it is the name or above it; else null.</summary>
    public string? Zone { get; init; }

    /// <summary>For a failure: what exactly was seen.</summary>
    public string? Detail { get; init; }

    /// <summary>True where our cache, or an equal question under way, gave it.</summary>
    public bool FromCache { get; init; }

    /// <summary>DNS told us what is there, or that nothing is: anything else is "could not look".</summary>
    public bool IsDefinite => Status is DnsStatus.Answered or DnsStatus.NoData or DnsStatus.NxDomain or DnsStatus.InvalidName;

    /// <summary>The addresses of an A or AAAA answer.</summary>
    public IEnumerable<IPAddress> Addresses => Records.OfType<AddressRecord>().Select(r => r.Address);

    /// <summary>The texts of a TXT answer.</summary>
    public IEnumerable<string> Texts => Records.OfType<TxtRecord>().Select(r => r.Text);

    /// <summary>The exchangers of an MX answer, best first.</summary>
    public IEnumerable<MxRecord> Exchanges => Records.OfType<MxRecord>().OrderBy(r => r.Preference).ThenBy(r => r.Exchange, StringComparer.Ordinal);

    /// <summary>The names of a CNAME, NS or PTR answer.</summary>
    public IEnumerable<string> Names => Records.OfType<NameRecord>().Select(r => r.Target);

    /// <summary><see cref="Detail"/> of a name whose aliases lead in a circle.</summary>
    public const string AliasLoop = "CNAME loop";

    /// <summary>Why this could not be determined: <c>DnsTimeout</c>, <c>DnsServFail</c> … with name, type and server.</summary>
    public Reason WhyNot() => Detail == AliasLoop ? Reason.Of("DnsAliasLoop", Question.Name, Question.Type.ToString(), Server)
        : Status == DnsStatus.Unreachable && Server.Length == 0
        ? Reason.Of("DnsNoServers", Question.Name, Question.Type.ToString())
        : Reason.Of($"Dns{Status}", Question.Name, Question.Type.ToString(), Server);
}
