using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Watching;

/// <summary>
/// Tells a change in DNS from a change of what is looked at. Families mention only what is there: a record that is mentioned no
/// more may be gone, or nobody looks for it any more.
/// </summary>
internal static class ChangeNews
{
    /// <param name="wasKnown">The family had come to a verdict before: what it did not mention then was not there.</param>
    public static IEnumerable<RecordChange> Of(MailDomain domain, FamilyReport report, IEnumerable<SeenChange> changes, bool wasKnown)
    {
        // Nothing before the first audit was known; the whole of it is no news.
        if (domain.FirstAuditAt is null)
        {
            return [];
        }

        return changes.Where(c => c switch
        {
            { Before: null } => wasKnown && IsOwnName(domain, c.Name) && IsNewsWhereNew(report.Family, c),
            { After: null } => report.Outcome is CheckOutcome.Completed && IsStillLookedFor(domain, report.Family, c, report.Outcome),
            _ => true,
        }).Select(c => new RecordChange(domain.Name, c.Name, c.Type, c.Before ?? [], c.After ?? []));
    }

    /// <summary>A host that joined brings its certificate, a key its alias: the record that names them is the news.</summary>
    private static bool IsNewsWhereNew(string family, SeenChange change) =>
        change.Type != ObservedCertificate.RecordType && !(family == "dkim" && change.Type == "CNAME");

    private static bool IsStillLookedFor(MailDomain domain, string family, SeenChange change, CheckOutcome outcome)
    {
        // Certificates go with their hosts, included SPF records with what includes them.
        if (change.Type is ObservedCertificate.RecordType || (family == "spf" && change.Name != domain.Name))
        {
            return false;
        }

        // TLSA records go with their hosts too; Dane says of which ones it has asked.
        if (change.Type == "TLSA")
        {
            return outcome.Details.Determined.Contains(Subject.Record(change.Name, change.Type));
        }

        var mark = change.Name.IndexOf("._domainkey.", StringComparison.Ordinal);
        if (mark > 0)
        {
            var selector = change.Name[..mark];
            return IsOwnName(domain, change.Name) && (domain.Selectors.Contains(selector) || DkimSelectors.WellKnown.Contains(selector));
        }

        return IsOwnName(domain, change.Name) || IsInheritedDmarc(domain, change, outcome);
    }

    private static bool IsOwnName(MailDomain domain, string name) => name == domain.Name || name.EndsWith("." + domain.Name, StringComparison.Ordinal);

    /// <summary>The record of a domain above it, where none nearer took its place.</summary>
    private static bool IsInheritedDmarc(MailDomain domain, SeenChange change, CheckOutcome outcome) =>
        change.Name.StartsWith("_dmarc.", StringComparison.Ordinal)
        && domain.Name.EndsWith(change.Name[6..], StringComparison.Ordinal)
        && !outcome.Details.Records.Any(r => r.Name.StartsWith("_dmarc.", StringComparison.Ordinal) && r.Name.Length > change.Name.Length);
}
