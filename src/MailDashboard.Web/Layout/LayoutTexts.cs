namespace MailDashboard.Web.Layout;

/// <summary>Names the resources of the frame around every page.</summary>
public sealed class LayoutTexts;
