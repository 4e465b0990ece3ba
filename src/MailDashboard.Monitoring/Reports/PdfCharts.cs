using System.Globalization;
using PdfSharp.Drawing;

namespace MailDashboard.Monitoring.Reports;

/// <summary>The pictures of a PDF, in vectors. What they show is said in words beside them.</summary>
internal static class PdfCharts
{
    private const double Size = 8;
    private const double TrendHeight = 110;
    private const double AxisWidth = 30;
    private const double BarRow = 16;

    public static void Trend(PdfPages pages, IReadOnlyList<(DateOnly Day, double Mean)> trend, ReportTexts texts)
    {
        if (trend.Count < 2 || !pages.Need(TrendHeight + 36))
        {
            return;
        }

        pages.Write(texts["Trend"], 9, colour: ReportColours.Muted);
        var (graphics, top, font) = (pages.Graphics, pages.Y + 6, PdfFonts.Of(Size, isBold: false));
        var (low, high) = (Math.Floor((trend.Min(t => t.Mean) - 1) / 10) * 10, Math.Ceiling((trend.Max(t => t.Mean) + 1) / 10) * 10);
        (low, high) = (Math.Max(0, low), Math.Min(100, high));
        var (left, width) = (PdfPages.Left + AxisWidth, PdfPages.Width - AxisWidth);
        for (var step = 0; step <= 2; step++)
        {
            var value = low + ((high - low) * step / 2);
            var y = Height(value);
            graphics.DrawLine(PdfPages.Pen(ReportColours.Line, 0.7), left, y, left + width, y);
            graphics.DrawString(value.ToString("0", CultureInfo.InvariantCulture), font, PdfPages.Brush(ReportColours.Muted), PdfPages.Left, y + 3);
        }

        var days = Math.Max(1, trend[^1].Day.DayNumber - trend[0].Day.DayNumber);
        XPoint[] points = [.. trend.Select(t => new XPoint(left + (width * (t.Day.DayNumber - trend[0].Day.DayNumber) / days), Height(t.Mean)))];
        graphics.DrawLines(PdfPages.Pen(ReportColours.Accent, 1.6), points);
        graphics.DrawEllipse(PdfPages.Brush(ReportColours.Accent), points[^1].X - 2.5, points[^1].Y - 2.5, 5, 5);
        var end = texts.Date(trend[^1].Day);
        graphics.DrawString(texts.Date(trend[0].Day), font, PdfPages.Brush(ReportColours.Muted), left, top + TrendHeight + 12);
        graphics.DrawString(end, font, PdfPages.Brush(ReportColours.Muted), left + width - graphics.MeasureString(end, font).Width, top + TrendHeight + 12);
        pages.Skip(TrendHeight + 28);

        double Height(double value) => top + TrendHeight - (TrendHeight * (value - low) / Math.Max(1, high - low));
    }

    public static void Bars(PdfPages pages, IReadOnlyList<ReportBar> bars)
    {
        const double label = 120;
        const double widest = 180;
        foreach (var bar in bars)
        {
            if (!pages.Need(BarRow))
            {
                return;
            }

            var (graphics, y, font) = (pages.Graphics, pages.Y, PdfFonts.Of(9, isBold: false));
            graphics.DrawString(bar.Label, font, PdfPages.Brush(ReportColours.Text), PdfPages.Left + 12, y + 9);
            graphics.DrawRectangle(PdfPages.Brush(ReportColours.Line), PdfPages.Left + label, y + 2, widest, 8);
            if (bar.Share > 0)
            {
                graphics.DrawRectangle(PdfPages.Brush(ReportColours.Of(bar.Grade)), PdfPages.Left + label, y + 2, Math.Max(1, widest * Math.Min(1, bar.Share)), 8);
            }

            graphics.DrawString(bar.Text, font, PdfPages.Brush(ReportColours.Text), PdfPages.Left + label + widest + 12, y + 9);
            pages.Skip(BarRow);
        }
    }
}
