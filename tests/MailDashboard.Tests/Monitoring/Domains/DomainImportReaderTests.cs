using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Tests.Monitoring.Domains;

public class DomainImportReaderTests
{
    [Fact]
    public void Read_PlainLines_KeepsTheirNumbers()
    {
        var rows = DomainImportReader.Read("\uFEFFexample.org\r\n\r\n# a comment\r\nexample.net\n");

        Assert.Equal([(1, "example.org"), (4, "example.net")], rows.Select(r => (r.Line, r.Name)));
    }

    [Fact]
    public void Read_CsvWithHeader_TakesTheColumnsByName()
    {
        var rows = DomainImportReader.Read("Domain;Addresses;Tags\nexample.org;192.0.2.1 2001:db8::1;\"shop fr\"");

        var row = Assert.Single(rows);
        Assert.Equal(["192.0.2.1", "2001:db8::1"], row.Draft.SendingAddresses);
        Assert.Equal(["shop", "fr"], row.Draft.Tags);
    }

    [Fact]
    public void Read_AQuoteLeftOpen_SpoilsItsOwnLineOnly()
    {
        var rows = DomainImportReader.Read("\"example.org,x\nexample.net,y");

        Assert.Equal("example.net", rows[1].Name);
    }
}
