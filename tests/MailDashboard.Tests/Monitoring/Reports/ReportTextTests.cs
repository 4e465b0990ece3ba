using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Reports;

namespace MailDashboard.Tests.Monitoring.Reports;

public sealed class ReportTextTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    [Fact]
    public void Of_AMonth_SaysFirstWhetherAnythingIsUrgent()
    {
        var report = ReportText.Of(ReportSamples.March(), English);

        Assert.True(report.IsUrgent);
        Assert.Equal("Urgent: Mail domains, March 2026: 78.5 out of 100, 3.5 points worse, one domain needs somebody today", report.Subject);
        Assert.StartsWith("Something is urgent. One domain has a critical problem and needs somebody today.", report.Lead[0], StringComparison.Ordinal);
        Assert.Equal("Your 42 domains score 78.5 out of 100 on average: good. That is 3.5 points worse, compared with 28 February 2026, the end of the period before.", report.Lead[1]);
        Assert.Equal("3 domains got worse. The one that fell most is shop.example: from 91 to 50.", report.Lead[2]);
        Assert.Equal([ReportPart.Urgent, ReportPart.Worse, ReportPart.Decisions], report.Sections.Take(3).Select(s => s.Part));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Of_AMonth_EverythingToActOn_SaysWhoAndWhatFirst(string language)
    {
        var texts = new ReportTexts(CultureInfo.GetCultureInfo(language));
        var report = ReportText.Of(ReportSamples.March(), texts.Culture);

        Assert.All(report.Sections.SelectMany(s => s.Items), item =>
        {
            Assert.Contains(item.Rows, r => r.Label == texts["Label.Who"] && r.Text.Length > 10);
            Assert.Contains(item.Rows, r => r.Label == texts["Label.Step"] && r.Text.Length > 10);
        });
        Assert.Contains(report.Sections.Single(s => s.Part == ReportPart.Worse).Items[0].Rows, r => r.Label == texts["Label.Why"]);
    }

    [Theory]
    [InlineData("en", "ready to copy")]
    [InlineData("fr", "prêt à copier")]
    public void Of_AMonth_NoStepSpeaksOfWhatIsNotThere(string language, string where)
    {
        var report = ReportText.Of(ReportSamples.March(), CultureInfo.GetCultureInfo(language));
        var rows = report.Sections.SelectMany(s => s.Items).SelectMany(i => i.Rows).ToList();

        Assert.DoesNotContain(rows, r => r.Text.Contains('…', StringComparison.Ordinal) || r.Text.Contains('{', StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Text.Contains(where, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_AMonthInFrench_IsWrittenInFrench()
    {
        var report = ReportText.Of(ReportSamples.March(), French);

        Assert.Equal("Urgent – Domaines de messagerie, mars 2026\u00a0: 78,5 sur 100, 3,5 points de moins, 1 domaine demande une intervention aujourd’hui", report.Subject);
        Assert.Equal("Du 1er mars 2026 au 31 mars 2026. Les jours sont comptés en UTC.", report.Span);
    }

    [Theory]
    [InlineData("en", "Nothing is urgent")]
    [InlineData("fr", "Rien n’est urgent")]
    public void Of_ACalmMonth_SaysSo(string language, string first)
    {
        var report = ReportText.Of(ReportSamples.Calm(), CultureInfo.GetCultureInfo(language));

        Assert.False(report.IsUrgent);
        Assert.StartsWith(first, report.Lead[0], StringComparison.Ordinal);
        Assert.DoesNotContain(report.Sections, s => s.Part == ReportPart.Urgent);
    }

    [Fact]
    public void Of_AMonthWithoutHistory_SaysOnlyThat()
    {
        var report = ReportText.Of(ReportSamples.Calm() with { Now = null, Baseline = null, Trend = [] }, English);

        Assert.Equal("Nothing was recorded in this period.", report.Lead[^1]);
        Assert.Empty(report.Sections);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Mail_OfHostileNames_ShowsThemAndNothingMore(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var model = ReportSamples.Hostile();
        var mail = ReportMail.Compose(ReportText.Of(model, culture), model.Period, model.Tag, new MailContext(culture, "{{org}}", "https://mail.example.org"));

        Assert.Contains("=cmd().{{x}}.example", mail.Text, StringComparison.Ordinal);
        Assert.Contains("{{x}} %s {9}", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(mail.Text.Split('\n'), l => l.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Mail_TextAndHtml_SayTheSame(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var model = ReportSamples.March();
        var report = ReportText.Of(model, culture);
        var mail = ReportMail.Compose(report, model.Period, "", new MailContext(culture, null, "https://mail.example.org"));
        var html = System.Net.WebUtility.HtmlDecode(mail.Html);

        foreach (var said in report.Lead.Concat(report.Sections.SelectMany(s => s.Sentences.Concat(s.Items.SelectMany(i => i.Rows.Select(r => r.Text).Prepend(i.Title))).Concat(s.Bars.Select(b => b.Text)).Append(s.Heading))))
        {
            Assert.Contains(said, mail.Text, StringComparison.Ordinal);
            Assert.Contains(said, html, StringComparison.Ordinal);
        }

        Assert.Contains("https://mail.example.org/reports?period=days&from=2026-03-01&to=2026-04-01", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_InBothLanguages_HaveTheSameKeysAndPlaceholders()
    {
        var texts = new ResourceManager("MailDashboard.Monitoring.Reports.ReportTexts", typeof(ReportText).Assembly);
        var (english, french) = (Read(texts, CultureInfo.InvariantCulture), Read(texts, French));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), french.Keys.Order(StringComparer.Ordinal));
        Assert.All(english.Where(t => !t.Key.EndsWith(".One", StringComparison.Ordinal)), t => Assert.Equal(Places(t.Value), Places(french[t.Key])));
        Assert.DoesNotContain(french.Values, t => Regex.IsMatch(t, "(?<=\\S) [:;!?»]|« |'"));
    }

    private static Dictionary<string, string> Read(ResourceManager texts, CultureInfo culture) =>
        texts.GetResourceSet(culture, true, false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);
}
