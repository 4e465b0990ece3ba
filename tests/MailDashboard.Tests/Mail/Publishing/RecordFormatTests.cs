using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Publishing;

namespace MailDashboard.Tests.Mail.Publishing;

public class RecordFormatTests
{
    [Theory]
    [InlineData("example.org", "example.org", "@")]
    [InlineData("_dmarc.example.org", "example.org", "_dmarc")]
    [InlineData("_dmarc.mail.example.org", "example.org", "_dmarc.mail")]
    [InlineData("other.example", "example.org", "other.example")]
    [InlineData("notexample.org", "example.org", "notexample.org")]
    public void Host_IsRelativeToTheZone(string owner, string zone, string expected) => Assert.Equal(expected, RecordFormat.Host(owner, zone));

    [Theory]
    [InlineData(DnsRecordType.TXT, "v=DMARC1; p=none", "_dmarc.example.org. 3600 IN TXT \"v=DMARC1; p=none\"")]
    [InlineData(DnsRecordType.TXT, "a \"b\" c\\d", "_dmarc.example.org. 3600 IN TXT \"a \\\"b\\\" c\\\\d\"")]
    [InlineData(DnsRecordType.TXT, "é", "_dmarc.example.org. 3600 IN TXT \"\\195\\169\"")]
    [InlineData(DnsRecordType.TXT, "", "_dmarc.example.org. 3600 IN TXT \"\"")]
    [InlineData(DnsRecordType.CNAME, "a.example", "_dmarc.example.org. 3600 IN CNAME a.example.")]
    [InlineData(DnsRecordType.MX, "10 mx.example", "_dmarc.example.org. 3600 IN MX 10 mx.example.")]
    [InlineData(DnsRecordType.MX, "0 .", "_dmarc.example.org. 3600 IN MX 0 .")]
    public void ZoneLines_EachType_IsWrittenAsAZoneFileHasIt(DnsRecordType type, string value, string expected) =>
        Assert.Equal(expected, Assert.Single(RecordFormat.ZoneLines(Record(type, value))));

    [Theory]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(510, 2)]
    [InlineData(511, 3)]
    public void Quoted_LongText_IsCutIntoStringsOf255Octets(int length, int strings)
    {
        var text = new string('x', length);

        var parts = RecordFormat.Quoted(text)[1..^1].Split("\" \"");

        Assert.Equal((strings, text), (parts.Length, string.Concat(parts)));
        Assert.All(parts, p => Assert.True(p.Length <= 255));
    }

    [Fact]
    public void Quoted_EscapesOnTheEdge_StayWhole() => Assert.Equal($"\"{new string('x', 254)}\\\\\" \"\\\"\"", RecordFormat.Quoted($"{new string('x', 254)}\\\""));

    [Theory]
    [InlineData(DnsRecordType.MX, "10 mx.example", 10, "mx.example")]
    [InlineData(DnsRecordType.MX, "0 .", 0, ".")]
    [InlineData(DnsRecordType.TXT, "v=spf1 -all", null, "v=spf1 -all")]
    public void Console_Value_IsByItself(DnsRecordType type, string value, int? preference, string expected)
    {
        var console = Assert.Single(RecordFormat.Console(Record(type, value)));

        Assert.Equal(("_dmarc", "_dmarc.example.org", expected, preference), (console.Host, console.Absolute, console.Value, console.Preference));
    }

    private static PlannedRecord Record(DnsRecordType type, string value) =>
        new(PlanPart.Dmarc, "example.org", "_dmarc.example.org", type, [value], PlanAction.Add, Reason.Of("DmarcMonitor"));
}
