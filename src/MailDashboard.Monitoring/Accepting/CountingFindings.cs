using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Accepting;

/// <summary>The findings that count: <see cref="Acceptance"/> for the database.</summary>
internal static class CountingFindings
{
    /// <summary>Open ones that nobody has accepted, or that have got worse since.</summary>
    public static IQueryable<FindingRow> Of(DashboardContext db, DateTimeOffset now) => db.Findings.Where(f => f.ResolvedAt == null
        && !db.AcceptedFindings.Any(a => a.DomainId == f.DomainId && a.Code == f.Code && a.SubjectKey == f.SubjectKey && a.Until > now && f.Severity <= a.Severity));
}
