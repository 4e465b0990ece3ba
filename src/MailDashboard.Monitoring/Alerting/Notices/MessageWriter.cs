using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>
/// Writes one outbox row for each recipient of a channel, whatever the number of alerts. Recipients are those of this moment: who is
/// added later finds the alert on its page; a missing profile only delays what is written here.
/// </summary>
internal static class MessageWriter
{
    public static async Task WriteAsync(DashboardContext db, List<NoticeItem> items, AlertedDomains domains, DashboardSettings current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        var channels = await db.NotificationChannels.AsNoTracking().Where(c => c.IsEnabled).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var recipients = (await db.AlertRecipients.AsNoTracking().Where(r => r.IsEnabled).OrderBy(r => r.Id).ToListAsync(cancellationToken)).ToLookup(r => r.ChannelId);
        var affected = await AffectedDomains.LoadAsync(db, [.. items.Select(i => i.Alert).Distinct()], cancellationToken);

        // Who reads two channels is told once.
        var mailed = new HashSet<(string Address, long AlertId, Telling Telling)>();
        foreach (var channel in channels)
        {
            // Two rules that tell of one alert by one channel tell of it once.
            var own = items.Where(i => i.Rule.ChannelIds.Contains(channel.Id)).DistinctBy(i => (i.Alert.Id, i.Verdict.Telling)).ToList();
            if (own.Count == 0)
            {
                continue;
            }

            if (channel.Kind != ChannelKind.Email)
            {
                WritePost(db, channel, own, [.. own.Select(i => Facts(i, domains, affected))], current, now);
            }

            foreach (var recipient in channel.Kind == ChannelKind.Email ? recipients[channel.Id] : [])
            {
                var news = own.FindAll(i => mailed.Add((recipient.Address, i.Alert.Id, i.Verdict.Telling)));
                if (news.Count > 0)
                {
                    await WriteMailAsync(db, channel, news, [.. news.Select(i => Facts(i, domains, affected))], recipient, current, now, cancellationToken);
                }
            }

            // A channel without a reader has told nobody.
            own.FindAll(_ => channel.Kind != ChannelKind.Email || recipients[channel.Id].Any()).ForEach(i => db.AlertEvents.Add(new AlertEvent { AlertId = i.Alert.Id, At = now, Kind = Kind(i.Verdict.Telling).ToString(), Text = channel.Name }));
        }
    }

    private static void WritePost(DashboardContext db, NotificationChannel channel, List<NoticeItem> items, ImmutableArray<IncidentFacts> incidents, DashboardSettings current, DateTimeOffset now)
    {
        var culture = CultureInfo.GetCultureInfo(channel.Language);
        var announcement = Announcements.Of(incidents, new MailContext(channel.Name, culture, current.OrganisationName, current.PublicUrl), now);
        db.Outbox.Add(new OutboxMessage
        {
            Kind = announcement.Kind,
            ChannelId = channel.Id,
            AlertId = items is [var one] ? one.Alert.Id : null,
            Recipient = channel.Name,
            Language = channel.Language,
            Subject = announcement.Subject,
            TextBody = announcement.Text,
            HtmlBody = "",
            PayloadJson = ChannelPayloads.Compose(channel.Kind, announcement, culture),
            MessageId = OutgoingMime.NewMessageId(current.PublicHost),
            CreatedAt = now,
            NextAttemptAt = now,
        });
    }

    private static async Task WriteMailAsync(
        DashboardContext db, NotificationChannel channel, List<NoticeItem> items, ImmutableArray<IncidentFacts> incidents, AlertRecipient recipient,
        DashboardSettings current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var context = new MailContext(recipient.Address, CultureInfo.GetCultureInfo(recipient.Language), current.OrganisationName, current.PublicUrl);
        var (kind, mail) = AlertMails.Compose(incidents, context);
        var only = items is [var one] ? one.Alert : null;
        db.Outbox.Add(new OutboxMessage
        {
            Kind = kind,
            ChannelId = channel.Id,
            AlertId = only?.Id,
            DomainId = kind == AlertMails.Summary ? incidents[0].FirstAuditOf?.Id : null,
            Recipient = recipient.Address,
            Language = recipient.Language,
            Subject = mail.Subject,
            TextBody = mail.Text,
            HtmlBody = mail.Html,
            MessageId = OutgoingMime.NewMessageId(current.PublicHost),
            InReplyTo = only is not null && items[0].Verdict.Telling != Telling.Opened ? await FirstMessageAsync(db, only, recipient.Address, cancellationToken) : null,
            CreatedAt = now,
            NextAttemptAt = now,
        });
    }

    /// <summary>The message that told this recipient of the alert.</summary>
    private static Task<string?> FirstMessageAsync(DashboardContext db, Alert alert, string recipient, CancellationToken cancellationToken) =>
        db.Outbox.Where(m => m.Recipient == recipient && (m.AlertId == alert.Id
                || (m.Kind == AlertMails.Summary && alert.SummaryDomainId != null && m.DomainId == alert.SummaryDomainId && m.CreatedAt >= alert.FirstSeenAt)))
            .OrderBy(m => m.CreatedAt).Select(m => (string?)m.MessageId).FirstOrDefaultAsync(cancellationToken);

    private static IncidentFacts Facts(NoticeItem item, AlertedDomains domains, AffectedDomains affected)
    {
        var alert = item.Alert;
        var names = item.Verdict.Telling == Telling.Ended ? domains.DisplayNames(alert) : affected.Of(alert).Select(domains.DisplayName).OfType<string>().Order(StringComparer.Ordinal);
        return new IncidentFacts(
            alert.Id,
            item.Verdict.Telling,
            alert.Family,
            alert.Code,
            Subject.Parse(alert.SubjectKey),
            alert.Severity,
            StoredJson.ReadEvidence(alert.EvidenceJson),
            [.. names],
            alert.FirstSeenAt,
            item.Verdict.Telling == Telling.Ended ? alert.ResolvedAt : null)
        {
            FirstAuditOf = alert.SummaryDomainId is { } id && domains.DisplayName(id) is { } name ? (id, name) : null,
        };
    }

    private static IncidentEventKind Kind(Telling telling) => telling switch
    {
        Telling.Ended => IncidentEventKind.EndTold,
        Telling.Reminder => IncidentEventKind.Reminded,
        _ => IncidentEventKind.Told,
    };
}
