namespace MailDashboard.Web.Blocklists;

/// <summary>Names the resources of the page about blocklists.</summary>
public sealed class BlocklistsTexts;
