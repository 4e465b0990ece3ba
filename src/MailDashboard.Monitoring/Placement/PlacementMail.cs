using System.Globalization;
using MailDashboard.Monitoring.Alerting.Mails;

namespace MailDashboard.Monitoring.Placement;

/// <summary>What is sent to the seeds: it says what it is, and has nothing that filters wait for.</summary>
internal sealed class PlacementMail(string? organisation, DateTimeOffset now)
{
    public ComposedMail Compose(CultureInfo culture)
    {
        var texts = new MailTexts(culture);
        var product = texts.Product(organisation);
        return new MailBody(culture)
            .Fact(texts.Format("Placement.Fact", product, texts.Time(now)))
            .Paragraph(texts["Placement.Text"])
            .Footer(texts.Format("Placement.Why", product))
            .Close(texts.Format("Placement.Subject", product));
    }
}
