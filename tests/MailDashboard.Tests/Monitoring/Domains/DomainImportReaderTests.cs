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
    public void Read_ClientsVolumeAndStrict_AreTakenOrTheLineSaysWhyNot()
    {
        var rows = DomainImportReader.Read("domain,clients,volume,strict\nexample.org,imap.example.org smtp.example.org,12000,yes\nexample.net,,many,perhaps");

        Assert.Equal(["imap.example.org", "smtp.example.org"], rows[0].Draft.ClientHosts);
        Assert.Equal((12000, true), (rows[0].Draft.DailyVolume, rows[0].Draft.IsStrict));
        Assert.Empty(rows[0].Problems);
        Assert.Equal([("DailyVolume", "BadVolume", "many"), ("IsStrict", "BadStrict", "perhaps")], rows[1].Problems.Select(p => (p.Field, p.Problem, p.Value)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, null)]
    [InlineData(-1, "BadVolume")]
    [InlineData(2_000_000_000, "BadVolume")]
    public void Normalise_Volume_IsBounded(int? volume, string? problem) =>
        Assert.Equal(problem, DomainDraftValidation.Normalise(new DomainDraft { DailyVolume = volume }).Problems.SingleOrDefault()?.Problem);

    [Fact]
    public void States_AnotherClientHostVolumeOrStrictness_IsSomethingElse()
    {
        var draft = new DomainDraft();

        Assert.False(draft.States(draft with { ClientHosts = ["imap.example.org"] }));
        Assert.False(draft.States(draft with { DailyVolume = 0 }));
        Assert.False(draft.States(draft with { IsStrict = true }));
    }

    [Fact]
    public void Read_AQuoteLeftOpen_SpoilsItsOwnLineOnly()
    {
        var rows = DomainImportReader.Read("\"example.org,x\nexample.net,y");

        Assert.Equal("example.net", rows[1].Name);
    }
}
