using System.Collections;
using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Checks;

/// <summary>What every check family has to have, whoever adds it.</summary>
public partial class FamilyConventionTests
{
    private static readonly Assembly Assembly = typeof(ICheckFamily).Assembly;
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    public static TheoryData<string> Families => [.. CheckFamilies.All.Select(f => f.Descriptor.Id)];

    private static FamilyDescriptor Family(string id) => CheckFamilies.All.Single(f => f.Descriptor.Id == id).Descriptor;

    [Fact]
    public void EveryFamily_IsRegisteredOnce()
    {
        var written = Assembly.GetTypes().Where(t => typeof(ICheckFamily).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false });

        Assert.Equal(written.Select(t => t.FullName).Order(), CheckFamilies.All.Select(f => f.GetType().FullName).Order());
    }

    [Fact]
    public void IdsPrefixesAndCodes_AreUnique()
    {
        var families = CheckFamilies.All.Select(f => f.Descriptor).ToList();

        Assert.Equal(families.Count, families.DistinctBy(f => f.Id).Count());
        Assert.Equal(families.Count, families.DistinctBy(f => f.Prefix).Count());
        var codes = families.SelectMany(f => f.Findings).Select(f => f.Code).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Codes_AreWellFormedAndOfTheirFamily(string id)
    {
        var family = Family(id);

        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", family.Id);
        Assert.All(family.Findings, f =>
        {
            Assert.Matches("^[A-Z0-9]{2,8}[0-9]{3}$", f.Code);
            Assert.Equal(family.Prefix, f.Code[..^3]);
            Assert.False(string.IsNullOrWhiteSpace(f.Reference), $"{f.Code} names no source.");
        });
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void DeclaredFindings_AreAllInTheDescriptor(string id)
    {
        var family = CheckFamilies.All.Single(f => f.Descriptor.Id == id);
        var declared = Assembly.GetTypes()
            .Where(t => t.Namespace == family.GetType().Namespace && t.Name.EndsWith("Findings", StringComparison.Ordinal))
            .SelectMany(t => t.GetProperties(Everything).Select(p => (p.PropertyType, Value: (Func<object?>)(() => p.GetValue(null))))
                .Concat(t.GetFields(Everything).Where(f => f.IsPublic).Select(f => (PropertyType: f.FieldType, Value: (Func<object?>)(() => f.GetValue(null))))))
            .Where(member => member.PropertyType == typeof(FindingDefinition))
            .Select(member => ((FindingDefinition)member.Value()!).Code);

        Assert.Equal(declared.Order(StringComparer.Ordinal), family.Descriptor.Findings.Select(f => f.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Readme_NamesEveryCodeAndNoOther(string id)
    {
        var family = Family(id);
        var readme = File.ReadAllText(Path.Combine(Folder(id), "README.md"));

        var named = Regex.Matches(readme, $@"\b{family.Prefix}[0-9]{{3}}\b").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(family.Findings.Select(f => f.Code).Order(StringComparer.Ordinal), named);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Texts_AreCompleteInBothLanguages(string id)
    {
        var family = Family(id);
        var needed = family.Findings
            .SelectMany(f => new[] { $"{f.Code}.Title", $"{f.Code}.Explanation", $"{f.Code}.Remedy" })
            .Concat(["Family.Name", "Family.Summary"])
            .ToList();

        foreach (var texts in new[] { Texts(family.Texts, CultureInfo.InvariantCulture), Texts(family.Texts, French) })
        {
            Assert.DoesNotContain(needed, key => string.IsNullOrWhiteSpace(texts.GetValueOrDefault(key)));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Texts_HaveTheSameKeysAndPlaceholdersInBothLanguages(string id)
    {
        var english = Texts(Family(id).Texts, CultureInfo.InvariantCulture);
        var french = Texts(Family(id).Texts, French);

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), french.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, pair => Assert.Equal(Placeholders(pair.Value), Placeholders(french[pair.Key])));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Texts_OfCodes_BelongToACode(string id)
    {
        var family = Family(id);
        var codes = family.Findings.Select(f => f.Code).ToHashSet();

        Assert.All(
            Texts(family.Texts, CultureInfo.InvariantCulture).Keys.Where(k => k.StartsWith(family.Prefix, StringComparison.Ordinal)),
            key => Assert.Contains(key.Split('.')[0], codes));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void FrenchTexts_AreTypesetAsInFrance(string id)
    {
        Assert.All(Texts(Family(id).Texts, French), pair =>
        {
            Assert.False(FrenchSlip().IsMatch(pair.Value), $"{pair.Key}: a plain space before high punctuation or inside quotation marks.");
            Assert.False(pair.Value.Contains('\'', StringComparison.Ordinal), $"{pair.Key}: a straight apostrophe.");
        });
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void EvidenceLabelsAndFacts_HaveATextInBothLanguages(string id)
    {
        var family = Family(id);
        var common = new ResourceManager("MailDashboard.Checks.Texts.CommonTexts", Assembly);
        var used = Directory.EnumerateFiles(Folder(id), "*.cs").SelectMany(Used).Distinct().ToList();

        foreach (var culture in new[] { CultureInfo.InvariantCulture, French })
        {
            var known = Texts(family.Texts, culture).Keys.Concat(Texts(common, culture).Keys).ToHashSet(StringComparer.Ordinal);
            Assert.DoesNotContain(used, key => !known.Contains(key));
        }
    }

    [Fact]
    public void Analyzers_KnowNothingOfTheNetwork()
    {
        Type[] network = [typeof(IDnsResolver), typeof(ISmtpProbe), typeof(Socket), typeof(Stream), typeof(HttpClient), typeof(AuditContext)];
        var analyzers = Assembly.GetTypes().Where(t => t.Name.EndsWith("Analyzer", StringComparison.Ordinal)).ToList();

        Assert.All(analyzers, analyzer =>
        {
            var methods = analyzer.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);
            var types = methods.SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
                .Concat(analyzer.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Select(f => f.FieldType));
            Assert.DoesNotContain(types, t => Array.Exists(network, n => n.IsAssignableFrom(t)) || typeof(Task).IsAssignableFrom(t));
        });
    }

    private static string Folder(string id, [CallerFilePath] string thisFile = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
        var family = CheckFamilies.All.Single(f => f.Descriptor.Id == id).GetType().Namespace!;
        return Path.Combine(root, "src", "MailDashboard.Checks", family["MailDashboard.Checks.".Length..].Replace('.', Path.DirectorySeparatorChar));
    }

    /// <summary>Without the fall-back to the neutral culture, so that a missing satellite is missing.</summary>
    private static Dictionary<string, string> Texts(ResourceManager texts, CultureInfo culture)
    {
        var set = texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.NotNull(set);
        return set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Used(string file)
    {
        var source = File.ReadAllText(file);
        return EvidenceLabel().Matches(source).Select(m => $"Evidence.{m.Groups[1].Value}")
            .Concat(FactKey().Matches(source).Select(m => $"Fact.{m.Groups[1].Value}"));
    }

    private static string Placeholders(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" [:;!?»](?=\s|$)|« ")]
    private static partial Regex FrenchSlip();

    [GeneratedRegex("new Evidence\\(\\s*\"([A-Za-z0-9]+)\"")]
    private static partial Regex EvidenceLabel();

    [GeneratedRegex("\\.Fact\\(\\s*\\w[^,\"]*,\\s*\"([A-Za-z0-9]+)\"")]
    private static partial Regex FactKey();
}
