using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace MailDashboard.Web.Hosting;

/// <summary>The two languages: what the reader chose (a cookie, written from the account at sign-in), else what the browser asks for.</summary>
public static class Languages
{
    public const string Cookie = "maildash.lang";

    public const string QueryKey = "lang";

    public static IReadOnlyList<string> All { get; } = ["en", "fr"];

    public static bool IsKnown(string? language) => language is not null && All.Contains(language, StringComparer.Ordinal);

    /// <summary>What a language calls itself, as a label: "English", "Français".</summary>
    public static string NativeName(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return culture.TextInfo.ToTitleCase(culture.NativeName);
    }

    /// <summary>The language of the page being rendered.</summary>
    public static string Current => IsKnown(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : "en";

    internal static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture("en");
        options.SupportedCultures = options.SupportedUICultures = [.. All.Select(CultureInfo.GetCultureInfo)];
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(context => Task.FromResult(
                context.Request.Cookies[Cookie] is { } chosen && IsKnown(chosen) ? new ProviderCultureResult(chosen) : null)),
            // A link in a mail opens in the language of the mail.
            new QueryStringRequestCultureProvider { QueryStringKey = QueryKey, UIQueryStringKey = QueryKey },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }
}
