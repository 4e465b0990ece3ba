namespace MailDashboard.Web.Toolbox;

/// <summary>Names the resources of the toolbox.</summary>
public sealed class ToolboxTexts;
