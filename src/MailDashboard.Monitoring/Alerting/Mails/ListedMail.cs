namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>A listing was confirmed.</summary>
public sealed class ListedMail(ListingFacts listing)
{
    public ComposedMail Compose(MailContext context)
    {
        var texts = context.Texts;
        var details = listing.Details;
        var body = new MailBody(context.Culture)
            .Fact(texts.Format("Listed.Fact", details.Subject, details.ListName, texts.Time(listing.Since)))
            .Paragraph(listing.Effect(texts))
            .Table(listing.Rows(texts))
            .Heading(texts["Todo.Title"])
            .Steps(texts["Todo.Cause"], listing.Removal(texts), texts["Todo.Wait"])
            .Button(texts["Button.Alert"], context.Link($"/alerts/{listing.AlertId}"));
        return context.Why(body).Close(texts.Format("Listed.Subject", listing.Name(texts), details.ListName));
    }
}
