using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Accepting;

/// <summary>What an accepted finding means for the counts. Pure.</summary>
internal static class Acceptance
{
    /// <summary>The finding is accepted: the end has not come, and it is no worse than it was then.</summary>
    public static bool Covers(IEnumerable<AcceptedFinding> accepted, FindingRow finding, DateTimeOffset now) => Find(accepted, finding, now) is not null;

    /// <summary>The acceptance that holds; null where there is none.</summary>
    public static AcceptedFinding? Find(IEnumerable<AcceptedFinding> accepted, FindingRow finding, DateTimeOffset now) =>
        accepted.FirstOrDefault(a => a.Code == finding.Code && a.SubjectKey == finding.SubjectKey && a.Until > now && finding.Severity <= a.Severity);

    /// <summary>The domain is looked at when an acceptance ends, so that the finding counts again at once.</summary>
    public static void LookAtTheEnd(MailDomain domain, IEnumerable<AcceptedFinding> accepted, DateTimeOffset now)
    {
        foreach (var end in accepted.Where(a => a.Until > now).Select(a => a.Until))
        {
            domain.NextDnsAt = end < domain.NextDnsAt ? end : domain.NextDnsAt;
            domain.NextDueAt = end < domain.NextDueAt ? end : domain.NextDueAt;
        }
    }
}
