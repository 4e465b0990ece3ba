using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Recording;

/// <summary>Lays one outcome over the open findings of its family: opened, seen again, resolved, or standing because nobody could look.</summary>
internal static class FindingHistory
{
    /// <returns>Findings to add.</returns>
    public static IReadOnlyList<FindingRow> Apply(IEnumerable<FindingRow> open, string family, CheckOutcome outcome, int domainId, DateTimeOffset now)
    {
        var known = open.Where(f => f.Family == family && f.ResolvedAt is null).ToDictionary(f => (f.Code, f.SubjectKey));
        var added = new List<FindingRow>();
        foreach (var finding in outcome.Findings.DistinctBy(f => (f.Code, f.Subject.Key)))
        {
            if (known.Remove((finding.Code, finding.Subject.Key), out var row))
            {
                Refresh(row, finding, now);
            }
            else
            {
                added.Add(Open(finding, family, domainId, now));
            }
        }

        foreach (var absent in known.Values)
        {
            if (outcome.Details.IsDetermined(Subject.Parse(absent.SubjectKey)))
            {
                absent.ResolvedAt = now;
            }
            else if (!outcome.Undetermined.Any(u => u.WasNotTried && u.Subject.Key == absent.SubjectKey))
            {
                absent.UndeterminedSince ??= now;
            }
        }

        return added;
    }

    private static void Refresh(FindingRow row, Finding finding, DateTimeOffset now)
    {
        row.Severity = finding.Severity;
        row.EvidenceJson = StoredJson.Write(finding.Evidence);
        row.ProposalJson = StoredJson.Write(finding.Proposal);
        row.LastSeenAt = now;
        row.UndeterminedSince = null;
    }

    private static FindingRow Open(Finding finding, string family, int domainId, DateTimeOffset now) => new()
    {
        DomainId = domainId,
        Family = family,
        Code = finding.Code,
        SubjectKey = finding.Subject.Key,
        Severity = finding.Severity,
        EvidenceJson = StoredJson.Write(finding.Evidence),
        ProposalJson = StoredJson.Write(finding.Proposal),
        FirstSeenAt = now,
        LastSeenAt = now,
    };
}
