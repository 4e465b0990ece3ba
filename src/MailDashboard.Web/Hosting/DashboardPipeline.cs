using MailDashboard.Web.Account;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Setup;

namespace MailDashboard.Web.Hosting;

/// <summary>What happens to a request, in order.</summary>
internal static class DashboardPipeline
{
    public static void UseDashboard(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/failure", createScopeForErrors: true);
        app.UseHsts();
        app.UseRequestLocalization();
        app.UseMiddleware<DatabaseGate>();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
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
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
