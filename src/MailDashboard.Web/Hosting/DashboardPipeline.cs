using MailDashboard.Web.Account;
using MailDashboard.Web.Domains;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Messages;
using MailDashboard.Web.Profiles;
using MailDashboard.Web.Reports;
using MailDashboard.Web.Setup;

namespace MailDashboard.Web.Hosting;

/// <summary>What happens to a request, in order.</summary>
internal static class DashboardPipeline
{
    /// <summary>Below it programs are answered: with a status, never with a page or a redirect.</summary>
    public const string ApiPath = "/api";

    public static void UseDashboard(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseHeadAsGet();
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/failure", createScopeForErrors: true);
        app.UseHsts();
        app.UseRequestLocalization();
        app.UseMiddleware<DatabaseGate>();

        // Only for who reads pages: a form that is posted to nowhere gets the bare status, a program too.
        app.UseWhen(
            context => HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments(ApiPath, StringComparison.OrdinalIgnoreCase),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseMiddleware<SetupGate>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapDashboardHealth();
        app.MapPreferences();
        app.MapSignOut();
        app.MapSettingsFiles();
        app.MapConnections();
        app.MapReportFiles();
        app.MapSharedReports();
        app.MapSharedMessages();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
