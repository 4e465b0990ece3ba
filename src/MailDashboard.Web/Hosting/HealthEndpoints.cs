using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Setup;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailDashboard.Web.Hosting;

internal static class HealthEndpoints
{
    public const string Path = "/health";

    /// <summary>Tag of the checks that must hold before requests are sent here.</summary>
    public const string Ready = "ready";

    public static void MapDashboardHealth(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, Path, new HealthCheckOptions());
        Map(endpoints, $"{Path}/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });

        // Alive is whoever answers: restarting does not bring a database back.
        Map(endpoints, $"{Path}/live", new HealthCheckOptions { Predicate = _ => false });
    }

    /// <summary>
    /// Alive, not ready yet. Not asked of the checks: they would write an error into the log for every question, and a
    /// start is none.
    /// </summary>
    public static Task AnswerWhileStartingAsync(HttpContext context, DatabaseState state)
    {
        var isAlive = context.Request.Path.StartsWithSegments($"{Path}/live", StringComparison.OrdinalIgnoreCase);
        context.Response.StatusCode = isAlive ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(isAlive ? "Healthy" : state.GetType().Name, context.RequestAborted);
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, HealthCheckOptions options) =>
        endpoints.MapHealthChecks(path, options).AllowAnonymous().WithMetadata(new OpenBeforeSetup());
}

/// <summary>The database answers and has every migration.</summary>
internal sealed class DatabaseHealth(DatabaseStartup startup, IDbContextFactory<DashboardContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!startup.IsReady)
        {
            return HealthCheckResult.Unhealthy("The database is not ready.");
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not answer.");
    }
}
