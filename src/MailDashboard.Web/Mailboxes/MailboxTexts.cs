namespace MailDashboard.Web.Mailboxes;

/// <summary>Names the resources of the pages about mailboxes.</summary>
public sealed class MailboxTexts;
