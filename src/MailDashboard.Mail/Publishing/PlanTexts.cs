using System.Globalization;
using System.Resources;
using MailDashboard.Checks;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Mail.Publishing;

/// <summary>The sentences of a plan and of a look at what was published.</summary>
public static class PlanTexts
{
    internal static readonly ResourceManager Resources = new("MailDashboard.Mail.Publishing.PublishingTexts", typeof(PlanTexts).Assembly);

    /// <summary>The sentence of a reason. What it was filled with may be hostile: encode it wherever it is shown.</summary>
    public static string Render(Reason reason, CultureInfo culture)
    {
        var text = Resources.GetString(reason.Key, culture) ?? FindingTexts.Shared($"Reason.{reason.Key}", culture) ?? reason.Key;
        return string.Format(culture, text, [.. reason.Arguments]);
    }
}
