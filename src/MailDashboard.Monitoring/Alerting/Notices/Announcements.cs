using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Channels;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Writes what is told for channels that are not e-mail: the same facts, the worst first, and no more than a channel can show.</summary>
internal static class Announcements
{
    private const int MostIncidents = 100;
    private const int MostDomains = 20;

    public static Announcement Of(ImmutableArray<IncidentFacts> incidents, MailContext context, DateTimeOffset now)
    {
        var texts = context.Texts;
        var (kind, mail) = AlertMails.Compose(incidents, context);
        var sorted = GroupMail.Sort(incidents);
        return new Announcement(
            incidents.Length == 1 ? AnnouncementKind.Incident : AnnouncementKind.Group,
            mail.Subject,
            kind == AlertMails.Summary ? texts.Format("Summary.Fact", incidents[0].FirstAuditOf!.Value.Name) : GroupMail.Lead(texts, sorted),
            [.. sorted.Take(MostIncidents).Select(i => Of(i, context))],
            Math.Max(0, sorted.Count - MostIncidents),
            context.Link(incidents is [var only] ? $"/alerts/{only.AlertId}" : "/alerts"),
            now);
    }

    private static AnnouncedIncident Of(IncidentFacts incident, MailContext context)
    {
        var text = incident.Text(context.Culture);
        return new AnnouncedIncident(
            incident.AlertId,
            incident.Telling switch { Telling.Ended => AnnouncedState.Resolved, Telling.Reminder => AnnouncedState.Reminder, _ => AnnouncedState.Open },
            incident.Code,
            incident.Severity,
            text.Title,
            text.Explanation,
            incident.Subject.ToString(),
            [.. incident.Domains.Take(MostDomains)],
            Math.Max(0, incident.Domains.Length - MostDomains),
            incident.Since,
            incident.Until,
            text.Remedy is [var step, ..] ? step : null,
            context.Link($"/alerts/{incident.AlertId}"));
    }
}
