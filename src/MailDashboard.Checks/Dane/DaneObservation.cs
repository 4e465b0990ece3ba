using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dnssec;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Dane;

/// <summary>What one address of a mail host presented.</summary>
/// <param name="Seen">Null where the audit's time was over first.</param>
/// <param name="Chain">Null without encryption, or without a certificate that can be read.</param>
public sealed record DaneAddress(MxProbe Seen, PresentedChain? Chain)
{
    /// <summary>A conversation took place.</summary>
    public bool IsMet => Seen.Seen?.Connect == ConnectStatus.Connected;

    /// <summary>The session was encrypted.</summary>
    public bool IsEncrypted => Seen.Seen?.Stage == SmtpStage.Encrypted;
}

/// <summary>A mail host and its TLSA records.</summary>
/// <param name="Host">As MX names it.</param>
/// <param name="Base">The TLSA base domain (RFC 7672 §2.2.3): the host, or what it is an alias for.</param>
/// <param name="IsSecure">The resolver vouches for its addresses, or for the alias that leads to them.</param>
/// <param name="Tlsa">The question that counts.</param>
public sealed record DaneHost(MxHost Host, string Base, bool IsSecure, CheckedQuestion Tlsa)
{
    /// <summary>More records of one host are not looked at.</summary>
    public const int MostRecords = 50;

    /// <summary>The addresses once more, past our own cache, where the question for TLSA failed.</summary>
    public DnsAnswer? Control { get; init; }

    /// <summary>What each address presented; empty where nobody asked.</summary>
    public ImmutableArray<DaneAddress> Addresses { get; init; } = [];

    /// <summary>Where the records are: <c>_25._tcp.mx.example.org</c>.</summary>
    public string Owner => Tlsa.First.Question.Name;

    /// <summary>What is there.</summary>
    public ImmutableArray<TlsaRecord> Records { get; } = [.. Tlsa.Last.Records.OfType<TlsaRecord>().Take(MostRecords)];

    /// <summary>Those of use to a sender.</summary>
    public ImmutableArray<TlsaRecord> Usable { get; } =
        [.. Tlsa.Last.Records.OfType<TlsaRecord>().Take(MostRecords).Where(r => TlsaUse.FaultOf(r) == TlsaFault.None)];

    /// <summary>Senders that go by DANE hold to them.</summary>
    public bool IsInForce => IsSecure && !Records.IsEmpty && DnssecObservation.IsVouchedFor(Tlsa.Last);

    /// <summary>Senders may not deliver there: TLSA fails again and again, and the name's address does not (RFC 7672 §2.1.2).</summary>
    public bool IsFailing =>
        IsSecure && Tlsa.First.Status == DnsStatus.ServFail && Tlsa.Last.Status == DnsStatus.ServFail
        && Control is { Status: DnsStatus.Answered, IsAuthenticated: true };

    /// <summary>What statements about its records are about.</summary>
    public Subject Subject => Subject.Record(Owner, "TLSA");
}

/// <summary>What was seen of a domain's DANE.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="Targets">Where its mail goes.</param>
/// <param name="Hosts">Each mail host with an address.</param>
public sealed record DaneObservation(string Domain, MailRoles Roles, MxTargets Targets, ImmutableArray<DaneHost> Hosts)
{
    /// <summary>DNSKEY of the root: AD there is a resolver that validates; null where it was not needed.</summary>
    public DnsAnswer? Root { get; init; }

    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>No connection was wanted.</summary>
    public bool DnsOnly { get; init; }

    /// <summary>The resolver vouched for something, so that what it does not vouch for is unsigned.</summary>
    public bool IsValidating =>
        DnssecObservation.IsVouchedFor(Targets.Mx)
        || Hosts.Any(h => h.IsSecure || DnssecObservation.IsVouchedFor(h.Tlsa.Last))
        || (Root is { } root && DnssecObservation.IsVouchedFor(root));
}
