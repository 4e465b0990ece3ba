using System.Text;
using MimeKit;
using MimeKit.Text;

namespace MailDashboard.Mail.Sending;

/// <summary>Builds the MIME message of an <see cref="OutgoingMail"/>.</summary>
public static class OutgoingMime
{
    /// <summary>The field of <see cref="OutgoingMail.Mark"/>.</summary>
    public const string MarkField = "X-Mail-Dashboard-Test";

    /// <summary>multipart/alternative in UTF-8, with <c>Auto-Submitted: auto-generated</c> (RFC 3834) so that nobody's absence notice answers.</summary>
    /// <exception cref="ParseException">Sender or recipient is no address.</exception>
    public static MimeMessage Build(OutgoingMail mail, string senderAddress, string? senderName, DateTimeOffset date)
    {
        var message = new MimeMessage();
        var sender = MailboxAddress.Parse(senderAddress);
        sender.Name = senderName is null ? null : OneLine(senderName);
        message.From.Add(sender);
        message.To.Add(MailboxAddress.Parse(mail.Recipient));
        message.Subject = OneLine(mail.Subject);
        message.Date = date;
        message.MessageId = mail.MessageId;
        if (mail.InReplyTo is { } first)
        {
            message.InReplyTo = first;
            message.References.Add(first);
        }

        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        if (mail.Mark is { } mark)
        {
            message.Headers.Add(MarkField, mark);
        }

        message.Body = new MultipartAlternative
        {
            Part(TextFormat.Plain, mail.TextBody),
            Part(TextFormat.Html, mail.HtmlBody),
        };
        return message;
    }

    /// <summary>Nothing from outside may begin a header of its own.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    /// <summary>The same, cut where it is longer than that many characters, which is then seen.</summary>
    public static string OneLine(string text, int longest)
    {
        var line = OneLine(text);
        return line.Length > longest ? line[..longest] + "…" : line;
    }

    /// <summary>A message id of ours.</summary>
    /// <param name="host">Right of the @: a name of ours.</param>
    public static string NewMessageId(string host) => $"{Guid.NewGuid():n}@{host}";

    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
