using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>What the recorder hands over about one audit.</summary>
/// <param name="Report">What ran and what it showed.</param>
/// <param name="Events">Changes recorded just now.</param>
/// <param name="ScoreBefore">By the same table; null where there was none.</param>
/// <param name="TableVersion">Of the score now.</param>
/// <param name="IsFirst">The domain's first audit: people learn of it by one summary at most.</param>
internal sealed record AuditLook(AuditReport Report, IReadOnlyList<ChangeEvent> Events, double? ScoreBefore, int TableVersion, bool IsFirst);
