using System.Globalization;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Reports;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MailDashboard.Web.Reports;

/// <summary>The report to print, as PDF and as CSV, for the period and the tag of the page.</summary>
internal static class ReportFiles
{
    private const string Pdf = "application/pdf";

    public static void MapReportFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/reports/print", async (HttpContext context, PortfolioQuery query, TimeProvider time) =>
        {
            var report = ReportText.Of(await ReadAsync(context, query, time), CultureInfo.CurrentUICulture);
            return Page(context, report, time.GetUtcNow());
        }).RequireAuthorization(Policies.View);

        endpoints.MapGet("/reports/report.pdf", async (HttpContext context, PortfolioQuery query, TimeProvider time) =>
        {
            var model = await ReadAsync(context, query, time);
            return File(context, ReportText.Of(model, CultureInfo.CurrentUICulture), model.Period, time.GetUtcNow());
        }).RequireAuthorization(Policies.View);

        endpoints.MapGet("/reports/domains.csv", async (HttpContext context, PortfolioQuery query, ReportRows rows, TimeProvider time) =>
        {
            var model = await ReadAsync(context, query, time);
            var csv = ReportCsv.Write(await rows.ReadAsync(model, context.RequestAborted), CultureInfo.CurrentUICulture);
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(csv, "text/csv; charset=utf-8", $"{Name(model.Period)}.csv");
        }).RequireAuthorization(Policies.View);
    }

    /// <summary>The printable page.</summary>
    public static IResult Page(HttpContext context, ReportDocument report, DateTimeOffset writtenAt, string? pdf = null)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<PrintableReport>(new
        {
            Report = report,
            WrittenAt = writtenAt,
            Pdf = pdf ?? $"{context.Request.PathBase}/reports/report.pdf{context.Request.QueryString}",
            Root = context.Request.PathBase.Value ?? "",
        });
    }

    public static IResult File(HttpContext context, ReportDocument report, ReportPeriod period, DateTimeOffset writtenAt)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(ReportPdf.Write(report, writtenAt), Pdf, $"{Name(period)}.pdf");
    }

    private static Task<PortfolioModel> ReadAsync(HttpContext context, PortfolioQuery query, TimeProvider time)
    {
        var asked = ReportAddress.Of(context.Request.Query);
        return query.ReadAsync(asked.PeriodAt(time), asked.TagOrAll, context.RequestAborted);
    }

    /// <summary>Nothing of it is somebody's: a name of a file is no place for a tag.</summary>
    private static string Name(ReportPeriod period) => string.Create(CultureInfo.InvariantCulture, $"mail-domains-{period.From:yyyy-MM-dd}-{period.LastDay:yyyy-MM-dd}");
}
