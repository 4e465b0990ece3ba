namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>The end of a listing was confirmed.</summary>
public sealed class DelistedMail(ListingFacts listing, DateTimeOffset goneSince)
{
    public ComposedMail Compose(MailContext context)
    {
        var texts = context.Texts;
        var details = listing.Details;
        var body = new MailBody(context.Culture)
            .Fact(texts.Format("Delisted.Fact", details.Subject, details.ListName))
            .Paragraph(texts["Delisted.Effect"])
            .Table(listing.Rows(texts, goneSince))
            .Paragraph(texts["Delisted.Todo"])
            .Button(texts["Button.Alert"], context.Link($"/alerts/{listing.AlertId}"));
        return context.Why(body).Close(texts.Format("Delisted.Subject", listing.Name(texts), details.ListName));
    }
}
