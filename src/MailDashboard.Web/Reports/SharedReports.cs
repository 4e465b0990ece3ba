using System.Globalization;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Reports;
using MailDashboard.Web.Hosting;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Reports;

/// <summary>A report for whoever holds its link. Expired, revoked and guessed links get one and the same answer.</summary>
internal static class SharedReports
{
    private const string Root = "/shared";

    /// <summary>Below the root that needs no account.</summary>
    public static string PathOf(string token) => $"{Root}/report/{token}";

    /// <summary>Whether a path has the key of a link in it.</summary>
    public static bool Covers(PathString path) => path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public static void MapSharedReports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/shared/report/{token}", (string token, HttpContext context, ReportLinks links, PortfolioQuery query, TimeProvider time, IStringLocalizer<ReportsTexts> texts) =>
            AnswerAsync(token, context, links, query, time, texts, (report, _) => ReportFiles.Page(context, report, time.GetUtcNow(), $"{context.Request.PathBase}{PathOf(token)}/report.pdf")))
            .AllowAnonymous();
        endpoints.MapGet("/shared/report/{token}/report.pdf", (string token, HttpContext context, ReportLinks links, PortfolioQuery query, TimeProvider time, IStringLocalizer<ReportsTexts> texts) =>
            AnswerAsync(token, context, links, query, time, texts, (report, link) => ReportFiles.File(context, report, Period(link), time.GetUtcNow())))
            .AllowAnonymous();
    }

    private static async Task<IResult> AnswerAsync(
        string token, HttpContext context, ReportLinks links, PortfolioQuery query, TimeProvider time, IStringLocalizer<ReportsTexts> texts, Func<ReportDocument, ReportLink, IResult> show)
    {
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        if (await links.FindAsync(token, context.RequestAborted) is not { } link)
        {
            await new SmallPage(texts["Shared.Gone.Title"], texts["Shared.Gone.Text"]).WriteAsync(context, StatusCodes.Status404NotFound, context.RequestAborted);
            return Results.Empty;
        }

        var model = await query.ReadAsync(Period(link), link.Tag, context.RequestAborted);
        return show(ReportText.Of(model, CultureInfo.GetCultureInfo(link.Language)), link);
    }

    private static ReportPeriod Period(ReportLink link) => new(PeriodKind.Chosen, link.From, link.To);
}
