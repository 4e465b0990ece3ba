using System.Globalization;
using System.Text.RegularExpressions;

namespace MailDashboard.Web.Domains;

/// <summary>One line of the stored tree of an SPF record: <c>include:spf.example.net  [3, 4/10]  (note)</c>.</summary>
/// <param name="Level">Steps of indentation.</param>
/// <param name="Spent">Look-ups spent so far, of ten; null for a term that costs none.</param>
/// <param name="Note">What is wrong with the term, in the reader's language.</param>
internal sealed partial record SpfLine(int Level, string Text, int? Own, int? Spent, string? Note)
{
    private const int Allowed = 10;

    public bool IsTooMany => Spent > Allowed;

    public static IEnumerable<SpfLine> Read(string tree) => tree.Split('\n').Select(Parse);

    private static SpfLine Parse(string line)
    {
        var match = Pattern().Match(line);
        return new SpfLine(
            match.Groups["indent"].Length / 2,
            match.Groups["text"].Value,
            Number(match.Groups["own"]),
            Number(match.Groups["spent"]),
            match.Groups["note"] is { Success: true } note ? Sentence(note.Value) : null);
    }

    private static int? Number(Group group) => group.Success && int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The family's own sentence for the word; a word of another version of the program is better hidden than shown.</summary>
    private static string? Sentence(string word)
    {
        var name = string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1));
        var texts = FamilyCatalogue.Family("spf")?.Texts;
        var culture = CultureInfo.CurrentUICulture;
        return texts?.GetString($"Note.{name}", culture) ?? texts?.GetString($"State.{name}", culture) ?? texts?.GetString($"Evidence.error{name}", culture);
    }

    [GeneratedRegex(@"^(?<indent> *)(?<text>.*?)(  \[(?<own>\d+), (?<spent>\d+)/\d+\])?(  \((?<note>[A-Za-z]+)\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
