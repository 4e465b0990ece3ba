using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Overview;

/// <summary>What ends within a week, and certificates near their end.</summary>
internal static class ExpiryReader
{
    private const int Most = 50;

    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public static async Task<IReadOnlyList<Expiry>> ReadAsync(DashboardContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + Soon;
        var certificates = await CertificateEnds.ReadAsync(db, cancellationToken);
        var accepted = await AcceptancesAsync(db, now, until, cancellationToken);
        var mutes = await IncidentLines.ReadAsync(
            db, db.Alerts.AsNoTracking().Where(a => a.ResolvedAt == null && a.MutedUntil > now && a.MutedUntil <= until).OrderBy(a => a.MutedUntil).Take(Most), now, cancellationToken);
        var windows = await db.MaintenanceWindows.AsNoTracking().ToListAsync(cancellationToken);
        var works = from window in windows
                    let end = window.WeekDays == 0 ? window.StartsAt.AddMinutes(window.Minutes) : window.EndsAt?.AddMinutes(window.Minutes)
                    where end > now && end <= until
                    select new Expiry.Work(window.Reason, MaintenanceCalendar.EndOfCurrent(window, now) is not null, end.Value);
        return [.. certificates.Concat<Expiry>(accepted).Concat(mutes.Select(m => new Expiry.Mute(m.Alert))).Concat(works).OrderBy(e => e.At ?? now).Take(Most)];
    }

    /// <summary>Only where the finding is still there: else nothing happens at the end.</summary>
    private static async Task<IReadOnlyList<Expiry.Acceptance>> AcceptancesAsync(DashboardContext db, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var rows = await (
            from a in db.AcceptedFindings.AsNoTracking()
            join f in db.Findings.AsNoTracking() on new { a.DomainId, a.Code, a.SubjectKey } equals new { f.DomainId, f.Code, f.SubjectKey }
            join d in db.Domains on a.DomainId equals d.Id
            where a.Until > now && a.Until <= until && f.ResolvedAt == null
            orderby a.Until
            select new { a.Reason, a.Until, Finding = f, d.DisplayName }).Take(Most).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new Expiry.Acceptance(OverviewQuery.Top(r.Finding), r.Reason, r.Finding.DomainId, r.DisplayName, r.Until))];
    }
}
