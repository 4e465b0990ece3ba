using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Messages;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>What every mark has to have, whoever adds it.</summary>
public partial class MessageConventionTests
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    [Fact]
    public void Codes_AreWellFormedAndUnique()
    {
        Assert.All(MessageMarks.All, m => Assert.Matches("^MSG[0-9]{3}$", m.Code));
        Assert.Equal(MessageMarks.All.Length, MessageMarks.All.DistinctBy(m => m.Code).Count());
        Assert.All(MessageMarks.All, m => Assert.StartsWith("RFC ", m.Finding.Reference, StringComparison.Ordinal));
    }

    [Fact]
    public void Points_HaveOneDecimal() =>
        Assert.All(MessageMarks.All, m => Assert.True(m.Points >= 0 && m.Points <= 10 && decimal.Round(m.Points, 1) == m.Points, m.Code));

    [Fact]
    public void Readme_NamesEveryCodeWithItsPointsAndNoOther()
    {
        var readme = File.ReadAllText(Path.Combine(Folder(), "README.md"));

        var named = Regex.Matches(readme, "(?m)^\\| (MSG[0-9]{3}) \\| (\\w+) \\| ([0-9.]+)").Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)).Order();
        Assert.Equal(MessageMarks.All.Select(m => (m.Code, m.Finding.Severity.ToString(), m.Points.ToString(CultureInfo.InvariantCulture))).Order(), named);
    }

    [Fact]
    public void Texts_AreCompleteInBothLanguages()
    {
        var needed = MessageMarks.All.SelectMany(m => new[] { $"{m.Code}.Title", $"{m.Code}.Explanation", $"{m.Code}.Remedy" })
            .Concat(Enum.GetNames<MarkArea>().Select(a => $"Area.{a}"))
            .Concat(["Family.Name", "Family.Summary"]).ToList();

        foreach (var texts in new[] { Texts(CultureInfo.InvariantCulture), Texts(French) })
        {
            Assert.DoesNotContain(needed, key => string.IsNullOrWhiteSpace(texts.GetValueOrDefault(key)));
        }
    }

    [Fact]
    public void Texts_HaveTheSameKeysAndPlaceholdersInBothLanguages()
    {
        var (english, french) = (Texts(CultureInfo.InvariantCulture), Texts(French));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), french.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, pair => Assert.Equal(Placeholders(pair.Value), Placeholders(french[pair.Key])));
        Assert.All(french, pair => Assert.False(Slip().IsMatch(pair.Value) || pair.Value.Contains('\'', StringComparison.Ordinal), pair.Key));
    }

    [Fact]
    public void EvidenceLabelsFactsAndReasons_HaveAText()
    {
        var texts = Texts(CultureInfo.InvariantCulture);
        var common = new System.Resources.ResourceManager("MailDashboard.Checks.Texts.CommonTexts", typeof(Finding).Assembly);
        var source = string.Concat(Directory.EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var judges = string.Concat(Directory.EnumerateFiles(Path.Combine(Folder(), "Judging"), "*.cs").Append(Path.Combine(Folder(), "MessageAnalyzer.cs")).Select(File.ReadAllText));

        Assert.All(Evidence().Matches(judges), m => Assert.True(texts.ContainsKey($"Evidence.{m.Groups[1].Value}"), m.Value));
        Assert.All(Fine().Matches(source), m => Assert.True(texts.ContainsKey($"Fact.{m.Groups[1].Value}"), m.Value));
        Assert.All(Why().Matches(source), m => Assert.True(texts.ContainsKey($"Reason.{m.Groups[1].Value}") || common.GetString($"Reason.{m.Groups[1].Value}", CultureInfo.InvariantCulture) is not null, m.Value));
        var used = Evidence().Matches(judges).Select(m => $"Evidence.{m.Groups[1].Value}").Concat(Fine().Matches(source).Select(m => $"Fact.{m.Groups[1].Value}")).Concat(Why().Matches(source).Select(m => $"Reason.{m.Groups[1].Value}")).ToHashSet();
        Assert.DoesNotContain(texts.Keys, k => k.Split('.')[0] is "Evidence" or "Fact" or "Reason" && !used.Contains(k));
    }

    [Fact]
    public void ExcessesAndFaults_HaveAText()
    {
        var texts = Texts(CultureInfo.InvariantCulture);
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Folder(), "Content"), "*.cs").Select(File.ReadAllText));
        var excesses = Regex.Matches(source, "(?:new Excess\\(|Cut\\(\\w+, )\"(\\w+)\"").Select(m => $"Excess.{m.Groups[1].Value}").ToHashSet();
        var faults = Enum.GetValues<SpfFault>().Where(f => f != SpfFault.None).Select(f => $"SpfFault.{f}");

        Assert.Equal(excesses.Concat(faults).Order(StringComparer.Ordinal), texts.Keys.Where(k => k.StartsWith("Excess.", StringComparison.Ordinal) || k.StartsWith("SpfFault.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Texts(CultureInfo culture) =>
        MessageTexts.Descriptor.Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "..", "src", "MailDashboard.Mail", "Messages"));

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" [:;!?»](?=\s|$)|« ")]
    private static partial Regex Slip();

    [GeneratedRegex("(?:new Evidence\\(|new\\(|Add\\(|Local\\()\\s*\"([A-Za-z]+)\",")]
    private static partial Regex Evidence();

    [GeneratedRegex("\\.Fine\\([^\"\\n]*(?:\"[^\"]*\"\\))?, \"([A-Za-z]+)\"")]
    private static partial Regex Fine();

    [GeneratedRegex("(?:Reason\\.Of\\(|Unavailable\\((?:[\\w.]+, )?)\"([A-Za-z]+)\"")]
    private static partial Regex Why();
}
