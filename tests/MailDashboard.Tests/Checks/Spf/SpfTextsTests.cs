using System.Globalization;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Checks.Spf;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Tests.Checks.Spf;

public partial class SpfTextsTests
{
    private static readonly FamilyDescriptor Family = new SpfCheck().Descriptor;

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Texts_EveryCode_IsComplete(string culture)
    {
        var language = CultureInfo.GetCultureInfo(culture);
        foreach (var definition in Family.Findings)
        {
            foreach (var part in new[] { "Title", "Explanation", "Remedy" })
            {
                Assert.False(string.IsNullOrWhiteSpace(Family.Texts.GetString($"{definition.Code}.{part}", language)), $"{definition.Code}.{part}");
            }
        }

        foreach (var error in Enum.GetValues<SpfSyntaxError>().Where(e => e != SpfSyntaxError.None))
        {
            Assert.NotNull(Family.Texts.GetString($"Evidence.error{error}", language));
        }
    }

    [Theory]
    [InlineData("v=spf1 mx foo -all")]
    [InlineData("v=spf1 a a a a a a a a a a a -all")]
    [InlineData("v=spf1 include:gone.example ?all")]
    [InlineData(" v=spf1 -all")]
    public async Task Render_Finding_FillsEveryPlaceholder(string record)
    {
        var outcome = await SpfWorld.JudgeAsync(SpfWorld.With(record));

        foreach (var finding in outcome.Findings)
        {
            var text = FindingTexts.Render(Family, finding, SpfWorld.Domain, CultureInfo.GetCultureInfo("fr"));
            Assert.DoesNotMatch(Placeholder(), string.Concat(text.Title, text.Explanation, string.Concat(text.Remedy)));
            Assert.NotEqual(FindingTexts.Render(Family, finding, SpfWorld.Domain, CultureInfo.InvariantCulture).Title, text.Title);
        }
    }

    [GeneratedRegex("{[a-z]+}")]
    private static partial Regex Placeholder();
}
