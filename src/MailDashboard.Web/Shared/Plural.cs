using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Shared;

/// <summary>Sentences with a number in them: <c>Key.One</c> for one, <c>Key</c> for many, each written by hand in each language.</summary>
internal static class Plural
{
    /// <summary>The sentence for a number; <c>{0}</c> is the number as the reader writes it, further arguments follow.</summary>
    public static string Count(this IStringLocalizer texts, string key, int number, params object[] more)
    {
        object[] arguments = [number.ToString("N0", CultureInfo.CurrentCulture), .. more];
        return texts[IsOne(number) ? $"{key}.One" : key, arguments];
    }

    /// <summary>French counts nothing as one: « 0 domaine ».</summary>
    private static bool IsOne(int number) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? number is 0 or 1 : number == 1;
}
