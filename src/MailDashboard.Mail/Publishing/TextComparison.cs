using System.Collections.Immutable;
using MailDashboard.Checks.Spf;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Mail.Publishing;

/// <summary>Whether two texts of a TXT record come to the same.</summary>
internal static class TextComparison
{
    private static readonly ImmutableArray<string> Kinds = ["v=spf1", "v=dmarc1", "v=dkim1", "v=stsv1", "v=tlsrptv1"];

    /// <summary>
    /// The same to whoever reads them: terms of SPF in the same order, tags of DKIM, DMARC and the like with the same values. Blanks do not
    /// count inside a key, a final semicolon counts nowhere.
    /// </summary>
    public static bool SaysTheSame(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        if (SpfRecord.IsSpf(left) && SpfRecord.IsSpf(right))
        {
            return Words(left).SequenceEqual(Words(right), StringComparer.OrdinalIgnoreCase);
        }

        return Tags(left) is { Count: > 0 } tags && Tags(right) is { } others && tags.SequenceEqual(others);
    }

    /// <summary>What a text is, from how it begins: two of one kind at one name are one too many. Null for a text of no known kind.</summary>
    public static string? Kind(string text)
    {
        var start = Plain(text[..Math.Min(text.Length, 40)]).ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        return Kinds.FirstOrDefault(k => start.StartsWith(k, StringComparison.Ordinal));
    }

    /// <summary>Without the quotation marks and backslashes that a console may have left in it.</summary>
    public static string Plain(string text) => text.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Trim(' ', '\t', '\'');

    /// <summary>Without any blank.</summary>
    public static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static List<(string Name, string Value)>? Tags(string text)
    {
        var list = TagList.Parse(text);

        // Beside the version, which comes first, the order says nothing.
        return list.Faults.Any(f => f.Kind != TagFaultKind.Empty)
            ? null
            : [.. list.Tags.Take(1).Where(t => t.Name == "v").Select(t => (t.Name, t.Value)), .. list.Tags.Where(t => t.Name != "v").Select(t => (t.Name, Value: Value(t))).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static string Value(Tag tag) => tag.Name == "p" ? Dense(tag.Value) : tag.Value;
}
