using System.Net;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>How far a test for an open relay came.</summary>
public enum RelayEnd
{
    /// <summary>It accepted a recipient of somebody else's, from a sender of somebody else's.</summary>
    Accepted,

    /// <summary>It refused sender or recipient for good, or nothing listens on port 25.</summary>
    Refused,

    /// <summary>It did neither: a temporary refusal, no whole reply, no connection.</summary>
    Unclear,
}

/// <summary>What a test for an open relay showed.</summary>
/// <param name="Host">The host tested.</param>
/// <param name="Address">The address tested.</param>
/// <param name="End">How it ended.</param>
/// <param name="Said">The reply that decided, or why there is none. Hostile text.</param>
/// <param name="IsFromInside">
/// We are on the same machine or network as the server, which may relay for us on purpose: that it accepts proves nothing.
/// </param>
public sealed record RelayObservation(string Host, IPAddress Address, RelayEnd End, string Said, bool IsFromInside)
{
    /// <summary>The conversation; null where there was no connection.</summary>
    public HostConversation? Conversation { get; init; }
}

/// <summary>
/// Tests whether a server relays for strangers. Only ever for a host whose owner asked for it: to any other it would look like an attack.
/// </summary>
public interface IRelayProbe
{
    /// <summary>Tests one address. Failure is data; throws only when cancelled by the caller.</summary>
    Task<RelayObservation> TestAsync(string host, IPAddress address, CancellationToken cancellationToken);
}
