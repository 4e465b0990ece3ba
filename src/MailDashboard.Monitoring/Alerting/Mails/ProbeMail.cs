using System.Globalization;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>What the dashboard sends only to be looked at: it says what it is, and has nothing that filters wait for.</summary>
/// <param name="Texts">Beginning of the keys of its texts.</param>
/// <param name="Organisation">Name from the settings.</param>
/// <param name="At">When it was written.</param>
internal sealed record ProbeMail(string Texts, string? Organisation, DateTimeOffset At)
{
    /// <summary>To be judged.</summary>
    public const string MessageTest = "MessageTest";

    /// <summary>To see where it is filed.</summary>
    public const string Placement = "Placement";

    public ComposedMail Compose(CultureInfo culture)
    {
        var texts = new MailTexts(culture);
        var product = texts.Product(Organisation);
        return new MailBody(culture)
            .Fact(texts.Format($"{Texts}.Fact", product, texts.Time(At)))
            .Paragraph(texts[$"{Texts}.Text"])
            .Footer(texts.Format($"{Texts}.Why", product))
            .Close(texts.Format($"{Texts}.Subject", product));
    }
}
