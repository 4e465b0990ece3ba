using System.Globalization;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>A link to choose a new password.</summary>
/// <param name="organisation">Name from the settings.</param>
/// <param name="link">Complete, below the public URL.</param>
/// <param name="validHours">How long it works.</param>
public sealed class PasswordResetMail(string? organisation, string link, int validHours)
{
    public ComposedMail Compose(CultureInfo culture)
    {
        var texts = new MailTexts(culture);
        var product = texts.Product(organisation);
        return new MailBody(culture)
            .Fact(texts.Format("Reset.Fact", product))
            .Paragraph(texts.Format("Reset.Todo", validHours))
            .Button(texts["Button.Reset"], link)
            .Footer(texts.Format("Reset.Why", product))
            .Close(texts.Format("Reset.Subject", product));
    }
}
