using System.Globalization;
using System.Text;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Reports;

namespace MailDashboard.Tests.Monitoring.Reports;

public sealed class ReportCsvTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "' =1")]
    [InlineData("\n=1", "' =1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("{{x}}", "{{x}}")]
    [InlineData("one\r\ntwo", "one two")]
    [InlineData("", "")]
    public void Cell_OfAStranger_IsNoFormula(string text, string expected) => Assert.Equal(expected, ReportCsv.Cell(text));

    [Fact]
    public void Write_AnyRows_IsUtf8WithAMarkAndOneLineEach()
    {
        var bytes = ReportCsv.Write([Row("é.example", "a, \"b\""), Row("b.example", "=cmd()|' /C calc'!A0")], English);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith("\"Domain\",\"Tags\",\"Score\",\"Grade\",\"Before\",\"Change\",\"Worst problem\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"é.example\",\"a, \"\"b\"\"\",\"71.5\",\"C\",\"80\",\"-8.5\",", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"'=cmd()|' /C calc'!A0\",", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"meets the rules\"", lines[1], StringComparison.Ordinal);
        Assert.Equal(["", 4], [lines[3], (object)lines.Length]);
    }

    [Fact]
    public void Write_InFrench_IsWhatFrenchSpreadsheetsReadAsColumnsAndNumbers()
    {
        var lines = Encoding.UTF8.GetString(ReportCsv.Write([Row("é.example", "a")], CultureInfo.GetCultureInfo("fr"))[3..]).Split("\r\n");

        Assert.StartsWith("\"é.example\";\"a\";\"71,5\";\"C\";\"80\";\"-8,5\";", lines[1], StringComparison.Ordinal);
    }

    private static ReportRow Row(string name, string tag) =>
        new(name, [tag], 71.5, "C", 80, null, 3, new Dictionary<string, ComplianceStatus> { [ComplianceCatalogue.Shipped.Providers[0].Id] = ComplianceStatus.Met });
}
