using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Persistence.Entities;

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
    DateTimeOffset? UndeterminedSince);

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
/// <param name="Findings">Open ones, worst first.</param>
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
    IReadOnlyList<ScorePoint> Trend);
