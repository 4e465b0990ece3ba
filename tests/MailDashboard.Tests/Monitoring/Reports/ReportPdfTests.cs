using System.Globalization;
using System.Text;
using MailDashboard.Monitoring.Reports;

namespace MailDashboard.Tests.Monitoring.Reports;

public sealed class ReportPdfTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Write_AnyReport_IsAPdfWithItsFonts(string language)
    {
        var pdf = ReportPdf.Write(ReportText.Of(ReportSamples.March(), CultureInfo.GetCultureInfo(language)), ReportSamples.WrittenAt);

        Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf, 0, 5));
        Assert.InRange(pdf.Length, 10_000, 300_000);
    }

    [Fact]
    public void Write_HostileNames_AndAWordWithoutEnd_IsWritten()
    {
        var report = ReportText.Of(ReportSamples.Hostile(), CultureInfo.GetCultureInfo("en"));
        var huge = report with { Title = string.Concat(Enumerable.Repeat("😀漢字\u202e", 300)), Lead = [new string('x', 5000)] };

        Assert.NotEmpty(ReportPdf.Write(huge, ReportSamples.WrittenAt));
    }

    [Fact]
    public void Write_AReportWithoutEnd_StopsAtTheLastPage()
    {
        var report = ReportText.Of(ReportSamples.Calm(), CultureInfo.GetCultureInfo("en"));
        var endless = report with { Sections = [report.Sections[0] with { Sentences = [.. Enumerable.Range(0, 5000).Select(i => $"Sentence {i}.")] }] };

        using var document = PdfSharp.Pdf.IO.PdfReader.Open(new MemoryStream(ReportPdf.Write(endless, ReportSamples.WrittenAt)), PdfSharp.Pdf.IO.PdfDocumentOpenMode.Import);

        Assert.Equal(40, document.PageCount);
    }
}
