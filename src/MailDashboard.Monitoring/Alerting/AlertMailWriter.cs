using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>
/// Writes one outbox row a recipient, in the transaction that changes the alerts. Recipients are those of this moment: who is
/// added later finds the alert on its page; a missing profile only delays what is written here.
/// </summary>
public sealed class AlertMailWriter
{
    internal async Task WriteAsync(
        DashboardContext db, IReadOnlyList<Alert> opened, IReadOnlyList<Alert> resolved, DashboardSettings settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (opened.Count + resolved.Count == 0)
        {
            return;
        }

        var recipients = await db.AlertRecipients.AsNoTracking().Where(r => r.IsEnabled).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var names = await NamesAsync(db, [.. opened, .. resolved], cancellationToken);

        // A domain that was deleted before its summary could be written leaves alerts like any other.
        bool IsSummed(Alert alert) => alert.SummaryDomainId is { } id && names.ContainsKey(id);

        foreach (var recipient in recipients)
        {
            var context = new MailContext(recipient.Address, CultureInfo.GetCultureInfo(recipient.Language), settings.OrganisationName, settings.PublicUrl);
            foreach (var alert in opened.Where(a => !IsSummed(a)))
            {
                db.Outbox.Add(Row("listed", new ListedMail(Facts(alert, names)).Compose(context), recipient, settings, now, alert));
            }

            foreach (var group in opened.Where(IsSummed).GroupBy(a => a.SummaryDomainId!.Value))
            {
                var mail = new SummaryMail(group.Key, names[group.Key], [.. group.Select(a => Facts(a, names))]);
                var row = Row("summary", mail.Compose(context), recipient, settings, now, group.Count() == 1 ? group.First() : null);
                row.DomainId = group.Key;
                db.Outbox.Add(row);
            }

            foreach (var alert in resolved)
            {
                var row = Row("delisted", new DelistedMail(Facts(alert, names), now).Compose(context), recipient, settings, now, alert);
                row.InReplyTo = await FirstMessageAsync(db, alert, recipient.Address, cancellationToken);
                db.Outbox.Add(row);
            }
        }
    }

    /// <summary>The message that told this recipient of the alert.</summary>
    private static Task<string?> FirstMessageAsync(DashboardContext db, Alert alert, string recipient, CancellationToken cancellationToken) =>
        db.Outbox.Where(m => m.Recipient == recipient && ((m.Kind == "listed" && m.AlertId == alert.Id)
                || (m.Kind == "summary" && alert.SummaryDomainId != null && m.DomainId == alert.SummaryDomainId && m.CreatedAt >= alert.FirstSeenAt)))
            .OrderBy(m => m.CreatedAt).Select(m => (string?)m.MessageId).FirstOrDefaultAsync(cancellationToken);

    private static async Task<Dictionary<int, string>> NamesAsync(DashboardContext db, IEnumerable<Alert> alerts, CancellationToken cancellationToken)
    {
        var ids = alerts.SelectMany(a => a.Domains.Select(d => d.DomainId).Append(a.SummaryDomainId ?? 0)).Distinct().ToList();
        return await db.Domains.AsNoTracking().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.DisplayName, cancellationToken);
    }

    private static ListingFacts Facts(Alert alert, Dictionary<int, string> names)
    {
        var details = ListingDetails.Of(Subject.Parse(alert.SubjectKey), StoredJson.ReadEvidence(alert.EvidenceJson));
        ImmutableArray<string> domains = [.. alert.Domains.Select(d => names.GetValueOrDefault(d.DomainId)).OfType<string>().Order(StringComparer.Ordinal)];
        return new ListingFacts(alert.Id, details, domains, alert.FirstSeenAt);
    }

    private static OutboxMessage Row(string kind, ComposedMail mail, AlertRecipient recipient, DashboardSettings settings, DateTimeOffset now, Alert? alert) => new()
    {
        Kind = kind,
        AlertId = alert?.Id,
        Recipient = recipient.Address,
        Language = recipient.Language,
        Subject = mail.Subject,
        TextBody = mail.Text,
        HtmlBody = mail.Html,
        MessageId = OutgoingMime.NewMessageId(settings.PublicHost),
        CreatedAt = now,
        NextAttemptAt = now,
    };
}
