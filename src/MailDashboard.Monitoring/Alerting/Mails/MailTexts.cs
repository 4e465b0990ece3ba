using System.Globalization;
using System.Resources;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>The sentences of our e-mails, in the reader's language.</summary>
internal sealed class MailTexts(CultureInfo culture)
{
    private static readonly ResourceManager Texts = new("MailDashboard.Monitoring.Alerting.Mails.MailTexts", typeof(MailTexts).Assembly);

    public CultureInfo Culture => culture;

    public string this[string key] => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);

    public string Format(string key, params object[] arguments) => string.Format(culture, this[key], arguments);

    /// <summary>What the dashboard calls itself.</summary>
    public string Product(string? organisation) => string.IsNullOrWhiteSpace(organisation) ? this["Product"] : Format("Product.Of", organisation);

    /// <summary>"and 1 more", "and 39 more".</summary>
    public string More(int count) => count == 1 ? this["More.One"] : Format("More", count);

    /// <summary>A time that means the same to every reader.</summary>
    public string Time(DateTimeOffset at) => Moments.Utc(at, culture);
}
