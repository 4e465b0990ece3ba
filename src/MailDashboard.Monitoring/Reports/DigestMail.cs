using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Reports;

/// <summary>The daily mail for operators: what waits for somebody comes first.</summary>
public static class DigestMail
{
    /// <summary>Kind as the outbox keeps it.</summary>
    public const string Kind = "digest";

    public static ComposedMail Compose(DigestModel digest, MailContext context)
    {
        var texts = new ReportTexts(context.Culture);
        var mails = new MailTexts(context.Culture);
        var body = new MailBody(context.Culture);
        var watched = texts.Count("Digest.Watched", digest.Domains);
        if (digest.IsCalm)
        {
            body.Fact(texts.Format("Digest.Calm", watched)).Paragraph(texts["Digest.Rhythm"]);
            return Close(body, texts["Digest.Subject.Calm"]);
        }

        body.Fact(texts.Count("Digest.Fact", digest.Open.Count))
            .Paragraph($"{texts.Format("Digest.States", texts.Number(digest.Handled.Count), texts.Number(digest.Muted.Count), texts.Number(digest.Pending))} {watched}")
            .Paragraph(texts.Format("Digest.Since", mails.Time(digest.Since)));
        Group(body, texts, "Digest.New", digest.New.Count, digest.New.First.Select(i => Line(i, mails)));
        Group(body, texts, "Digest.Open", digest.Open.Count, digest.Open.First.Select(i => Line(i, mails)));
        Group(body, texts, "Digest.Handled", digest.Handled.Count, digest.Handled.First.Select(i => Line(i, mails)));
        Group(body, texts, "Digest.Muted", digest.Muted.Count, digest.Muted.First.Select(i => Line(i, mails)));
        Group(body, texts, "Digest.Expiring", digest.Expiring.Count, digest.Expiring.Select(i => Line(i, mails)));
        Group(body, texts, "Digest.Unknown", digest.UnknownDomains, digest.Unknown.Select(u => texts.Count("Digest.Unknown.Domain", u.Count, u.DisplayName)));
        Group(body, texts, "Digest.Over", digest.Over.Count, digest.Over.First.Select(i => Line(i, mails)));
        body.Button(mails["Button.Alerts"], context.Link("/alerts"));
        return Close(body, texts.Format("Digest.Subject", texts.Number(digest.Open.Count), texts.Number(digest.New.Count), texts.Number(digest.Over.Count), mails.Time(digest.Since)));

        ComposedMail Close(MailBody mail, string subject) => ReportMail.Why(mail, texts, context).Close(texts.Format("Named", mails.Product(context.Organisation), subject));
    }

    private static void Group(MailBody body, ReportTexts texts, string heading, int count, IEnumerable<string> lines)
    {
        if (count == 0)
        {
            return;
        }

        var shown = lines.ToList();
        body.Heading($"{texts[heading]} ({texts.Number(count)})").Points(shown);
        if (count > shown.Count)
        {
            body.Paragraph(texts.Count("Digest.More", count - shown.Count));
        }
    }

    /// <summary>The title with a domain, unless it names the only one.</summary>
    private static string Line(DigestIncident incident, MailTexts mails)
    {
        var domain = incident.DisplayName.Length > 0 ? incident.DisplayName : incident.Subject.Name;
        var title = FindingCatalogue.Text(incident.Code, incident.Subject, incident.Evidence, domain, mails.Culture)?.Title ?? $"{incident.Code} {incident.Subject}";
        return incident.Domains switch
        {
            0 => title,
            1 => title.Contains(domain, StringComparison.OrdinalIgnoreCase) ? title : $"{title} ({domain})",
            _ => $"{title} ({domain} {mails.More(incident.Domains - 1)})",
        };
    }
}
