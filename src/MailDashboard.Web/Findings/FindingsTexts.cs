namespace MailDashboard.Web.Findings;

/// <summary>Names the resources of the page about one code.</summary>
public sealed class FindingsTexts;
