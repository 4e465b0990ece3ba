using System.Globalization;
using System.Resources;
using MailDashboard.Web.Wizard;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>What the set-up says in one language.</summary>
internal sealed class WizardWords(string language)
{
    private readonly ResourceManager texts = new(typeof(WizardTexts).FullName!, typeof(WizardTexts).Assembly);
    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);

    public string Language => language;

    public string this[string key, params object[] arguments] =>
        string.Format(culture, texts.GetString(key, culture) ?? throw new ArgumentException($"There is no text {key}.", nameof(key)), arguments);
}
