using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Messages;

/// <summary>A test to print, and for whoever holds its link. Expired, revoked and guessed links get one and the same answer.</summary>
internal static class SharedMessages
{
    /// <summary>Below the root of all that needs no account.</summary>
    public static string PathOf(string token) => $"/shared/message-test/{token}";

    public static void MapSharedMessages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/messages/{id:int}/print", async Task<IResult> (int id, HttpContext context, MessageTestQuery tests) =>
            await tests.FindAsync(id, context.RequestAborted) is { Result: { } result } found ? Page(context, found.Test, result) : Results.NotFound())
            .RequireAuthorization(Policies.View);
        endpoints.MapGet("/shared/message-test/{token}", async Task<IResult> (string token, HttpContext context, MessageTestLinks links, IStringLocalizer<MessagesTexts> texts) =>
        {
            context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
            if (await links.FindAsync(token, context.RequestAborted) is { } found)
            {
                return Page(context, found.Test, found.Result);
            }

            await new SmallPage(texts["Shared.Gone.Title"], texts["Shared.Gone.Text"]).WriteAsync(context, StatusCodes.Status404NotFound, context.RequestAborted);
            return Results.Empty;
        }).AllowAnonymous();
    }

    private static RazorComponentResult<PrintableMessage> Page(HttpContext context, MessageTestView test, MessageTestResult result)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<PrintableMessage>(new { Test = test, result.Verdict, Root = context.Request.PathBase.Value ?? "" });
    }
}
