using System.Collections.Immutable;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Publishing;

namespace MailDashboard.Tests.Mail.Publishing;

public class SpfMergeTests
{
    [Theory]
    [InlineData("", "ip4:192.0.2.1", "v=spf1 ip4:192.0.2.1 ~all", "")]
    [InlineData("v=spf1 mx exists:%{i}._spf.example.org ip4:198.51.100.0/24 -all", "include:a.example", "v=spf1 mx exists:%{i}._spf.example.org ip4:198.51.100.0/24 include:a.example -all", "")]
    [InlineData("v=spf1 mx ~all", "include:a.example ip6:2001:db8::1", "v=spf1 mx include:a.example ip6:2001:db8::1 ~all", "")]
    [InlineData("v=spf1 include:a.example ~all", "INCLUDE:A.example", "v=spf1 include:a.example ~all", "")]
    [InlineData("v=spf1 +mx -all", "mx", "v=spf1 +mx -all", "")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", "ip4:192.0.2.7", "v=spf1 ip4:192.0.2.0/24 -all", "")]
    [InlineData("v=spf1 ip4:192.0.2.0/28 -all", "ip4:192.0.2.77", "v=spf1 ip4:192.0.2.0/28 ip4:192.0.2.77 -all", "")]
    [InlineData("v=spf1 ?include:a.example -all", "include:a.example", "v=spf1 include:a.example -all", "SpfQualifierChanged")]
    [InlineData("v=spf1 mx -ip4:192.0.2.0/24 a -all", "ip4:192.0.2.9", "v=spf1 mx ip4:192.0.2.9 -ip4:192.0.2.0/24 a -all", "")]
    [InlineData("v=spf1 mx redirect=_spf.example.org", "include:a.example", "v=spf1 mx include:a.example redirect=_spf.example.org", "")]
    [InlineData("v=spf1 redirect=_spf.example.org ip4:192.0.2.1", "", "v=spf1 ip4:192.0.2.1 redirect=_spf.example.org", "")]
    [InlineData("v=spf1 mx redirect=_spf.example.org -all", "", "v=spf1 mx -all", "SpfRedirectIdle")]
    [InlineData("v=spf1 mx +all", "", "v=spf1 mx ~all", "SpfOpenEnd")]
    [InlineData("v=spf1 mx ?all", "", "v=spf1 mx ~all", "SpfOpenEnd")]
    [InlineData("v=spf1 mx", "", "v=spf1 mx ~all", "SpfNoEnd")]
    [InlineData("v=spf1 ip4:0.0.0.0/0 mx -all", "", "v=spf1 mx -all", "SpfEverybody")]
    [InlineData("v=spf1 a/0 mx -all", "", "v=spf1 mx -all", "SpfEverybody")]
    [InlineData("v=spf1 mx ptr ~all", "", "v=spf1 mx ~all", "SpfPtrDropped")]
    [InlineData("v=spf1 mx -all include:a.example", "", "v=spf1 mx include:a.example -all", "SpfBehindAll")]
    [InlineData("v=spf1 mx mx MX -all", "", "v=spf1 mx -all", "SpfTwice SpfTwice")]
    [InlineData("v=spf1 mx exp=why.example.org foo=bar -all", "", "v=spf1 mx -all exp=why.example.org foo=bar", "")]
    [InlineData("v=spf1 ipv4:192.0.2.1 -all", "", "v=spf1 ip4:192.0.2.1 -all", "SpfMended")]
    [InlineData("\"v=spf1 mx -all\"", "", "v=spf1 mx -all", "SpfMended")]
    public void Merge_OneRecord_KeepsItsOrderAndMeaning(string there, string wanted, string expected, string notes)
    {
        var merged = SpfMerge.Merge(there.Length == 0 ? [] : [there], Words(wanted), null);

        Assert.Equal((expected, notes), (merged.Text, string.Join(' ', merged.Notes.Select(n => n.Key))));
        Assert.False(SpfParser.Parse(merged.Text!).HasErrors);
    }

    [Theory]
    [InlineData("v=spf1 mx -all", "v=spf1 include:a.example -all", "v=spf1 mx include:a.example -all")]
    [InlineData("v=spf1 mx -all", "v=spf1 include:a.example ~all", "v=spf1 mx include:a.example ~all")]
    [InlineData("v=spf1 mx -all", "v=spf1 mx ip4:192.0.2.1", "v=spf1 mx ip4:192.0.2.1 -all")]
    [InlineData("v=spf1 mx -all", "v=spf1 redirect=b.example", "v=spf1 mx include:b.example -all")]
    [InlineData("v=spf1 redirect=a.example", "v=spf1 redirect=b.example", "v=spf1 include:a.example include:b.example ~all")]
    public void Merge_SeveralRecords_BecomeOne(string one, string other, string expected) =>
        Assert.Equal(expected, SpfMerge.Merge([one, other], [], null).Text);

    [Theory]
    [InlineData("v=spf1 mx ~all", SpfEnding.Fail, "v=spf1 mx -all")]
    [InlineData("v=spf1 mx -all", SpfEnding.SoftFail, "v=spf1 mx ~all")]
    [InlineData("v=spf1 mx redirect=a.example", SpfEnding.Fail, "v=spf1 mx redirect=a.example")]
    public void Merge_EndingAskedFor_IsTaken(string there, SpfEnding ending, string expected) =>
        Assert.Equal(expected, SpfMerge.Merge([there], [], ending).Text);

    [Fact]
    public void Merge_NotToBeMended_SaysWhatCannotBeRead()
    {
        var merged = SpfMerge.Merge(["v=spf1 include: nonsense( -all"], ["mx"], null);

        Assert.Equal((null, "SpfUnreadable"), (merged.Text, merged.Obstacle?.Key));
    }

    [Fact]
    public void Merge_WhateverIsThere_NeverLetsEverybodyPass()
    {
        string[] terms = ["+all", "all", "?all", "-all", "~all", "ptr", "ip4:0.0.0.0/0", "ip6:::/0", "mx", "redirect=a.example", "?mx", "exp=b.example", "include:c.example"];
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var texts = Enumerable.Range(0, random.Next(1, 3)).Select(_ => $"v=spf1 {string.Join(' ', random.GetItems(terms, random.Next(0, 5)))}").ToImmutableArray();

            if (SpfMerge.Merge(texts, ["ip4:192.0.2.1"], null).Text is not { } text)
            {
                continue;
            }

            var record = SpfParser.Parse(text);
            Assert.False(record.HasErrors, text);
            Assert.DoesNotContain(record.Terms, t => t.Kind == SpfTermKind.Ptr || (t.Kind == SpfTermKind.All && t.Qualifier is SpfQualifier.Pass or SpfQualifier.Neutral));
            Assert.Equal(1, record.Terms.Count(t => t.Kind is SpfTermKind.All or SpfTermKind.Redirect));
        }
    }

    private static ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
