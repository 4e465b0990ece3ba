using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Hosting;

namespace MailDashboard.Web.Layout;

/// <summary>
/// How the reader wants pages, as the first response must know it: cookies that hold no secret, written by the page's
/// script as well, and from the account at sign-in.
/// </summary>
internal static class ReaderCookies
{
    public const string Theme = "maildash.theme";

    /// <summary>What the system preferred at the last visit, so that the first paint is right.</summary>
    public const string Scheme = "maildash.scheme";

    public const string TimeZone = "maildash.tz";

    public static ReaderSettings Read(HttpContext context)
    {
        var cookies = context.Request.Cookies;
        var theme = cookies[Theme] is "light" or "dark" ? cookies[Theme] : null;
        var zone = cookies[TimeZone] is { Length: > 0 and <= 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _) ? id : null;
        return new ReaderSettings(theme, cookies[Scheme] == "dark", zone);
    }

    /// <summary>Carries what the account says into this browser.</summary>
    public static void Write(HttpContext context, AppUser user)
    {
        Write(context, Languages.Cookie, user.Language);
        Write(context, Theme, user.Theme);
        if (user.TimeZone is not null)
        {
            Write(context, TimeZone, user.TimeZone);
        }
    }

    public static void Write(HttpContext context, string name, string? value)
    {
        var options = new CookieOptions
        {
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
            Path = "/",
        };
        if (value is null)
        {
            context.Response.Cookies.Delete(name, options);
        }
        else
        {
            context.Response.Cookies.Append(name, value, options);
        }
    }
}
