using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Web.Account;

internal static class SignOutEndpoint
{
    public static void MapSignOut(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-out", async (SignInManager<AppUser> signIn, IFormCollection _) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect("~/sign-in");
        }).AllowAnonymous();
}
