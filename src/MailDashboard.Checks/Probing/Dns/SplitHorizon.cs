using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// Notices that a resolver shows the inside view of a network: it gives private addresses for a name of the public DNS.
/// What the rest of the world sees is then unknown, and nothing that depends on it may be concluded.
/// </summary>
public static class SplitHorizon
{
    // RFC 6761, 6762, 8375, 9476, ICANN's .internal, and what people used before there was one.
    private static readonly ImmutableArray<string> InsideNames =
        ["local", "localhost", "internal", "test", "invalid", "alt", "home.arpa", "lan", "home", "corp", "intranet", "private", "localdomain"];

    /// <summary>
    /// The addresses of an A or AAAA answer that exist only inside some network, where its name is one of the public DNS.
    /// Loopback does not count: nobody's inside view has it, it is a mistake in the zone.
    /// </summary>
    public static ImmutableArray<IPAddress> InsideAddresses(DnsAnswer answer) =>
        IsPublicName(answer.Question.Name)
            ? [.. answer.Addresses.Where(a => SpecialAddresses.KindOf(a) is "private" or "unique local" or "shared address space")]
            : [];

    /// <summary>Whether the name can be one of the public DNS.</summary>
    public static bool IsPublicName(string name) =>
        name.Contains('.', StringComparison.Ordinal) && !InsideNames.Any(inside => DnsNames.IsEqualOrBelow(name, inside));
}
