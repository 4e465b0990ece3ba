using System.Collections.Immutable;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Smtp;

/// <summary>A name by which a server introduces itself, and what DNS says of it.</summary>
/// <param name="Name">As it was said, lower case; empty where it said none. Hostile text.</param>
/// <param name="A">Answer for IPv4; null where it is no name to ask for.</param>
/// <param name="Aaaa">Answer for IPv6; null likewise.</param>
public sealed record SpokenName(string Name, DnsAnswer? A, DnsAnswer? Aaaa)
{
    /// <summary>A name with at least one dot that DNS can be asked for.</summary>
    public bool IsFullName => A is not null;

    /// <summary>An answer that left open whether the name has an address.</summary>
    public DnsAnswer? Unanswered => Addresses.Any() ? null : A is { IsDefinite: false } ? A : Aaaa is { IsDefinite: false } ? Aaaa : null;

    /// <summary>Its addresses.</summary>
    public IEnumerable<System.Net.IPAddress> Addresses => (A?.Addresses ?? []).Concat(Aaaa?.Addresses ?? []);
}

/// <summary>One address of a mail server.</summary>
/// <param name="Probe">The conversation, shared with Mx and StartTls.</param>
/// <param name="IsOwn">It is confirmed as own, lies below the domain, or sends for it: its owner can mend it, and its name is seen by receivers.</param>
/// <param name="Greeting">The name in its greeting; null where it did not get so far.</param>
/// <param name="Hello">The name in its reply to EHLO or HELO; null likewise.</param>
/// <param name="Ptr">The reverse name; null where it was not asked.</param>
public sealed record SmtpServer(MxProbe Probe, bool IsOwn, SpokenName? Greeting = null, SpokenName? Hello = null, DnsAnswer? Ptr = null);

/// <summary>What was seen of how a domain's mail servers behave.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Receives">It takes mail.</param>
/// <param name="Targets">Where its mail goes.</param>
/// <param name="Servers">Each address of each host.</param>
public sealed record SmtpServersObservation(string Domain, bool Receives, MxTargets Targets, ImmutableArray<SmtpServer> Servers)
{
    /// <summary>Own hosts whose addresses DNS did not give, and why.</summary>
    public ImmutableArray<(string Host, Reason Why)> UntestedHosts { get; init; } = [];

    /// <summary>Tests of own hosts for an open relay; null is one that the audit's time did not allow.</summary>
    public ImmutableArray<(string Host, System.Net.IPAddress Address, RelayObservation? Seen)> Relays { get; init; } = [];

    /// <summary>The user confirmed a host as own.</summary>
    public bool HasOwnHosts { get; init; }
}
