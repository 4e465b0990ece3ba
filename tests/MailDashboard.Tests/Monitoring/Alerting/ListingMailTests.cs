using System.Collections;
using System.Globalization;
using System.Resources;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting.Mails;

namespace MailDashboard.Tests.Monitoring.Alerting;

public class ListingMailTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "192.0.2.10 (a.example and 1 more) is listed on Example BL")]
    [InlineData("fr", "192.0.2.10 (a.example et 1 autre) figure sur Example BL")]
    public void Compose_Listed_SaysEverythingInBothParts(string language, string subject)
    {
        var mail = new ListedMail(Facts("It sent spam.")).Compose(Context(language));

        Assert.Equal(subject, mail.Subject);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            Assert.All(["192.0.2.10", "a.example, b.example", "bl.example", "127.0.0.2", "https://bl.example/remove", "https://dash.example/alerts/7"], s => Assert.Contains(s, part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Compose_HostileText_IsEncodedAndBeginsNoLine()
    {
        var mail = new ListedMail(Facts("<script>x</script>\r\nBcc: a@b\u2028javascript:alert(1)")).Compose(Context("en"));

        Assert.DoesNotContain("<script>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc:", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://check.example@evil.example/")]
    [InlineData("https://evil.example/ and more")]
    public void Compose_ListTextThatIsNoPlainAddress_IsNoLink(string text) =>
        Assert.DoesNotContain("href=\"https://" + text[8..14], new ListedMail(Facts(text)).Compose(Context("en")).Html, StringComparison.Ordinal);

    [Fact]
    public void Compose_ListedDomain_IsNamedOnce()
    {
        var facts = Facts("x");
        var mail = new ListedMail(facts with { Details = facts.Details with { Subject = "a.example" }, Domains = ["a.example"] }).Compose(Context("en"));

        Assert.Equal("a.example is listed on Example BL", mail.Subject);
    }

    [Fact]
    public void Compose_French_WritesTheFirstOfTheMonthAsOneDoes() =>
        Assert.Contains("1er mars 2026 à 09:00 UTC", new ListedMail(Facts("x")).Compose(Context("fr")).Text, StringComparison.Ordinal);

    [Fact]
    public void Compose_NoPublicUrl_HasNoButton() =>
        Assert.DoesNotContain("/alerts/", new ListedMail(Facts("x")).Compose(Context("en") with { PublicUrl = null }).Html, StringComparison.Ordinal);

    [Fact]
    public void Texts_EveryKey_IsInBothLanguages()
    {
        var texts = new ResourceManager("MailDashboard.Monitoring.Alerting.Mails.MailTexts", typeof(ListedMail).Assembly);

        Assert.Equal(Keys("fr"), Keys(""));

        string[] Keys(string culture) =>
            [.. texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), true, false)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];
    }

    private static ListingFacts Facts(string text) => new(
        7,
        new ListingDetails("192.0.2.10", "bl.example", "example", "Example BL", "127.0.0.2", new LocalText("Spam source.", "Source de spam."), ListWeight.High, true, text, "https://bl.example/remove"),
        ["a.example", "b.example"],
        Since);

    private static MailContext Context(string language) => new(CultureInfo.GetCultureInfo(language), "Example", "https://dash.example");
}
