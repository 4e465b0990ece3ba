using System.Threading.RateLimiting;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// How often one address may try a password or a token. Lock-out guards a single account; this guards against one
/// address that tries many.
/// </summary>
internal static class SignInLimits
{
    public const int AttemptsPerMinute = 20;

    private static readonly string[] Guarded = ["/sign-in", "/setup", "/forgot-password", "/reset-password", "/invitation"];

    public static IServiceCollection AddSignInLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && Guarded.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    $"from {context.Connection.RemoteIpAddress}",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("open"));
        options.OnRejected = async (rejected, cancellationToken) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            await rejected.HttpContext.Response.WriteAsync("Too many attempts from this address. Please wait a minute.", cancellationToken);
        };
    });
}
