using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace MailDashboard.Monitoring.Reports;

/// <summary>A report on A4.</summary>
public static class ReportPdf
{
    private const double Body = 10;
    private const double LabelColumn = 130;

    /// <summary>What PDFsharp keeps of fonts is for one writer at a time.</summary>
    private static readonly Lock OneAtATime = new();

    /// <param name="writtenAt">Named at the foot of every page.</param>
    public static byte[] Write(ReportDocument report, DateTimeOffset writtenAt)
    {
        lock (OneAtATime)
        {
            using var document = new PdfDocument();
            var texts = new ReportTexts(report.Culture);
            document.Info.Title = report.Title;
            document.Info.Creator = "Mail Dashboard";
            document.Info.CreationDate = writtenAt.UtcDateTime;
            document.Language = report.Language;
            using (var pages = new PdfPages(document, texts["Cut"]))
            {
                Fill(pages, report, texts);
            }

            Number(document, texts.Format("Written", report.Title, texts.Date(DateOnly.FromDateTime(writtenAt.UtcDateTime))), texts);
            using var stream = new MemoryStream();
            document.Save(stream, closeStream: false);
            return stream.ToArray();
        }
    }

    private static void Fill(PdfPages pages, ReportDocument report, ReportTexts texts)
    {
        pages.Write(report.Title, 18, isBold: true);
        pages.Write(report.Span, 9, colour: ReportColours.Muted);
        pages.Skip(10);
        foreach (var (sentence, index) in report.Lead.Select((s, i) => (s, i)))
        {
            pages.Write(sentence, index == 0 ? 12 : Body, index == 0, index == 0 && report.IsUrgent ? ReportColours.Urgent : ReportColours.Text);
            pages.Skip(4);
        }

        foreach (var section in report.Sections)
        {
            Section(pages, section, report, texts);
        }
    }

    private static void Section(PdfPages pages, ReportSection section, ReportDocument report, ReportTexts texts)
    {
        pages.Skip(12);
        pages.Write(section.Heading, 13, isBold: true, keep: 40);
        pages.Skip(3);
        if (section.Part == ReportPart.Score)
        {
            PdfCharts.Trend(pages, report.Trend, texts);
        }

        foreach (var sentence in section.Sentences)
        {
            pages.Write(sentence, Body);
            pages.Skip(2);
        }

        if (section.Bars.Count > 0)
        {
            pages.Skip(4);
            PdfCharts.Bars(pages, section.Bars);
        }

        foreach (var item in section.Items)
        {
            pages.Skip(5);
            pages.Write(item.Title, Body, isBold: true, keep: 30);
            foreach (var (label, text) in item.Rows)
            {
                pages.Pair(label, text, 9, LabelColumn);
            }
        }

        if (section.Note is { } note)
        {
            pages.Skip(3);
            pages.Write(note, 9, colour: ReportColours.Muted);
        }
    }

    /// <summary>Last: only now is it known how many pages there are.</summary>
    private static void Number(PdfDocument document, string foot, ReportTexts texts)
    {
        var font = PdfFonts.Of(8, isBold: false);
        for (var i = 0; i < document.PageCount; i++)
        {
            using var graphics = XGraphics.FromPdfPage(document.Pages[i]);
            var number = texts.Format("Page", i + 1, document.PageCount);
            graphics.DrawString(foot, font, PdfPages.Brush(ReportColours.Muted), new XRect(PdfPages.Left, 802, PdfPages.Width - 60, 12), XStringFormats.TopLeft);
            graphics.DrawString(number, font, PdfPages.Brush(ReportColours.Muted), new XRect(PdfPages.Left, 802, PdfPages.Width, 12), XStringFormats.TopRight);
        }
    }
}
