using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Reports;

/// <summary>Writes the mail of a subscription as things are now.</summary>
public sealed class ReportComposer(PortfolioQuery portfolio, DigestQuery digests, SettingsStore settings, TimeProvider time)
{
    /// <param name="isAskedFor">Somebody wants to see it now: a calm digest is sent on any day.</param>
    /// <returns>A row for the outbox; null where there is nothing to say today.</returns>
    public async Task<OutboxMessage?> ComposeAsync(ReportSubscription subscription, bool isAskedFor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = await settings.GetAsync(cancellationToken);
        var culture = CultureInfo.GetCultureInfo(subscription.Language);
        var context = new MailContext(culture, current.OrganisationName, current.PublicUrl);
        if (subscription.Kind == ReportKind.Digest)
        {
            var digest = await digests.ReadAsync(subscription.Tag, subscription.LastAt, cancellationToken);
            var isMonday = ReportSchedule.Local(subscription.TimeZone, now).DayOfWeek == DayOfWeek.Monday;
            return digest.IsCalm && !isMonday && !isAskedFor ? null : Message(DigestMail.Kind, DigestMail.Compose(digest, context), subscription, current, now);
        }

        var period = ReportSchedule.Period(subscription.Kind, subscription.TimeZone, now);
        var model = await portfolio.ReadAsync(period, subscription.Tag, cancellationToken);
        return Message(ReportMail.Kind, ReportMail.Compose(ReportText.Of(model, culture), period, subscription.Tag, context), subscription, current, now);
    }

    private static OutboxMessage Message(string kind, ComposedMail mail, ReportSubscription subscription, DashboardSettings current, DateTimeOffset now) => new()
    {
        Kind = kind,
        Recipient = subscription.Address,
        Language = subscription.Language,
        Subject = mail.Subject,
        TextBody = mail.Text,
        HtmlBody = mail.Html,
        MessageId = OutgoingMime.NewMessageId(current.PublicHost),
        CreatedAt = now,
        NextAttemptAt = now,
    };
}
