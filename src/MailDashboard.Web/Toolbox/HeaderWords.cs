using System.Globalization;
using MailDashboard.Mail.Headers;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Toolbox;

/// <summary>Writes what the header analyser found for people.</summary>
internal static class HeaderWords
{
    public static string Of(HeaderNote note, IStringLocalizer<ToolboxTexts> texts) => texts[$"Odd.{note.Oddity}", [.. note.Arguments.Select((a, i) => (object)Argument(note.Oddity, a, i))]];

    /// <summary>1 s, 2 min 5 s, 3 h 10 min; a minus where the clocks disagree.</summary>
    public static string Delay(TimeSpan? delay)
    {
        if (delay is not { } time)
        {
            return "–";
        }

        var sign = time < TimeSpan.Zero ? "−" : "";
        var length = time.Duration();
        const string nb = "\u00A0";
        var text = length switch
        {
            { TotalDays: >= 1 } => $"{(int)length.TotalDays}{nb}{(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "j" : "d")} {length.Hours}{nb}h",
            { TotalHours: >= 1 } => $"{length.Hours}{nb}h {length.Minutes}{nb}min",
            { TotalMinutes: >= 1 } => $"{length.Minutes}{nb}min {length.Seconds}{nb}s",
            _ => $"{length.TotalSeconds.ToString("0", CultureInfo.CurrentCulture)}{nb}s",
        };
        return sign + text;
    }

    private static string Argument(HeaderOddity oddity, string text, int index) =>
        oddity is HeaderOddity.ClockSkew or HeaderOddity.LongDelay && index == 1 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 1_000_000_000
            ? Delay(TimeSpan.FromSeconds(seconds))
            : text;
}
