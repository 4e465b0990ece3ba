using System.Globalization;
using System.Resources;
using System.Text;

namespace MailDashboard.Checks.Texts;

/// <summary>A finding in a reader's language.</summary>
/// <param name="Title">One line, plain words.</param>
/// <param name="Explanation">What it does to mail.</param>
/// <param name="Remedy">Steps.</param>
public sealed record FindingText(string Title, string Explanation, IReadOnlyList<string> Remedy);

/// <summary>Turns codes and keys into sentences. Placeholders are filled with plain text: encoding is the page's job.</summary>
public static class FindingTexts
{
    private static readonly ResourceManager Common = new("MailDashboard.Checks.Texts.CommonTexts", typeof(FindingTexts).Assembly);

    /// <summary>Title, explanation and remedy of a finding.</summary>
    public static FindingText Render(FamilyDescriptor family, Finding finding, string domain, CultureInfo culture)
    {
        string Fill(string part) => Substitute(family.Texts.GetString($"{finding.Code}.{part}", culture) ?? $"{finding.Code}.{part}", name => name switch
        {
            "domain" => domain,
            "subject" => finding.Subject.ToString(),
            "name" => finding.Subject.Name,
            "list" => finding.Subject.List,
            _ => (finding.Evidence.FirstOrDefault(e => e.Label == $"{name}.{culture.TwoLetterISOLanguageName}") ?? finding.Evidence.FirstOrDefault(e => e.Label == name))?.Value,
        });

        return new FindingText(Fill("Title"), Fill("Explanation"), Fill("Remedy").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>What a code means without a case at hand: an ellipsis stands for whatever differs from case to case.</summary>
    public static FindingText Describe(FamilyDescriptor family, FindingDefinition definition, CultureInfo culture)
    {
        string Fill(string part) => Substitute(family.Texts.GetString($"{definition.Code}.{part}", culture) ?? $"{definition.Code}.{part}", _ => "…");

        return new FindingText(Fill("Title"), Fill("Explanation"), Fill("Remedy").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>
    /// The evidence to show a reader. A piece labelled <c>meaning.fr</c> is <c>meaning</c> in French: it takes the place of the plain
    /// one for a French reader and is left out for others.
    /// </summary>
    public static IEnumerable<Evidence> EvidenceFor(Finding finding, CultureInfo culture)
    {
        var suffix = "." + culture.TwoLetterISOLanguageName;
        foreach (var evidence in finding.Evidence.Where(e => !e.Label.Contains('.', StringComparison.Ordinal)))
        {
            yield return finding.Evidence.FirstOrDefault(e => e.Label == evidence.Label + suffix) is { } local
                ? local with { Label = evidence.Label }
                : evidence;
        }
    }

    /// <summary>The sentence of a reason.</summary>
    public static string Render(FamilyDescriptor family, Reason reason, CultureInfo culture)
    {
        var key = $"Reason.{reason.Key}";
        var text = family.Texts.GetString(key, culture) ?? Common.GetString(key, culture) ?? reason.Key;
        return Substitute(text, name =>
            int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < reason.Arguments.Length ? reason.Arguments[i] : null);
    }

    /// <summary>The label of a piece of evidence.</summary>
    public static string Label(FamilyDescriptor family, Evidence evidence, CultureInfo culture) => Lookup(family, $"Evidence.{evidence.Label}", culture) ?? evidence.Label;

    /// <summary>The label of a fact.</summary>
    public static string Label(FamilyDescriptor family, Fact fact, CultureInfo culture) => Lookup(family, $"Fact.{fact.Key}", culture) ?? fact.Key;

    /// <summary>The name of a family in plain words.</summary>
    public static string Name(FamilyDescriptor family, CultureInfo culture) => family.Texts.GetString("Family.Name", culture) ?? family.Id;

    /// <summary>A text that every family shares (subtests, categories, caps, severities).</summary>
    public static string? Shared(string key, CultureInfo culture) => Common.GetString(key, culture);

    private static string? Lookup(FamilyDescriptor family, string key, CultureInfo culture) =>
        family.Texts.GetString(key, culture) ?? Common.GetString(key, culture);

    /// <summary>Replaces <c>{name}</c>; an unknown name stays as it is, and what is filled in is never read again.</summary>
    private static string Substitute(string template, Func<string, string?> value)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
        {
            return template;
        }

        var text = new StringBuilder(template.Length + 64);
        var rest = template.AsSpan();
        while (true)
        {
            var open = rest.IndexOf('{');
            var close = open < 0 ? -1 : rest[open..].IndexOf('}');
            if (close < 0)
            {
                return text.Append(rest).ToString();
            }

            text.Append(rest[..open]);
            var name = rest.Slice(open + 1, close - 1).ToString();
            text.Append(value(name) ?? $"{{{name}}}");
            rest = rest[(open + close + 1)..];
        }
    }
}
