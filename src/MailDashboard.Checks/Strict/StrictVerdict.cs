using System.Collections.Immutable;
using MailDashboard.Checks.Compliance;

namespace MailDashboard.Checks.Strict;

/// <summary>How one condition stands.</summary>
/// <param name="Status">Never at risk: a condition is met, or it is not.</param>
public sealed record StrictVerdict(StrictCondition Condition, ComplianceStatus Status, ImmutableArray<ComplianceReason> Reasons);
