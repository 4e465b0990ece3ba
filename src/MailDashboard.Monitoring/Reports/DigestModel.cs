using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Reports;

/// <summary>What operators are told once a day.</summary>
/// <param name="Since">What is new or over is counted from here.</param>
/// <param name="Domains">How many are watched.</param>
/// <param name="Pending">Seen once and not confirmed yet: counted, not told.</param>
public sealed record DigestModel(
    DateTimeOffset Since,
    int Domains,
    DigestGroup Open,
    DigestGroup Handled,
    DigestGroup Muted,
    int Pending,
    DigestGroup New,
    DigestGroup Over,
    IReadOnlyList<DigestIncident> Expiring,
    int UnknownDomains,
    IReadOnlyList<(string DisplayName, int Count)> Unknown)
{
    /// <summary>There is nothing to say.</summary>
    public bool IsCalm => Open.Count + Handled.Count + Muted.Count + Pending + New.Count + Over.Count + Expiring.Count + UnknownDomains == 0;
}

/// <summary>Incidents of a kind: the worst of them, and how many there are.</summary>
public sealed record DigestGroup(int Count, IReadOnlyList<DigestIncident> First);

/// <summary>One thing that is open, new, over, or near its end.</summary>
/// <param name="DisplayName">One of the domains behind it; empty where there is none.</param>
/// <param name="Domains">How many are.</param>
public sealed record DigestIncident(string Code, Subject Subject, ImmutableArray<Evidence> Evidence, string DisplayName, int Domains);
