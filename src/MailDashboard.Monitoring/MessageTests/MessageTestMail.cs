using System.Globalization;
using MailDashboard.Monitoring.Alerting.Mails;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>What the dashboard sends to be judged: it says what it is.</summary>
internal sealed class MessageTestMail(string? organisation, DateTimeOffset now)
{
    public ComposedMail Compose(CultureInfo culture)
    {
        var texts = new MailTexts(culture);
        var product = texts.Product(organisation);
        return new MailBody(culture)
            .Fact(texts.Format("MessageTest.Fact", product, texts.Time(now)))
            .Paragraph(texts["MessageTest.Text"])
            .Footer(texts.Format("MessageTest.Why", product))
            .Close(texts.Format("MessageTest.Subject", product));
    }
}
