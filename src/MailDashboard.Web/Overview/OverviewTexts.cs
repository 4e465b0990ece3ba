namespace MailDashboard.Web.Overview;

/// <summary>Names the resources of the overview.</summary>
public sealed class OverviewTexts;
