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
    public static async Task WriteAsync(
        DashboardContext db, List<NoticeItem> items, AlertedDomains domains, ToldBook told, DashboardSettings current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        var channels = await db.NotificationChannels.AsNoTracking().Where(c => c.IsEnabled).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var recipients = (await db.AlertRecipients.AsNoTracking().Where(r => r.IsEnabled).OrderBy(r => r.Id).ToListAsync(cancellationToken)).ToLookup(r => r.ChannelId);
        var affected = await AffectedDomains.LoadAsync(db, [.. items.Select(i => i.Alert).Distinct()], cancellationToken);
        var threads = await Threads.LoadAsync(db, items, told, cancellationToken);
        var facts = items.DistinctBy(Key).ToDictionary(Key, i => Facts(i, domains, affected));
        var mails = new SharedMails(current);

        // Who reads two channels is told once.
        var mailed = new HashSet<(string Address, (long AlertId, Telling Telling) News)>();
        foreach (var channel in channels)
        {
            // Two rules that tell of one alert by one channel tell of it once.
            var own = items.Where(i => i.Rule.ChannelIds.Contains(channel.Id) && !told.IsKnown(i, channel.Id, now)).DistinctBy(Key).ToList();
            if (own.Count == 0)
            {
                continue;
            }

            if (channel.Kind != ChannelKind.Email)
            {
                WritePost(db, channel, own, [.. own.Select(i => facts[Key(i)])], current, now);
            }

            foreach (var recipient in channel.Kind == ChannelKind.Email ? recipients[channel.Id] : [])
            {
                var news = own.FindAll(i => mailed.Add((recipient.Address, Key(i))));
                if (news.Count > 0)
                {
                    var mail = mails.Of([.. news.Select(i => facts[Key(i)])], recipient.Language);
                    WriteMail(db, channel, news, mail, recipient, threads.Under(news, channel.Id, recipient.Address), current, now);
                }
            }

            // A channel without a reader has told nobody.
            own.FindAll(_ => channel.Kind != ChannelKind.Email || recipients[channel.Id].Any()).ForEach(i => db.AlertEvents.Add(new AlertEvent { AlertId = i.Alert.Id, At = now, Kind = Kind(i.Verdict.Telling).ToString(), Text = channel.Name }));
        }
    }

    private static (long AlertId, Telling Telling) Key(NoticeItem item) => (item.Alert.Id, item.Verdict.Telling);

    private static void WritePost(DashboardContext db, NotificationChannel channel, List<NoticeItem> items, ImmutableArray<IncidentFacts> incidents, DashboardSettings current, DateTimeOffset now)
    {
        var culture = CultureInfo.GetCultureInfo(channel.Language);
        var announcement = Announcements.Of(incidents, new MailContext(culture, current.OrganisationName, current.PublicUrl), now);
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

    private static void WriteMail(
        DashboardContext db, NotificationChannel channel, List<NoticeItem> items, (string Kind, ComposedMail Mail) composed, AlertRecipient recipient, string? inReplyTo,
        DashboardSettings current, DateTimeOffset now)
    {
        var (kind, mail) = composed;
        db.Outbox.Add(new OutboxMessage
        {
            Kind = kind,
            ChannelId = channel.Id,
            AlertId = items is [var one] ? one.Alert.Id : null,
            DomainId = kind == AlertMails.Summary ? items[0].Alert.SummaryDomainId : null,
            Recipient = recipient.Address,
            Language = recipient.Language,
            Subject = mail.Subject,
            TextBody = mail.Text,
            HtmlBody = mail.Html,
            MessageId = OutgoingMime.NewMessageId(current.PublicHost),
            InReplyTo = inReplyTo,
            CreatedAt = now,
            NextAttemptAt = now,
        });
    }

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
