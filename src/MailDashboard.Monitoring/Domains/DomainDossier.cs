using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Domains;

/// <summary>A finding as stored, read back.</summary>
public sealed record StoredFinding(
    long Id,
    string Family,
    string Code,
    Subject Subject,
    Severity Severity,
    ImmutableArray<Evidence> Evidence,
    ProposedRecord? Proposal,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? UndeterminedSince)
{
    /// <summary>Somebody accepted it, which holds; else null.</summary>
    public AcceptedView? Accepted { get; init; }
}

/// <summary>Who accepted a finding, why, and for how long.</summary>
/// <param name="Until">The first moment at which it counts again.</param>
public sealed record AcceptedView(string Reason, DateTimeOffset Until, DateTimeOffset At, string By);

/// <summary>A change of a watched record or certificate.</summary>
/// <param name="Code">What it made worse; null where it did not.</param>
/// <param name="IsWaiting">Nobody has confirmed it, and it is still so.</param>
public sealed record ChangeView(
    long Id,
    DateTimeOffset At,
    WatchedChange Kind,
    string Name,
    string Type,
    ImmutableArray<string> Before,
    ImmutableArray<string> After,
    string? Code,
    Severity? WorseSeverity,
    bool IsWaiting,
    DateTimeOffset? ConfirmedAt,
    string? ConfirmedBy,
    string? Note);

/// <summary>What a record should be.</summary>
public sealed record DesiredView(string Name, string Type, ImmutableArray<string> Values, DateTimeOffset PinnedAt, string PinnedBy);

/// <summary>How a family stands.</summary>
public sealed record FamilyStanding(
    string Family,
    string Outcome,
    Reason? Reason,
    ImmutableArray<Undetermined> Undetermined,
    ImmutableArray<Fact> Facts,
    DateTimeOffset LastRunAt,
    DateTimeOffset? UndeterminedSince,
    int ElapsedMilliseconds);

/// <summary>A version of a record set.</summary>
public sealed record RecordHistoryItem(string Family, string Name, string Type, ImmutableArray<string> Values, DateTimeOffset SeenFrom, DateTimeOffset? SeenUntil);

/// <summary>The score from a moment on.</summary>
public sealed record ScorePoint(DateTimeOffset At, double Value, string Grade, int TableVersion);

/// <summary>Everything that is known of one domain.</summary>
/// <param name="Domain">The row itself, detached.</param>
/// <param name="Findings">Open ones that count, worst first: without those that somebody accepted.</param>
/// <param name="Resolved">Resolved ones, latest first.</param>
/// <param name="Records">Current and earlier versions, current first.</param>
/// <param name="Trend">The score of the last 90 days, oldest first.</param>
public sealed record DomainDossier(
    MailDomain Domain,
    IReadOnlyList<FamilyStanding> Families,
    IReadOnlyList<StoredFinding> Findings,
    IReadOnlyList<StoredFinding> Resolved,
    IReadOnlyList<RecordHistoryItem> Records,
    Score? Score,
    IReadOnlyList<ScorePoint> Trend)
{
    /// <summary>Open ones that somebody accepted, worst first.</summary>
    public IReadOnlyList<StoredFinding> Accepted { get; init; } = [];

    /// <summary>The latest changes of records and certificates, latest first.</summary>
    public IReadOnlyList<ChangeView> Changes { get; init; } = [];

    /// <summary>Pinned records, by name.</summary>
    public IReadOnlyList<DesiredView> Desired { get; init; } = [];
}
