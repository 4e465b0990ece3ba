using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>What it means for an alert that a domain's audit did not show it.</summary>
internal enum AbsentMeaning
{
    /// <summary>It is gone.</summary>
    Gone,

    /// <summary>It could not be told.</summary>
    Unknown,

    /// <summary>Another domain behind the same host still sees it: that one's own audits end it.</summary>
    SeenByOthers,

    /// <summary>The domain has nothing to do with it any more, or somebody accepted it there.</summary>
    NotOurs,
}

internal static class AbsentLook
{
    public static async Task<AbsentMeaning> OfAsync(DomainMemory memory, Alert alert, AuditReport report, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (alert.Family == ListingWatch.Family)
        {
            var outcome = report.Families.First(f => f.Family == ListingWatch.Family).Outcome;
            var seen = ListingWatch.About(outcome, Subject.Parse(alert.SubjectKey));
            return seen is { Look: AlertLook.Absent, IsWatched: false } ? AbsentMeaning.NotOurs
                : seen.Look == AlertLook.Absent ? AbsentMeaning.Gone
                : AbsentMeaning.Unknown;
        }

        if (memory.Findings.Exists(f => f.ResolvedAt is null && f.Code == alert.Code && f.SubjectKey == alert.SubjectKey && Acceptance.Covers(memory.Accepted, f, now)))
        {
            return AbsentMeaning.NotOurs;
        }

        var others = alert.Domains.Select(d => d.DomainId).Where(id => id != memory.Domain.Id).ToList();
        return others.Count > 0 && await memory.Db.Findings.AnyAsync(
            f => others.Contains(f.DomainId) && f.Code == alert.Code && f.SubjectKey == alert.SubjectKey && f.ResolvedAt == null, cancellationToken)
            ? AbsentMeaning.SeenByOthers
            : AbsentMeaning.Gone;
    }
}
