using MailDashboard.Monitoring.Alerting;

namespace MailDashboard.Monitoring.Overview;

/// <summary>Something that ends soon.</summary>
public abstract record Expiry
{
    private Expiry(DateTimeOffset? at) => At = at;

    /// <summary>When; null where nobody wrote it down.</summary>
    public DateTimeOffset? At { get; }

    /// <summary>A certificate.</summary>
    /// <param name="Share">Of its lifetime that is used, in percent.</param>
    /// <param name="AlertId">The alert about it; null where only a finding says so.</param>
    /// <param name="DomainId">One of the domains that use the host.</param>
    public sealed record Certificate(string Host, int Share, DateTimeOffset? At, long? AlertId, int DomainId, string Family) : Expiry(At);

    /// <summary>A finding counts again from then on.</summary>
    public sealed record Acceptance(TopFinding Finding, string Reason, int DomainId, string DisplayName, DateTimeOffset? At) : Expiry(At);

    /// <summary>People are told of an alert again from then on.</summary>
    public sealed record Mute(AlertView Alert) : Expiry(Alert.MutedUntil);

    /// <summary>Announced work is over.</summary>
    public sealed record Work(string Reason, bool IsRunning, DateTimeOffset? At) : Expiry(At);
}
