using MailDashboard.Monitoring.Alerting.Notices;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>One incident that is no listing: there, still there, or over.</summary>
public sealed class IncidentMail(IncidentFacts incident)
{
    public ComposedMail Compose(MailContext context)
    {
        var texts = context.Texts;
        var text = incident.Text(context.Culture);
        var headline = incident.Headline(texts);
        var body = new MailBody(context.Culture);
        if (incident.Telling == Telling.Ended)
        {
            body.Fact(texts.Format("Ended.Fact", headline)).Paragraph(texts["Ended.Todo"]).Table(incident.Rows(texts));
        }
        else
        {
            body.Fact(incident.Telling == Telling.Reminder ? texts.Format("Reminder.Fact", headline, texts.Time(incident.Since)) : headline)
                .Paragraph(text.Explanation)
                .Table(incident.Rows(texts))
                .Heading(texts["Todo.Title"])
                .Steps([.. text.Remedy, texts["Todo.Wait"]]);
        }

        body.Button(texts["Button.Alert"], context.Link($"/alerts/{incident.AlertId}"));
        var subject = incident.Telling switch
        {
            Telling.Ended => texts.Format("Ended.Subject", headline),
            Telling.Reminder => texts.Format("Reminder.Subject", headline),
            _ => headline,
        };
        return context.Why(body).Close(subject);
    }
}
