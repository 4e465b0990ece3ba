using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Shared;

namespace MailDashboard.Web.Domains;

/// <summary>Writes a stored finding in the reader's language; one of another version of the program shows its code alone.</summary>
internal static class StoredFindingViews
{
    /// <param name="domainId">Of the page that shows it; null where no transcript belongs to it.</param>
    public static FindingView Of(StoredFinding finding, string domain, int? domainId = null)
    {
        var view = FamilyCatalogue.Family(finding.Family) is { } family && FamilyCatalogue.Definition(finding.Code) is { } definition
            ? FindingView.Of(family, new Finding(definition, finding.Subject, finding.Evidence, finding.Proposal, finding.Severity), domain, CultureInfo.CurrentUICulture)
            : new FindingView(finding.Code, finding.Severity, finding.Code, "", [.. finding.Evidence.Select(e => new EvidenceView(e.Label, e.Value, e.Source))], [], finding.Proposal, "", finding.Family, finding.Subject.ToString());
        return view with
        {
            FirstSeenAt = finding.FirstSeenAt,
            LastSeenAt = finding.LastSeenAt,
            ResolvedAt = finding.ResolvedAt,
            UndeterminedSince = finding.UndeterminedSince,
            TranscriptHref = domainId is { } id && finding.ResolvedAt is null ? string.Create(CultureInfo.InvariantCulture, $"domains/{id}?tab=transcript&finding={finding.Id}") : null,
        };
    }
}
