using MailDashboard.Monitoring.Alerting;
using MailDashboard.Web.Domains;

namespace MailDashboard.Web.Alerts;

/// <summary>The one line that says what an alert is about.</summary>
internal static class AlertTitle
{
    public static string Of(AlertView alert) =>
        FamilyCatalogue.Text(alert.Code, alert.Subject, alert.Evidence, alert.Domains.Count > 0 ? alert.Domains[0].DisplayName : "")?.Title
        ?? $"{alert.Code} {alert.Subject}";
}
