using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Writes to one channel what is to be told of another.</summary>
internal sealed class ChannelNewsWriter(NotificationChannel about, ChannelNews news, int waiting, DashboardSettings settings, DateTimeOffset now)
{
    public const string WarningKind = "channel-warning";

    public const string ClearKind = "channel-clear";

    private string Kind => news == ChannelNews.Fails ? WarningKind : ClearKind;

    private string? Link => settings.PublicUrl is { } url ? $"{url}/settings/channels" : null;

    /// <summary>One row for what is posted.</summary>
    public OutboxMessage Post(NotificationChannel to)
    {
        var culture = CultureInfo.GetCultureInfo(to.Language);
        var (subject, lines) = Say(new ChannelTexts(culture));
        var told = new Announcement(AnnouncementKind.Warning, subject, string.Join('\n', lines), [], 0, Link, now);
        var row = Row(to, to.Name, to.Language, subject, told.Text, "");
        row.PayloadJson = ChannelPayloads.Compose(to.Kind, told, culture);
        return row;
    }

    /// <summary>One row for a recipient of e-mail.</summary>
    public OutboxMessage Mail(NotificationChannel to, AlertRecipient recipient)
    {
        var texts = new ChannelTexts(CultureInfo.GetCultureInfo(recipient.Language));
        var (subject, lines) = Say(texts);
        var body = new MailBody(texts.Culture).Fact(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            body.Paragraph(line);
        }

        var mail = body.Button(texts["Button"], Link).Footer(texts["Why"]).Close(subject);
        return Row(to, recipient.Address, recipient.Language, mail.Subject, mail.Text, mail.Html);
    }

    private (string Subject, IReadOnlyList<string> Lines) Say(ChannelTexts texts)
    {
        var name = InertText.Line(ChannelName.Of(about.Name, texts.Culture), ChannelRules.LongestName);
        var kind = texts[$"Kind.{about.Kind}"];
        if (news != ChannelNews.Fails)
        {
            return (texts.Format("Clear.Subject", name), [texts.Format("Clear.Fact", name, kind)]);
        }

        var since = texts.Time(about.FailingSince ?? now);
        var lines = new List<string> { texts.Format("Warning.Fact", name, kind, since) };
        if (waiting > 0)
        {
            lines.Add(texts.Format("Warning.Waiting", waiting));
        }

        if (about.LastError is { } error)
        {
            lines.Add(texts.Format("Warning.Last", InertText.Line(error, 300)));
        }

        lines.Add(texts["Warning.Do"]);
        return (texts.Format("Warning.Subject", name, since), lines);
    }

    private OutboxMessage Row(NotificationChannel to, string recipient, string language, string subject, string text, string html) => new()
    {
        Kind = Kind,
        ChannelId = to.Id,
        Recipient = recipient,
        Language = language,
        Subject = subject,
        TextBody = text,
        HtmlBody = html,
        MessageId = OutgoingMime.NewMessageId(settings.PublicHost),
        CreatedAt = now,
        NextAttemptAt = now,
    };
}
