using Bunit;
using MailDashboard.Checks;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.Tests.Web;

public sealed class SmallPartsTests : PageTest
{
    [Theory]
    [InlineData(Severity.Critical, "Critical", "tag--critical")]
    [InlineData(Severity.Error, "Error", "tag--error")]
    [InlineData(Severity.Warning, "Warning", "tag--warning")]
    [InlineData(Severity.Notice, "Notice", "tag--notice")]
    [InlineData(Severity.Info, "Info", "tag--info")]
    [InlineData(null, "All right", "tag--ok")]
    public void SeverityTag_Always_HasWordIconAndColour(Severity? severity, string word, string colour)
    {
        var tag = Render<SeverityTag>(p => p.Add(t => t.Value, severity)).Find(".tag");

        Assert.Equal(word, tag.TextContent.Trim());
        Assert.NotNull(tag.QuerySelector("svg"));
        Assert.Contains(colour, tag.ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoreRing_WithAScore_IsReadAloud()
    {
        var ring = Render<ScoreRing>(p => p.Add(r => r.Value, 86.6).Add(r => r.Grade, "B").Add(r => r.Size, 96));

        Assert.Equal("Score 87 of 100, grade B", ring.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Equal("86.6 100", ring.Find(".ring__arc").GetAttribute("stroke-dasharray"));
        Assert.Equal("B", ring.Find(".ring__grade").TextContent);
    }

    [Fact]
    public void ScoreRing_WithoutAScore_IsNeitherGoodNorBad()
    {
        var ring = Render<ScoreRing>(p => p.Add(r => r.Value, null));

        Assert.Contains("ring--unknown", ring.Find(".ring").ClassName, StringComparison.Ordinal);
        Assert.Empty(ring.FindAll(".ring__arc"));
    }

    [Fact]
    public void LocalTime_WhenTheZoneBecomesKnown_IsShownInIt()
    {
        var time = Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow()));
        var before = time.Find("time").TextContent;

        Services.GetRequiredService<ReaderClock>().Use("Asia/Tokyo");

        time.WaitForAssertion(() => Assert.Equal("14 Mar 2026, 21:00", time.Find("time").TextContent), TimeSpan.FromSeconds(30));
        Assert.Equal("14 Mar 2026, 12:00", before);
        Assert.Equal("2026-03-14T12:00:00Z", time.Find("time").GetAttribute("datetime"));
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(5, "5 min ago")]
    [InlineData(180, "3 h ago")]
    [InlineData(4320, "3 d ago")]
    [InlineData(-5, "in 5 min")]
    public void LocalTime_Relative_SaysHowLongAgo(int minutes, string expected)
    {
        var time = Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow().AddMinutes(-minutes)).Add(t => t.Relative, true));

        Assert.Equal(expected, time.Find("time").TextContent);
    }

    [Fact]
    public void CopyButton_Clicked_SaysSo()
    {
        JSInterop.Setup<bool>("maildash.copy", "v=spf1 -all").SetResult(true);
        var button = Render<CopyButton>(p => p.Add(b => b.Text, "v=spf1 -all"));

        button.Find("button").Click();

        Assert.Equal("Copied", Services.GetRequiredService<Announcer>().Current);
    }

    [Fact]
    public void TrendLine_Always_HasATableBehindIt()
    {
        var start = Time.GetUtcNow();
        var trend = Render<TrendLine>(p => p
            .Add(t => t.Label, "Score")
            .Add(t => t.From, start)
            .Add(t => t.Until, start.AddDays(10))
            .Add(t => t.Points, [new TrendPoint(start, 50), new TrendPoint(start.AddDays(5), 80)])
            .Add(t => t.Events, [new TrendEvent(start.AddDays(5), "DMARC → reject")]));

        Assert.Equal("M0 50H50V20H100", trend.Find(".trend__line").GetAttribute("d"));
        Assert.Equal(2, trend.FindAll("tbody tr").Count);
        Assert.Contains("DMARC → reject", trend.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }
}

public sealed class FrenchPartsTests() : PageTest("fr")
{
    [Fact]
    public void SeverityTag_InFrench_IsFrench() =>
        Assert.Equal("Avertissement", Render<SeverityTag>(p => p.Add(t => t.Value, Severity.Warning)).Find(".tag").TextContent.Trim());

    [Fact]
    public void LocalTime_InFrench_IsFrench() =>
        Assert.Equal("il y a 5 min", Render<LocalTime>(p => p.Add(t => t.Value, Time.GetUtcNow().AddMinutes(-5)).Add(t => t.Relative, true)).Find("time").TextContent);
}
