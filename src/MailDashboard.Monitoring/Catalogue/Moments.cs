using System.Globalization;

namespace MailDashboard.Monitoring.Catalogue;

/// <summary>Days and times as mails, channels and reports write them.</summary>
public static class Moments
{
    /// <summary>"1 March 2026", « 1er mars 2026 ».</summary>
    public static string Date(DateOnly day, CultureInfo culture) => $"{DayOfMonth(day.Day, culture)} {day.ToString("MMMM yyyy", culture)}";

    /// <summary>The first of a month is an ordinal in French, and no other day.</summary>
    public static string DayOfMonth(int day, CultureInfo culture) => day == 1 && IsFrench(culture) ? "1er" : day.ToString(culture);

    /// <summary>A time that means the same to every reader.</summary>
    public static string Utc(DateTimeOffset at, CultureInfo culture)
    {
        var utc = at.UtcDateTime;
        return $"{Date(DateOnly.FromDateTime(utc), culture)}{(IsFrench(culture) ? " à " : ", ")}{utc.ToString("HH:mm", culture)} UTC";
    }

    private static bool IsFrench(CultureInfo culture) => culture.TwoLetterISOLanguageName == "fr";
}
