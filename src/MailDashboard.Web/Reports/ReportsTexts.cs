namespace MailDashboard.Web.Reports;

/// <summary>Names the resources of the managers' page.</summary>
public sealed class ReportsTexts;
