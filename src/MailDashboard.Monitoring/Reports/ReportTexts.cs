using System.Globalization;
using System.Resources;
using MailDashboard.Checks.Texts;
using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Reports;

/// <summary>The sentences of reports and digests, in the reader's language.</summary>
internal sealed class ReportTexts(CultureInfo culture)
{
    private static readonly ResourceManager Texts = new("MailDashboard.Monitoring.Reports.ReportTexts", typeof(ReportTexts).Assembly);

    public CultureInfo Culture => culture;

    public bool IsFrench => culture.TwoLetterISOLanguageName == "fr";

    public string this[string key] => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);

    public string Format(string key, params object[] arguments) => string.Format(culture, this[key], arguments);

    /// <summary>The sentence for a number: <c>Key.One</c> for one, in French for none as well; <c>{0}</c> is the number.</summary>
    public string Count(string key, int number, params object[] more) => Format(IsOne(number) ? $"{key}.One" : key, [Number(number), .. more]);

    public string Number(int value) => value.ToString("N0", culture);

    public string Score(double value) => value.ToString("0.#", culture);

    public string Points(double value)
    {
        var size = Math.Abs(value);
        return Format((IsFrench ? size < 2 : Math.Abs(size - 1) < 0.05) ? "Points.One" : "Points", Score(size));
    }

    /// <summary>With a minus as wide as the plus.</summary>
    public string Signed(double value) => value.ToString("+0.#;−0.#;0", culture);

    public string Date(DateOnly day) => Moments.Date(day, culture);

    public string ShortDate(DateOnly day) => $"{Moments.DayOfMonth(day.Day, culture)} {day.ToString("MMMM", culture)}";

    public string Month(DateOnly day) => day.ToString("MMMM yyyy", culture);

    /// <summary>A text that findings share: subtests, ceilings, grades.</summary>
    public string Shared(string key) => FindingTexts.Shared(key, culture) ?? key;

    private bool IsOne(int number) => IsFrench ? number is 0 or 1 : number == 1;
}
