using MailDashboard.Checks.Dmarc;

namespace MailDashboard.Tests.Checks.Dmarc;

public class DmarcRecordTests
{
    [Theory]
    [InlineData("v=DMARC1; p=reject", DmarcPolicy.Reject)]
    [InlineData("v=DMARC1;p=Quarantine;", DmarcPolicy.Quarantine)]
    [InlineData("v = DMARC1 ; rua=mailto:a@b.example ; p = none", DmarcPolicy.None)]
    [InlineData("v=DMARC1; x-new=1; p=reject; pct=20; rf=afrf; ri=86400", DmarcPolicy.Reject)]
    public void Parse_AnyOrderUnknownAndRemovedTags_GivesThePolicy(string text, DmarcPolicy policy) =>
        Assert.Equal(policy, DmarcRecord.Parse(text)!.Policy);

    [Theory]
    [InlineData("v=dmarc1; p=reject")]
    [InlineData("v=DMARC1. p=reject")]
    [InlineData("v=DMARC1 p=reject")]
    [InlineData("v=DMARC2; p=reject")]
    [InlineData("p=reject; v=DMARC1")]
    [InlineData("\"v=DMARC1; p=reject\"")]
    [InlineData(" v=DMARC1; p=reject")]
    [InlineData("v=spf1 -all")]
    [InlineData("v")]
    [InlineData("")]
    public void Parse_NotBeginningWithTheVersion_IsNoRecord(string text) => Assert.Null(DmarcRecord.Parse(text));

    [Fact]
    public void Parse_ValueWithEquals_KeepsIt()
    {
        var record = DmarcRecord.Parse("v=DMARC1; p=none; rua=mailto:a@b.example?subject=x=y!10m,mailto:c+d=e@f.example")!;

        Assert.Equal(["mailto:a@b.example?subject=x=y", "mailto:c+d=e@f.example"], record.AggregateDestinations.Select(u => u.Text));
        Assert.Equal(["b.example", "f.example"], record.AggregateDestinations.Select(u => u.Host));
        Assert.Equal([true, false], record.AggregateDestinations.Select(u => u.HasSize));
    }

    [Theory]
    [InlineData("mailto:a@b.example", true, "b.example")]
    [InlineData("MAILTO:a@B.Example.", true, "b.example")]
    [InlineData("https://reports.example/dmarc", true, null)]
    [InlineData("a@b.example", false, null)]
    [InlineData("mailto:b.example", false, null)]
    [InlineData("mailto:@b.example", false, null)]
    [InlineData("mailto:a@b@c.example", false, null)]
    [InlineData("mailto:a@b..example", false, null)]
    [InlineData("", false, null)]
    public void Uri_Parse_TellsWhatCanBeUsed(string text, bool valid, string? host)
    {
        var uri = DmarcUri.Parse(text);

        Assert.Equal((valid, host), (uri.IsValid, uri.Host));
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=none", true, true, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=none", false, true, DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=none", false, false, DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine", false, false, DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=reject; np=none", false, true, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=reject", false, false, DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; rua=mailto:a@b.example", true, true, DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=reject; sp=all; rua=mailto:a@b.example", true, true, DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=reject; sp=all", true, true, null)]
    [InlineData("v=DMARC1", true, true, null)]
    public void RequestedFor_OwnExistingAndMissing_FollowsTheTags(string text, bool isOwn, bool exists, DmarcPolicy? expected) =>
        Assert.Equal(expected, DmarcRecord.Parse(text)!.RequestedFor(isOwn, exists));

    [Fact]
    public void Parse_RandomText_NeverThrows()
    {
        const string Alphabet = "vpDMARC1=;:, !mailto@b.x%\"\\\u00e9\u0000";
        var random = new Random(9989);
        for (var i = 0; i < 20_000; i++)
        {
            var tail = string.Create(random.Next(80), random, static (span, r) =>
            {
                foreach (ref var c in span)
                {
                    c = Alphabet[r.Next(Alphabet.Length)];
                }
            });
            var record = DmarcRecord.Parse("v=DMARC1; rua=" + tail);
            _ = record?.RequestedFor(isOwn: true, exists: true);
            _ = DmarcNearMiss.Is(tail);
            Assert.StartsWith("v=DMARC1; p=", DmarcProposal.Repaired("example.org", tail, sends: true).Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_SixtyKilobytes_IsBounded()
    {
        var record = DmarcRecord.Parse("v=DMARC1; p=none; rua=" + string.Join(',', Enumerable.Repeat("mailto:a@b.example", 3_000)))!;

        Assert.Equal(DmarcUri.MaximumUris, record.AggregateDestinations.Length);
    }
}
