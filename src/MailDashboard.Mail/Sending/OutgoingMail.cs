namespace MailDashboard.Mail.Sending;

/// <summary>A message to one recipient, text and HTML equal in content.</summary>
/// <param name="Recipient">Address.</param>
/// <param name="Subject">Line breaks and control characters are removed.</param>
/// <param name="TextBody">Plain text.</param>
/// <param name="HtmlBody">A whole HTML document.</param>
/// <param name="MessageId">Without angle brackets; a copy sent again bears the same.</param>
/// <param name="InReplyTo">Message id of the first of a thread (RFC 5322 §3.6.4).</param>
/// <param name="Language">RFC 5646 tag, for Content-Language.</param>
/// <param name="Mark">What the message is found by in a mailbox, in a field of its own: some providers put a Message-ID of theirs in place of ours.</param>
public sealed record OutgoingMail(
    string Recipient,
    string Subject,
    string TextBody,
    string HtmlBody,
    string MessageId,
    string? InReplyTo = null,
    string Language = "en",
    string? Mark = null);
