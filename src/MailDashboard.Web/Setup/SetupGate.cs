using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.StaticAssets;

namespace MailDashboard.Web.Setup;

/// <summary>While nobody administers the dashboard every page leads to the set-up; afterwards the set-up is closed.</summary>
internal sealed class SetupGate(RequestDelegate next, Administrators administrators)
{
    public const string Path = "/setup";

    public async Task InvokeAsync(HttpContext context)
    {
        var isSetup = context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
        if (!isSetup && IsOpen(context))
        {
            await next(context);
            return;
        }

        var exist = await administrators.ExistAsync(context.RequestAborted);
        if (isSetup && exist)
        {
            Close(context);
        }
        else if (!isSetup && !exist)
        {
            LeadThere(context);
        }
        else
        {
            await next(context);
        }
    }

    private static void LeadThere(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(DashboardPipeline.ApiPath, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else
        {
            context.Response.Redirect(context.Request.PathBase + Path);
        }
    }

    private static void Close(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(context.Request.PathBase + "/");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>Files, health and the choice of a language are for everybody.</summary>
    private static bool IsOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<StaticAssetDescriptor>() is not null || metadata.GetMetadata<OpenBeforeSetup>() is not null);
}

/// <summary>Marks an endpoint that answers before an administrator exists.</summary>
internal sealed class OpenBeforeSetup;
