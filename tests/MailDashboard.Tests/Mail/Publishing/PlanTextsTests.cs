using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Looking;

namespace MailDashboard.Tests.Mail.Publishing;

public partial class PlanTextsTests
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    [Fact]
    public void Keys_EveryOne_HasItsSentenceInBothLanguagesAndNoMore()
    {
        var keys = typeof(Because).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(keys, Texts(CultureInfo.InvariantCulture).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(keys, Texts(French).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sentences_French_HaveTheSamePlaceholdersAndTheirTypography()
    {
        var english = Texts(CultureInfo.InvariantCulture);

        Assert.All(Texts(French), t =>
        {
            Assert.Equal(Placeholders(english[t.Key]), Placeholders(t.Value));
            Assert.DoesNotContain('\'', t.Value);
            Assert.DoesNotMatch(" [:;!?»%]", t.Value);
        });
    }

    [Fact]
    public void Differences_EachKind_HasASentence() =>
        Assert.All(Enum.GetNames<DifferenceKind>(), k => Assert.NotNull(PlanTexts.Resources.GetString(k, French)));

    [Fact]
    public void Render_HostileArgument_IsFilledInOnce() =>
        Assert.Equal("Il y a autre chose\u00A0: {1} {0}", PlanTexts.Render(Reason.Of("OtherValue", "{1} {0}"), French));

    [Fact]
    public void Render_ReasonOfDns_HasTheCommonSentence() =>
        Assert.Contains("SERVFAIL", PlanTexts.Render(Reason.Of("DnsServFail", "a.example", "TXT", "192.0.2.53"), French), StringComparison.Ordinal);

    private static Dictionary<string, string> Texts(CultureInfo culture) => PlanTexts.Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
        .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
