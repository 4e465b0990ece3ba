using System.Globalization;
using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// Until the database can be used, and when it goes away later, every page is a small one that says so and asks again by itself.
/// Who is signed in cannot even be told their own error page then: the session is checked against the database.
/// </summary>
internal sealed partial class DatabaseGate(RequestDelegate next, DatabaseStartup database, IStringLocalizer<HostingTexts> texts, ILogger<DatabaseGate> log)
{
    private const int RefreshSeconds = 2;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!database.IsReady)
        {
            await (context.Request.Path.StartsWithSegments(HealthEndpoints.Path, StringComparison.OrdinalIgnoreCase)
                ? HealthEndpoints.AnswerWhileStartingAsync(context, database.State)
                : AnswerAsync(context));
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) && !context.Response.HasStarted)
        {
            LogAway(e.InnerException?.Message ?? e.Message);
            context.Response.Clear();
            await AnswerAsync(context);
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RefreshSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path.StartsWithSegments(DashboardPipeline.ApiPath, StringComparison.OrdinalIgnoreCase))
        {
            return Task.CompletedTask;
        }

        var (key, detail, refresh) = database.State switch
        {
            DatabaseState.Refused refused => ("Refused", refused.Reason, false),
            DatabaseState.Unavailable unavailable => ("Unavailable", unavailable.Reason, true),
            DatabaseState.Upgrading upgrading => ("Upgrading", texts["Upgrading.Count", upgrading.Migrations.Count].Value, true),
            DatabaseState.Ready => ("Unavailable", "", HttpMethods.IsGet(context.Request.Method)),
            _ => ("Starting", "", true),
        };
        context.Response.Headers.RetryAfter = RefreshSeconds.ToString(CultureInfo.InvariantCulture);
        var page = new SmallPage(texts[$"{key}.Title"], texts[$"{key}.Text"]) { Detail = detail, RefreshSeconds = refresh ? RefreshSeconds : null };
        return page.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, context.RequestAborted);
    }

    [LoggerMessage(500, LogLevel.Warning, "A page could not be shown, because the database failed: {Reason}")]
    private partial void LogAway(string reason);
}
