using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Tls;

/// <summary>One port, and what it showed.</summary>
/// <param name="Host">The name that was meant.</param>
/// <param name="Address">Where it was asked.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Protocol">What mail programs speak there; null for a mail exchanger.</param>
/// <param name="Origin">How we came to know of it.</param>
/// <param name="Seen">Null where the audit's time was over first.</param>
public sealed record TlsPort(string Host, IPAddress Address, int Port, ClientProtocol? Protocol, ServiceOrigin Origin, TlsVersionObservation? Seen)
{
    /// <summary>People log in there.</summary>
    public bool IsForClients => Protocol is not null;

    /// <summary>What statements are about.</summary>
    public Subject Subject => Subject.Service(Host, Address, Port);
}

/// <summary>What was seen of TLS on every port.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Ports">Every port that was asked.</param>
/// <param name="At">When, for what is left of a certificate's life.</param>
public sealed record TlsObservation(string Domain, ImmutableArray<TlsPort> Ports, DateTimeOffset At)
{
    /// <summary>The domain does not exist, and Mx says so.</summary>
    public bool IsMissing { get; init; }

    /// <summary>It neither sends nor receives.</summary>
    public bool IsParked { get; init; }

    /// <summary>Judged by the strict profile.</summary>
    public bool IsStrict { get; init; }

    /// <summary>An answer of DNS that left open which ports there are.</summary>
    public DnsAnswer? Unanswered { get; init; }
}
