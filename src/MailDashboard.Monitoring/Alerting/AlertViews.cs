using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>An alert as the pages show it.</summary>
public sealed record AlertView(
    long Id,
    string Family,
    string Code,
    Subject Subject,
    AlertStatus Status,
    Severity Severity,
    ImmutableArray<Evidence> Evidence,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? ResolvedAt,
    IReadOnlyList<(int Id, string DisplayName)> Domains)
{
    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    /// <summary>Null where nobody muted it, or the end has come.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    public string? MutedBy { get; init; }

    /// <summary>It could not be looked at since then.</summary>
    public DateTimeOffset? UndeterminedSince { get; init; }

    /// <summary>It was there at the domain's first audit.</summary>
    public bool FromFirstAudit { get; init; }
}

/// <summary>A message about an alert: who was told, when, and whether it arrived at their server.</summary>
public sealed record MessageView(string Kind, string Recipient, string Subject, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? AbandonedAt, int Attempts, string? LastError);

/// <summary>How the messages by one channel fared: for who may know that people were told, but not whom, nor what servers replied.</summary>
/// <param name="Channel">Its name; null where it is no longer here.</param>
/// <param name="LastAt">When the latest was sent or written.</param>
public sealed record ToldView(string? Channel, int Sent, int Waiting, int Abandoned, DateTimeOffset LastAt);

/// <summary>A line of an incident's history.</summary>
public sealed record EventView(DateTimeOffset At, string Kind, string? Actor, string? Text, DateTimeOffset? Until);

/// <summary>Which alerts a list shows.</summary>
public enum AlertShow
{
    /// <summary>Not over yet.</summary>
    Open,

    /// <summary>Open, and nobody takes care of them.</summary>
    Unhandled,

    /// <summary>Open, and somebody does, or muted them.</summary>
    Handled,

    /// <summary>Opened within the last day, over again or not.</summary>
    New,

    /// <summary>Over.</summary>
    Resolved,
}

/// <summary>What a list of alerts shows.</summary>
/// <param name="Show">By state.</param>
/// <param name="Family">Of one family; null for all.</param>
/// <param name="Tag">With a domain that bears it; null for all.</param>
/// <param name="Text">Part of the subject or of a domain's name; null for all.</param>
public sealed record AlertFilter(AlertShow Show, string? Family = null, string? Tag = null, string? Text = null);
