using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Scoring;

/// <summary>Computes a score from grades. Placeholder until the table is in place.</summary>
public static class Scorer
{
    /// <summary>The score of one report on its own.</summary>
    public static Score? Compute(AuditReport report) => null;
}
