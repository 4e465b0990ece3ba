using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>The right to audit a domain until its time is over. The token is new with every lease: who lost one cannot write by another.</summary>
/// <param name="Domain">As it was when leased.</param>
/// <param name="Token">What the row bears while the lease holds.</param>
public sealed record Lease(MailDomain Domain, string Token)
{
    /// <summary>An alert waits for a look that is not our own cache.</summary>
    public bool IsSecondLook { get; init; }
}
