using System.Globalization;
using MailDashboard.Monitoring.Persistence;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Hosting;

/// <summary>Until the database can be used every page is a small one that says why and asks again by itself.</summary>
internal sealed class DatabaseGate(RequestDelegate next, DatabaseStartup database, IStringLocalizer<HostingTexts> texts)
{
    private const int RefreshSeconds = 2;

    public Task InvokeAsync(HttpContext context)
    {
        if (database.IsReady)
        {
            return next(context);
        }

        return context.Request.Path.StartsWithSegments(HealthEndpoints.Path, StringComparison.OrdinalIgnoreCase)
            ? HealthEndpoints.AnswerWhileStartingAsync(context, database.State)
            : AnswerAsync(context);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var (key, detail, refresh) = database.State switch
        {
            DatabaseState.Refused refused => ("Refused", refused.Reason, false),
            DatabaseState.Unavailable unavailable => ("Unavailable", unavailable.Reason, true),
            DatabaseState.Upgrading upgrading => ("Upgrading", texts["Upgrading.Count", upgrading.Migrations.Count].Value, true),
            _ => ("Starting", "", true),
        };
        context.Response.Headers.RetryAfter = RefreshSeconds.ToString(CultureInfo.InvariantCulture);
        var page = new SmallPage(texts[$"{key}.Title"], texts[$"{key}.Text"]) { Detail = detail, RefreshSeconds = refresh ? RefreshSeconds : null };
        return page.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, context.RequestAborted);
    }
}
