using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Spf;

/// <summary>The tree as text: one line a term, indented, with what it costs and what is wrong with it.</summary>
public static class SpfTreeText
{
    private const int MostLines = 200;
    private const int MostCharacters = 300;

    /// <summary>
    /// Lines of the form <c>include:spf.example.net  [3, 4/10]  (note)</c>: the look-ups of the term with everything
    /// below it, then all spent so far. Notes are the names of <see cref="SpfNote"/>, <see cref="SpfSyntaxError"/> and
    /// <see cref="SpfRecordState"/>, in camelCase. Long trees are cut.
    /// </summary>
    public static string Render(SpfTree tree)
    {
        var lines = new List<string>();
        Append(tree.Root, 0, lines);
        var cut = lines.Count > MostLines ? lines.Take(MostLines).Append("…") : lines;
        return string.Join('\n', cut);
    }

    /// <summary>What is to be said about a term, as a word; null where nothing is.</summary>
    public static string? NoteOf(SpfNode node) => node switch
    {
        { Note: SpfNote.Syntax } => Word(node.Error),
        { Note: not SpfNote.None } => Word(node.Note),
        { Included.State: not SpfRecordState.Valid } => Word(node.Included.State),
        { PassesLimit: true } => "passesLimit",
        _ => null,
    };

    /// <summary>An enum's name in camelCase.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static void Append(SpfTreeRecord record, int level, List<string> lines)
    {
        var indent = new string(' ', 2 * level);
        var state = record.State == SpfRecordState.Valid ? "" : $"  ({Word(record.State)})";
        lines.Add($"{indent}{record.Domain}{state}");
        foreach (var node in record.Terms)
        {
            if (lines.Count > MostLines)
            {
                return;
            }

            lines.Add(Line(node, indent));
            if (node.Included is { State: SpfRecordState.Valid or SpfRecordState.Broken } included)
            {
                Append(included, level + 2, lines);
            }
        }
    }

    private static string Line(SpfNode node, string indent)
    {
        var line = new StringBuilder(indent).Append("  ").Append(Printable(node.Text));
        if (node.Cost > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $"  [{node.TotalCost}, {node.Cumulative}/{SpfLimits.Lookups}]");
        }

        return NoteOf(node) is { } note ? line.Append("  (").Append(note).Append(')').ToString() : line.ToString();
    }

    // A record may hold anything; a line of ours holds no line break and nothing that moves a cursor.
    private static string Printable(string text)
    {
        text = text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
    }
}
