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

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Texts_EveryKindNoteAndState_IsThere(string culture)
    {
        var language = CultureInfo.GetCultureInfo(culture);
        string[] keys =
        [
            .. Enum.GetValues<SpfTermKind>().Where(k => k != SpfTermKind.Invalid).Select(k => $"Term.{k}"),
            .. Enum.GetValues<SpfQualifier>().Select(q => $"Qualifier.{q}"),
            .. Enum.GetValues<SpfNote>().Where(n => n != SpfNote.None).Select(n => $"Note.{n}"),
            .. Enum.GetValues<SpfRecordState>().Where(s => s != SpfRecordState.Valid).Select(s => $"State.{s}"),
        ];

        Assert.All(keys, k => Assert.NotNull(Family.Texts.GetString(k, language)));
    }

    [Fact]
    public async Task Meaning_EveryTerm_SaysWhomItIsAbout()
    {
        var tree = (await SpfWorld.ObserveAsync(SpfWorld.With("v=spf1 ip4:192.0.2.0/24 ~mx a:gone.example -exists:%{i}.x.example foo=bar -all"))).Tree;

        Assert.Equal(
            [
                "May send: the IPv4 address or range 192.0.2.0/24.",
                "Probably may not send: the mail servers of example.org.",
                "May send: the addresses of gone.example. Its name has nothing: a look-up in vain.",
                "May not send: clients for which the name %{i}.x.example exists. Its name depends on the client or the sender, so it was not followed.",
                "An option that receivers ignore.",
                "May not send: everybody else.",
            ],
            tree.Root.Terms.Select(t => $"{SpfExplainer.Meaning(t, CultureInfo.InvariantCulture)} {SpfExplainer.Problem(t, CultureInfo.InvariantCulture)}".TrimEnd()));
    }

    [Fact]
    public async Task Analyze_RecordOfSixtyKilobytes_SaysLittle()
    {
        var outcome = await SpfWorld.JudgeAsync(SpfWorld.With("v=spf1 " + string.Concat(Enumerable.Repeat("x ", 30_000))));

        var finding = Assert.Single(outcome.Findings);
        Assert.InRange(finding.Evidence.Length, 2, 30);
        Assert.All(outcome.Details.Facts, f => Assert.InRange(f.Value.Length, 1, 50_000));
        Assert.All(outcome.Details.Records, r => Assert.All(r.Values, v => Assert.InRange(v.Length, 1, 8200)));
    }

    [GeneratedRegex("{[a-z]+}")]
    private static partial Regex Placeholder();
}
