using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>What a mail program speaks.</summary>
public enum ClientProtocol
{
    /// <summary>Sending (RFC 6409).</summary>
    Submission,

    /// <summary>Reading with IMAP (RFC 9051).</summary>
    Imap,

    /// <summary>Reading with POP3 (RFC 1939).</summary>
    Pop3,
}

/// <summary>How we came to know of a host.</summary>
public enum ServiceOrigin
{
    /// <summary>Its owner stated it.</summary>
    Stated,

    /// <summary>An SRV record names it (RFC 6186, RFC 8314 §5.1), so that programs will connect to it.</summary>
    Published,

    /// <summary>It has a usual name, or takes the domain's mail. That nothing answers there means nothing.</summary>
    Guessed,
}

/// <summary>One port that a mail program may connect to.</summary>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="Host">Lower case, A-labels, no trailing dot.</param>
/// <param name="Port">TCP port.</param>
/// <param name="ImplicitTls">TLS from the first octet (RFC 8314 §3); else STARTTLS.</param>
/// <param name="Origin">How we know of it.</param>
/// <param name="A">Answer for IPv4.</param>
/// <param name="Aaaa">Answer for IPv6.</param>
public sealed record ClientService(ClientProtocol Protocol, string Host, int Port, bool ImplicitTls, ServiceOrigin Origin, DnsAnswer A, DnsAnswer Aaaa)
{
    /// <summary>More addresses of one host are not looked at.</summary>
    public const int AddressLimit = 4;

    /// <summary>The addresses to connect to, IPv4 first.</summary>
    public ImmutableArray<System.Net.IPAddress> Addresses { get; } = [.. A.Addresses.Concat(Aaaa.Addresses).Distinct().Take(AddressLimit)];

    /// <summary>An answer that left open whether there are (more) addresses; null where both are definite.</summary>
    public DnsAnswer? Unanswered => !A.IsDefinite ? A : !Aaaa.IsDefinite ? Aaaa : null;
}
