using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Mx;

/// <summary>What was seen of a domain's way in.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="RolesAreStated">Somebody said so; otherwise they were read from DNS.</param>
/// <param name="Targets">Where its mail goes.</param>
public sealed record MxObservation(string Domain, MailRoles Roles, bool RolesAreStated, MxTargets Targets)
{
    /// <summary>Conversations with every address; empty under <see cref="DnsOnly"/>.</summary>
    public ImmutableArray<MxProbe> Probes { get; init; } = [];

    /// <summary>No connection was wanted.</summary>
    public bool DnsOnly { get; init; }

    /// <summary>Some server could be reached on port 25 from here lately.</summary>
    public bool Port25IsProven { get; init; }

    /// <summary>Very likely this network closes port 25 outward.</summary>
    public bool Port25IsBlocked { get; init; }
}
