namespace MailDashboard.Web.Domains;

/// <summary>Names the resources of the pages about domains.</summary>
public sealed class DomainsTexts;
