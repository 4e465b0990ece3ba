using MailDashboard.Checks.TagLists;

namespace MailDashboard.Tests.Checks.TagLists;

public class TagListTests
{
    [Theory]
    [InlineData("v=DKIM1;p=abc", "v=DKIM1|p=abc")]
    [InlineData(" v = DKIM1 ; p =\r\n abc ; ", "v=DKIM1|p=abc")]
    [InlineData("a=b=c==", "a=b=c==")]
    [InlineData("p=", "p=")]
    [InlineData("", "")]
    [InlineData("rua=mailto:x@y.example?a=b", "rua=mailto:x@y.example?a=b")]
    public void Parse_WellFormed_GivesEveryTag(string text, string expected)
    {
        var list = TagList.Parse(text);

        Assert.Equal(expected, string.Join('|', list.Tags.Select(t => $"{t.Name}={t.Value}")));
        Assert.Empty(list.Faults);
    }

    [Theory]
    [InlineData("a=1;rubbish;b=2", TagFaultKind.NoEquals)]
    [InlineData("a=1;=5;b=2", TagFaultKind.BadName)]
    [InlineData("a=1;9x=5;b=2", TagFaultKind.BadName)]
    [InlineData("a=1;\"c=5;b=2", TagFaultKind.BadName)]
    [InlineData("a=1;a=1;b=2", TagFaultKind.Duplicate)]
    [InlineData("a=1;;b=2", TagFaultKind.Empty)]
    [InlineData("a=1;c=\u00e9;b=2", TagFaultKind.BadValue)]
    public void Parse_OneBrokenPart_NamesItAndReadsTheRest(string text, TagFaultKind kind)
    {
        var list = TagList.Parse(text);

        Assert.Equal(kind, Assert.Single(list.Faults).Kind);
        Assert.Equal("1", list["a"]);
        Assert.Equal("2", list["b"]);
    }

    [Fact]
    public void Parse_ThousandsOfTags_StopsReading()
    {
        var list = TagList.Parse(string.Join(';', Enumerable.Range(0, 50_000).Select(i => $"t{i}=x")));

        Assert.Equal(TagList.MaximumTags, list.Tags.Length);
        Assert.Equal(TagFaultKind.TooMany, Assert.Single(list.Faults).Kind);
    }

    [Fact]
    public void Indexer_OtherCase_IsAnotherName() => Assert.Null(TagList.Parse("P=x")["p"]);
}
