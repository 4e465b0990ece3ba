using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Recording;

/// <summary>
/// Findings that follow from what is remembered, and not from one look: unconfirmed changes, and drift from what is wanted. Judged
/// after each audit, and whenever somebody confirms or pins something.
/// </summary>
internal static class Standing
{
    public static void Apply(DomainMemory memory, DateTimeOffset now)
    {
        foreach (var opened in Lay(memory, ChangeFindings.Descriptor.Id, ChangeWatch.Standing(memory, now), now))
        {
            opened.FirstSeenAt = ChangeWatch.Since(memory, opened);
        }

        Lay(memory, DriftFindings.Descriptor.Id, DesiredWatch.Standing(memory), now);
    }

    private static IReadOnlyList<FindingRow> Lay(DomainMemory memory, string family, Checks.CheckOutcome outcome, DateTimeOffset now)
    {
        var opened = FindingHistory.Apply(memory.Findings, family, outcome, memory.Domain.Id, now);
        memory.Findings.AddRange(opened);
        memory.Db.Findings.AddRange(opened);
        return opened;
    }
}
