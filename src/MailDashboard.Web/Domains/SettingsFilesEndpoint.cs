using System.Text;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Account;

namespace MailDashboard.Web.Domains;

/// <summary>Hands out the files from which mail programs find their settings.</summary>
internal static class SettingsFilesEndpoint
{
    public static void MapSettingsFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/domains/{id:int}/autoconfig/{file}", async (int id, string file, DomainReader reader, HttpContext context) =>
        {
            var known = await reader.FactsAsync(id, "autoconfig", context.RequestAborted);
            var found = known is { } domain ? AutoconfigDownloads.Of(domain.Domain, domain.Facts).FirstOrDefault(f => f.File == file) : null;
            context.Response.Headers.CacheControl = "no-store";
            return found is null ? Results.NotFound() : Results.File(Encoding.UTF8.GetBytes(found.Text), found.MediaType, found.SaveAs);
        }).RequireAuthorization(Policies.View);
}
