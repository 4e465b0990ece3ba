using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;

namespace MailDashboard.Web.Account;

/// <summary>The sign-in cookie, checked against the database at every request that is not a static file.</summary>
internal static class SessionCookie
{
    public const string Name = "maildash.session";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/denied";
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A person is led to a page; a program gets the status that says the same.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments(DashboardPipeline.ApiPath, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } principal || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return;
        }

        var services = context.HttpContext.RequestServices;
        var currentRoles = services.GetRequiredService<CurrentRoles>();
        var roles = await currentRoles.OfAsync(principal, context.HttpContext.RequestAborted);
        if (roles is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        if (!roles.SetEquals(currentRoles.StatedBy(principal)))
        {
            var users = services.GetRequiredService<UserManager<AppUser>>();
            var user = await users.GetUserAsync(principal);
            context.ReplacePrincipal(await services.GetRequiredService<SignInManager<AppUser>>().CreateUserPrincipalAsync(user!));
            context.ShouldRenew = true;
        }
    }
}
