using System.Collections.Immutable;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>What was listed already when a domain was looked at for the first time: one mail, whatever their number.</summary>
public sealed class SummaryMail(int domainId, string domain, ImmutableArray<ListingFacts> listings)
{
    private const int Shown = 30;

    public ComposedMail Compose(MailContext context)
    {
        var texts = context.Texts;
        var body = new MailBody(context.Culture)
            .Fact(texts.Format("Summary.Fact", domain))
            .Paragraph(texts["Summary.Effect"]);
        foreach (var listing in listings.OrderByDescending(l => l.Details.Weight).Take(Shown))
        {
            body.Heading(texts.Format("Listed.Subject", listing.Name(texts), listing.Details.ListName)).Table(listing.Rows(texts));
        }

        if (listings.Length > Shown)
        {
            body.Paragraph(texts.More(listings.Length - Shown));
        }

        body.Heading(texts["Todo.Title"])
            .Steps(texts["Todo.Cause"], texts["Todo.Wait"])
            .Button(texts["Button.Domain"], context.Link($"/domains/{domainId}"));
        var subject = listings.Length == 1 ? texts.Format("Summary.Subject.One", domain) : texts.Format("Summary.Subject.Many", domain, listings.Length);
        return context.Why(body).Close(subject);
    }
}
