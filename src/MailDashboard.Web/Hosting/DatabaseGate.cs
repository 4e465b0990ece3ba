using System.Globalization;
using System.Text.Encodings.Web;
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
        if (!database.IsReady && !context.Request.Path.StartsWithSegments(HealthEndpoints.Path, StringComparison.Ordinal))
        {
            await AnswerAsync(context);
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
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(texts[$"{key}.Title"], texts[$"{key}.Text"], detail, refresh), context.RequestAborted);
    }

    private static string Page(string title, string text, string detail, bool refresh) =>
        $$"""
        <!DOCTYPE html>
        <html lang="{{Languages.Current}}">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
          {{(refresh ? $"<meta http-equiv=\"refresh\" content=\"{RefreshSeconds}\">" : "")}}
          <title>{{HtmlEncoder.Default.Encode(title)}} – Mail Dashboard</title>
          <style>
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem; }
            main { max-width: 34rem; } h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem 1rem; border-left: 3px solid #c4501b; background: #8881; font-size: .875rem; }
          </style>
        </head>
        <body><main role="status"><h1>{{HtmlEncoder.Default.Encode(title)}}</h1><p>{{HtmlEncoder.Default.Encode(text)}}</p>
        {{(detail.Length > 0 ? $"<pre>{HtmlEncoder.Default.Encode(detail)}</pre>" : "")}}</main></body>
        </html>
        """;

    [LoggerMessage(400, LogLevel.Warning, "A page could not be shown, because the database failed: {Reason}")]
    private partial void LogAway(string reason);
}
