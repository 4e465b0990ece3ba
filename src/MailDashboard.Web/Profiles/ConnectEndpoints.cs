using System.Security.Claims;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Web.Account;

namespace MailDashboard.Web.Profiles;

/// <summary>
/// The way of the browser to a provider and back. It leads only to the address that was made when somebody pressed the button, and
/// back only to pages of ours; a cookie ties the two to one browser, and outlives a restart of ours.
/// </summary>
internal static class ConnectEndpoints
{
    private const string Cookie = "maildash.connect";
    private const string CookiePath = "/profiles";

    public static void MapConnections(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/profiles/connect", async (string? ticket, HttpContext context, AccountConnections connections) =>
        {
            if (await connections.LeaveAsync(ticket, UserOf(context), context.RequestAborted) is not { } departure)
            {
                return Back(new ConnectResult(ConnectEnd.NotAsked));
            }

            context.Response.Headers.CacheControl = "no-store";
            context.Response.Cookies.Append(Cookie, departure.Pending, Options(context));
            return Results.Redirect(departure.Address.AbsoluteUri);
        }).RequireAuthorization(Policies.Administer);

        endpoints.MapGet($"/{AccountConnections.ReturnPath}", async (string? state, string? code, string? error, HttpContext context, AccountConnections connections) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            var pending = context.Request.Cookies[Cookie];
            context.Response.Cookies.Delete(Cookie, Options(context));
            return Back(await connections.EndAsync(new ConnectReturn(state, code, error), UserOf(context), pending, context.RequestAborted));
        }).RequireAuthorization(Policies.Administer);
    }

    /// <summary>Where a person comes back to: the page of the account, or the one where the button was pressed.</summary>
    public static string PageOf(AccountReference account) => account.BackTo ?? (account.Table == AccountTable.Profiles ? $"profiles/{account.Id}" : $"settings/mailboxes/{account.Id}");

    private static IResult Back(ConnectResult result)
    {
        var page = result.Account is { } account ? PageOf(account) : "profiles";
        var fault = result.Fault is { } why ? $"&fault={why}" : "";
        return Results.LocalRedirect($"~/{page}?connected={result.End}{fault}");
    }

    private static string UserOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <summary>Lax: the provider sends the browser back from another site. Kept for a day, so that who comes late is told so.</summary>
    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase + CookiePath,
        MaxAge = TimeSpan.FromDays(1),
    };
}
