namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>A mail as it is stored: text and HTML say the same.</summary>
public sealed record ComposedMail(string Subject, string Text, string Html);
