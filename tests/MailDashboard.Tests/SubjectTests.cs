using MailDashboard.Checks;

namespace MailDashboard.Tests;

public class SubjectTests
{
    [Theory]
    [InlineData("192.0.2.10", "zen.spamhaus.org")]
    [InlineData("2001:db8::10", "zen.spamhaus.org")]
    [InlineData("example.org", "dbl.spamhaus.org")]
    public void Parse_OfItsOwnKey_GivesTheSameSubject(string name, string zone)
    {
        var subject = Subject.Listing(name, zone);

        Assert.Equal(subject, Subject.Parse(subject.Key));
    }

    [Fact]
    public void Parse_OfARecord_GivesNameAndType()
    {
        var subject = Subject.Record("_dmarc.example.org", "TXT");

        Assert.Equal(subject, Subject.Parse(subject.Key));
        Assert.Equal("_dmarc.example.org TXT", subject.ToString());
    }

    [Fact]
    public void Parse_SomethingElse_Throws() => Assert.Throws<FormatException>(() => Subject.Parse("nonsense"));
}
