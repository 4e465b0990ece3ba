using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Dmarc;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Judges a change of the TXT records at <c>_dmarc</c> of the domain, or of a domain above it that it inherits from.</summary>
internal static class DmarcChanges
{
    public static (FindingDefinition, Severity?)? Judge(RecordChange change)
    {
        var isOwn = change.Name == $"_dmarc.{change.Domain}";
        if (Policy(change.Before, isOwn, exists: true) is not { } before)
        {
            return null;
        }

        if (Policy(change.After, isOwn, exists: true) is not { } after)
        {
            return (ChangeFindings.DmarcRemoved, null);
        }

        if (after < before)
        {
            return (ChangeFindings.DmarcWeakened, after == DmarcPolicy.None ? Severity.Error : Severity.Warning);
        }

        return isOwn && (Policy(change.After, isOwn: false, exists: true) < Policy(change.Before, isOwn: false, exists: true)
            || Policy(change.After, isOwn: false, exists: false) < Policy(change.Before, isOwn: false, exists: false))
            ? (ChangeFindings.SubdomainsWeakened, null)
            : null;
    }

    /// <summary>As receivers apply it; null where there is no record, several, or one that they ignore.</summary>
    private static DmarcPolicy? Policy(ImmutableArray<string> texts, bool isOwn, bool exists) =>
        texts.Select(DmarcRecord.Parse).OfType<DmarcRecord>().ToList() is [var record]
            ? record.IsTesting ? record.RequestedFor(isOwn, exists)?.Lowered() : record.RequestedFor(isOwn, exists)
            : null;
}
