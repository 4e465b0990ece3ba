using System.Globalization;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>Proves a profile.</summary>
public sealed class TestMail(string? organisation, string? publicUrl, DateTimeOffset now)
{
    public ComposedMail Compose(CultureInfo culture)
    {
        var texts = new MailTexts(culture);
        var product = texts.Product(organisation);
        return new MailBody(culture)
            .Fact(texts.Format("Test.Fact", product, texts.Time(now)))
            .Paragraph(texts["Test.Todo"])
            .Button(texts["Button.Dashboard"], publicUrl)
            .Footer(texts.Format("Test.Why", product))
            .Close(texts.Format("Test.Subject", product));
    }
}
