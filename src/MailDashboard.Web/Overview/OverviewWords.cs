using MailDashboard.Monitoring.Overview;
using MailDashboard.Web.Domains;

namespace MailDashboard.Web.Overview;

/// <summary>Words that several cards use.</summary>
internal static class OverviewWords
{
    /// <summary>The title of a finding; its code where it is not ours.</summary>
    public static string Title(TopFinding finding, string domain) =>
        FamilyCatalogue.Text(finding.Code, finding.Subject, finding.Evidence, domain)?.Title ?? finding.Code;
}
