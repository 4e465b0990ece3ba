using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MailDashboard.Tests.Web;

/// <summary>A text that is missing would show its key; one that is missing in French would show in English.</summary>
public sealed partial class TextKeyTests
{
    private static string Pages => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/MailDashboard.Web"));

    public static TheoryData<string> TextFiles => [.. Files("*Texts.resx").Select(f => Path.GetRelativePath(Pages, f))];

    [Theory]
    [MemberData(nameof(TextFiles))]
    public void Texts_EnglishAndFrench_HaveTheSameKeysAndPlaceholders(string file)
    {
        var english = Read(Path.Combine(Pages, file));
        var french = Read(Path.Combine(Pages, file.Replace(".resx", ".fr.resx", StringComparison.Ordinal)));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), french.Keys.Order(StringComparer.Ordinal));

        // In French the singular also serves for none, so it must name the number; in English it need not.
        Assert.All(english.Where(text => !text.Key.EndsWith(".One", StringComparison.Ordinal)), text => Assert.Equal(Placeholders(text.Value), Placeholders(french[text.Key])));
    }

    [Fact]
    public void Pages_EveryKeyTheyName_Exists()
    {
        var known = Files("*Texts.resx").SelectMany(f => Read(f).Keys).ToHashSet(StringComparer.Ordinal);
        var named = Files("*.razor").Concat(Files("*.cs"))
            .SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => $"{m.Groups[1].Value} in {Path.GetFileName(f)}"));

        Assert.DoesNotContain(named, n => !known.Contains(n.Split(' ')[0]));
    }

    [Fact]
    public void Pages_EverySentenceWithANumber_ExistsForOneAndForMany()
    {
        var known = Files("*Texts.resx").SelectMany(f => Read(f).Keys).ToHashSet(StringComparer.Ordinal);
        var counted = Sources().SelectMany(s => Counted().Matches(s.Text).Select(m => (Key: m.Groups[1].Value, s.File)));

        Assert.DoesNotContain(counted, c => !known.Contains(c.Key) || !known.Contains($"{c.Key}.One"));
    }

    [Fact]
    public void Pages_EveryKeyTheyCompose_HasTextsToChooseFrom()
    {
        var known = Files("*Texts.resx").SelectMany(f => Read(f).Keys).ToList();
        var composed = Sources().SelectMany(s => Composed().Matches(s.Text).Select(m => (Prefix: m.Groups[1].Value, s.File)));

        Assert.DoesNotContain(composed, c => !known.Exists(k => k.StartsWith(c.Prefix, StringComparison.Ordinal)));
    }

    private static IEnumerable<(string File, string Text)> Sources() =>
        Files("*.razor").Concat(Files("*.cs")).Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    private static string Here([CallerFilePath] string path = "") => path;

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Pages, pattern, SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(Pages, f).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(Pages, f).StartsWith("bin", StringComparison.Ordinal));

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(?:L|S|A|R|texts)\[""([A-Z][\w.]*)""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\.Count\(""([A-Z][\w.]*)"",")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\b(?:L|S|A|R|texts)\[\$""([A-Z][\w.]*\.)\{")]
    private static partial Regex Composed();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Placeholder();
}
