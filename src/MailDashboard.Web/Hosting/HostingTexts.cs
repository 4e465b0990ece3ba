namespace MailDashboard.Web.Hosting;

/// <summary>Names the resources of what is said before any page can be.</summary>
public sealed class HostingTexts;
