using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Setup;
using Microsoft.AspNetCore.Mvc;

namespace MailDashboard.Web.Layout;

/// <summary>The choice of a language before sign-in.</summary>
internal static class Preferences
{
    public static void MapPreferences(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/preferences/language", (HttpContext context, [FromForm] string language, [FromForm] string? returnUrl) =>
        {
            if (Languages.IsKnown(language))
            {
                ReaderCookies.Write(context, Languages.Cookie, language);
            }

            return Results.LocalRedirect("~" + ReturnUrl.Safe(returnUrl));
        }).AllowAnonymous().WithMetadata(new OpenBeforeSetup());
}
