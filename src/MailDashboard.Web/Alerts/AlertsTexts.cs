namespace MailDashboard.Web.Alerts;

/// <summary>Names the resources of the pages about alerts.</summary>
public sealed class AlertsTexts;
