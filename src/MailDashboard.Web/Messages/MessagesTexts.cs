namespace MailDashboard.Web.Messages;

/// <summary>Names the resources of the pages about tests of messages.</summary>
public sealed class MessagesTexts;
