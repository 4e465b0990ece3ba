namespace MailDashboard.Web.Compliance;

/// <summary>Names the resources of the pages about providers' rules and the strict profile.</summary>
public sealed class ComplianceTexts;
