namespace MailDashboard.Web.Shared;

/// <summary>Names the resources of the components that every page uses.</summary>
public sealed class SharedTexts;
