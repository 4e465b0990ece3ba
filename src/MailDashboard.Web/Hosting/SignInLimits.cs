using System.Threading.RateLimiting;
using MailDashboard.Web.Reports;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// How often one address may try a password or a token. Lock-out guards a single account; this guards against one
/// address that tries many.
/// </summary>
internal static class SignInLimits
{
    public const int AttemptsPerMinute = 20;

    /// <summary>Looks at shared reports: enough for a room of readers behind one address, nothing for who guesses.</summary>
    public const int SharedLooksPerMinute = 60;

    private static readonly string[] Guarded = ["/sign-in", "/setup", "/forgot-password", "/reset-password", "/invitation"];

    public static IServiceCollection AddSignInLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && Guarded.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase)
                ? PerMinute($"from {context.Connection.RemoteIpAddress}", AttemptsPerMinute)
                : SharedReports.Covers(context.Request.Path)
                    ? PerMinute($"shared {context.Connection.RemoteIpAddress}", SharedLooksPerMinute)
                    : RateLimitPartition.GetNoLimiter("open"));
        options.OnRejected = async (rejected, cancellationToken) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            var texts = rejected.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<HostingTexts>>();
            var page = new SmallPage(texts["TooMany.Title"], texts["TooMany.Text"])
            {
                Link = (rejected.HttpContext.Request.PathBase + rejected.HttpContext.Request.Path + rejected.HttpContext.Request.QueryString, texts["TooMany.Back"]),
            };
            await page.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, cancellationToken);
        };
    });

    private static RateLimitPartition<string> PerMinute(string who, int limit) =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1) });
}
