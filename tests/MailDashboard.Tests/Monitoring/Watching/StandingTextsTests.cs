using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Tests.Monitoring.Watching;

/// <summary>What every check family has to have holds for the findings that follow from what is remembered, too.</summary>
public sealed partial class StandingTextsTests
{
    private static readonly FamilyDescriptor[] Families = [ChangeFindings.Descriptor, DriftFindings.Descriptor];

    public static TheoryData<string> Ids => [.. Families.Select(f => f.Id)];

    [Fact]
    public void IdsAndPrefixes_AreNobodyElses()
    {
        Assert.Empty(Families.Select(f => f.Id).Intersect(CheckFamilies.All.Select(f => f.Descriptor.Id)));
        Assert.Empty(Families.Select(f => f.Prefix).Intersect(CheckFamilies.All.Select(f => f.Descriptor.Prefix)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Definitions_AreAllInTheDescriptor(string id)
    {
        var family = Family(id);
        var type = id == "changes" ? typeof(ChangeFindings) : typeof(DriftFindings);

        var declared = type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((FindingDefinition)f.GetValue(null)!).Code);
        Assert.Equal(declared.Order(), family.Findings.Select(f => f.Code).Order());
        Assert.All(family.Findings, f => Assert.Matches($"^{family.Prefix}[0-9]{{3}}$", f.Code));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_AreCompleteAndTheSameInBothLanguages(string id)
    {
        var family = Family(id);
        var (english, french) = (Texts(family, CultureInfo.InvariantCulture), Texts(family, CultureInfo.GetCultureInfo("fr")));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), french.Keys.Order(StringComparer.Ordinal));
        Assert.All(family.Findings, f => Assert.All(["Title", "Explanation", "Remedy"], part => Assert.Contains($"{f.Code}.{part}", english.Keys)));
        Assert.All(english, pair => Assert.Equal(Placeholders(pair.Value), Placeholders(french[pair.Key])));
        Assert.All(french, pair => Assert.False(pair.Value.Contains('\'', StringComparison.Ordinal) || Slip().IsMatch(pair.Value), pair.Key));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Readme_NamesEveryCode(string id)
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../../src/MailDashboard.Monitoring/Watching"));
        var readme = File.ReadAllText(Path.Combine(folder, "README.md"));

        Assert.All(Family(id).Findings, f => Assert.Contains(f.Code, readme, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string thisFile = "") => thisFile;

    private static FamilyDescriptor Family(string id) => Families.Single(f => f.Id == id);

    private static Dictionary<string, string> Texts(FamilyDescriptor family, CultureInfo culture) =>
        family.Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" [:;!?»](?=\s|$)|« ")]
    private static partial Regex Slip();
}
