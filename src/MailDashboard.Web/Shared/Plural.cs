using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Shared;

/// <summary>Sentences with a number in them: <c>Key.One</c> for one, <c>Key</c> for many, each written by hand in each language.</summary>
internal static class Plural
{
    private const int MostNamed = 3;

    /// <summary>The sentence for a number; <c>{0}</c> is the number as the reader writes it, further arguments follow.</summary>
    public static string Count(this IStringLocalizer texts, string key, int number, params object[] more)
    {
        object[] arguments = [number.ToString("N0", CultureInfo.CurrentCulture), .. more];
        return texts[IsOne(number) ? $"{key}.One" : key, arguments];
    }

    /// <summary>All of the names, or the first of many and how many more there are.</summary>
    /// <param name="texts">Where the sentence is.</param>
    /// <param name="key">Its key: <c>{0}</c> more than <c>{1}</c>, which are named.</param>
    /// <param name="names">All of them.</param>
    public static string Some(this IStringLocalizer texts, string key, IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count > MostNamed ? texts.Count(key, all.Count - MostNamed, string.Join(", ", all.Take(MostNamed))) : string.Join(", ", all);
    }

    /// <summary>French counts nothing as one: « 0 domaine ».</summary>
    private static bool IsOne(int number) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? number is 0 or 1 : number == 1;
}
