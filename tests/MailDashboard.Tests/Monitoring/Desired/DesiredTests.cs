using MailDashboard.Monitoring.Desired;

namespace MailDashboard.Tests.Monitoring.Desired;

public class DesiredTests
{
    [Theory]
    [InlineData("TXT", "v=DMARC1; p=reject; rua=mailto:a@example.org", "v=DMARC1;p=reject ;rua = mailto:a@example.org;", true)]
    [InlineData("TXT", "v=DMARC1; p=reject", "v=DMARC1; p=none", false)]
    [InlineData("TXT", "v=spf1 mx  -all", "v=spf1 mx -all", true)]
    [InlineData("TXT", "v=spf1 mx -all", "v=spf1 mx ~all", false)]
    [InlineData("TXT", "v=DKIM1; p=MIIB IjAN", "v=DKIM1;p=MIIBIjAN", true)]
    [InlineData("TXT", "hello  there", "hello there", false)]
    [InlineData("MX", "10 MX.example.org.|20 b.example.org", "20 b.example.org|10  mx.example.org", true)]
    [InlineData("MX", "10 mx.example.org", "20 mx.example.org", false)]
    [InlineData("MX", "10 mx.example.org", "10 mx.example.org|20 b.example.org", false)]
    [InlineData("CNAME", "S1.Provider.example.", "s1.provider.example", true)]
    [InlineData("TLSA", "3 1 1 AB", "3 1 1 ab", true)]
    public void AreEqual_OfTwoSets_GoesByMeaning(string type, string one, string other, bool expected) =>
        Assert.Equal(expected, DesiredComparison.AreEqual(type, [.. one.Split('|')], [.. other.Split('|')]));

    [Theory]
    [InlineData("_dmarc.example.org", "TXT", "v=DMARC1; p=reject", null)]
    [InlineData("Example.ORG.", "mx", "10 mx.example.org.", null)]
    [InlineData("", "TXT", "x", DesiredProblem.BadName)]
    [InlineData("two words.example.org", "TXT", "x", DesiredProblem.BadName)]
    [InlineData("example.net", "TXT", "x", DesiredProblem.OtherDomain)]
    [InlineData("notexample.org", "TXT", "x", DesiredProblem.OtherDomain)]
    [InlineData("example.org", "SOA", "x", DesiredProblem.BadType)]
    [InlineData("example.org", "TXT", " ", DesiredProblem.NoValue)]
    [InlineData("example.org", "MX", "mx.example.org", DesiredProblem.BadValue)]
    [InlineData("example.org", "A", "300.1.1.1", DesiredProblem.BadValue)]
    [InlineData("example.org", "A", "2001:db8::1", DesiredProblem.BadValue)]
    public void Normalise_OfWhatWasTyped_SaysWhatIsWrong(string name, string type, string value, DesiredProblem? expected) =>
        Assert.Equal(expected, DesiredDraftValidation.Normalise("example.org", new DesiredDraft(name, type, [value])).Problem);

    [Fact]
    public void Normalise_ATextPastedWithItsQuotes_LosesThem() =>
        Assert.Equal(["v=DKIM1; p=AB"], DesiredDraftValidation.Normalise("example.org", new DesiredDraft("example.org", "TXT", ["\"v=DKIM1; \" \"p=AB\""])).Draft.Values);

    [Fact]
    public void Normalise_TooLongOrTooMany_IsRefused()
    {
        Assert.Equal(DesiredProblem.TooLong, DesiredDraftValidation.Normalise("example.org", new DesiredDraft("example.org", "TXT", [new string('x', 5000)])).Problem);
        Assert.Equal(DesiredProblem.TooMany, DesiredDraftValidation.Normalise("example.org", new DesiredDraft("example.org", "TXT", [.. Enumerable.Range(0, 60).Select(i => $"{i}")])).Problem);
    }
}
