using System.Globalization;
using System.Text;

namespace MailDashboard.Mail.Replies;

/// <summary>
/// Finds the reply in a pasted text: the reply alone, several lines of one, a line of a server's log, or a whole non-delivery
/// report (RFC 3464). Looks at each character a fixed number of times.
/// </summary>
internal static class ReplyScanner
{
    /// <summary>Longer texts are cut, in characters.</summary>
    public const int MaximumLength = 64 * 1024;

    private const int MaximumText = 2000;
    private const int EnhancedWithin = 200;

    public static FoundReply? Find(string text)
    {
        var lines = Unfold(text.Length > MaximumLength ? text[..MaximumLength] : text);
        var (best, at) = (default(ReplyCandidate?), -1);
        for (var i = 0; i < lines.Count; i++)
        {
            for (var c = 0; c < lines[i].Length; c++)
            {
                if (char.IsAsciiDigit(lines[i][c]) && ReplyCandidate.At3(lines[i], c) is { } candidate && candidate.Score > (best?.Score ?? ReplyCandidate.Enough - 1))
                {
                    (best, at) = (candidate, i);
                }
            }
        }

        return best is { } found ? Read(lines, at, found.At) : StatusAlone(lines);
    }

    /// <summary>Lines, with the folded ones of a header (RFC 5322 §2.2.3) put together again.</summary>
    private static List<string> Unfold(string text)
    {
        var lines = new List<string>();
        var open = new StringBuilder();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (open.Length > 0 && line.Length > 0 && line[0] is ' ' or '\t')
            {
                open.Append(' ').Append(line.Trim());
                continue;
            }

            Close();
            if (IsHeader(line))
            {
                open.Append(line);
            }
            else
            {
                lines.Add(line);
            }
        }

        Close();
        return lines;

        void Close()
        {
            if (open.Length > 0)
            {
                lines.Add(open.ToString());
                open.Clear();
            }
        }
    }

    private static bool IsHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon is > 1 and < 60 && char.IsAsciiLetter(line[0]) && line.AsSpan(0, colon).IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static FoundReply Read(List<string> lines, int index, int at)
    {
        var line = lines[index];
        var code = line.Substring(at, 3);
        var words = new StringBuilder();
        AppendWords(words, line[(at + 3)..], code);

        // A hyphen says that more lines of the same reply follow.
        var goesOn = at + 3 < line.Length && line[at + 3] == '-' && !line.Contains(code + " ", StringComparison.Ordinal);
        for (var i = index + 1; goesOn && i < lines.Count && words.Length < MaximumText; i++)
        {
            var start = lines[i].IndexOf(code, StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            var rest = lines[i][(start + 3)..];
            AppendWords(words, rest, code);
            goesOn = rest.StartsWith('-');
        }

        var text = Clean(words.ToString());
        var number = int.Parse(code, NumberStyles.None, CultureInfo.InvariantCulture);
        var enhanced = ReplyCandidate.EnhancedAfter(line, at + 3) ?? Within(text, code[0] - '0') ?? StatusAlone(lines)?.Enhanced;
        return new FoundReply(number, enhanced, WithoutCode(text, enhanced));
    }

    /// <summary>The words of a line; where a log has joined the lines of a reply into one, the repeated codes are left out.</summary>
    private static void AppendWords(StringBuilder words, string rest, string code)
    {
        foreach (var part in rest.Split(code + "-"))
        {
            foreach (var piece in part.Split(" " + code + " "))
            {
                words.Append(words.Length > 0 ? " " : "").Append(piece.Trim(' ', '-', '\t', ',', ':', '"'));
            }
        }
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaximumText));
        foreach (var c in text)
        {
            if (clean.Length >= MaximumText)
            {
                return clean.Append('…').ToString();
            }

            var category = char.GetUnicodeCategory(c);
            clean.Append(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : c);
        }

        return clean.ToString();
    }

    private static string WithoutCode(string text, EnhancedStatusCode? enhanced) =>
        enhanced is { } code ? string.Join(' ', text.Replace(code.ToString(), "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text.Trim();

    private static EnhancedStatusCode? Within(string text, int replyClass)
    {
        for (var i = 0; i < Math.Min(text.Length, EnhancedWithin); i++)
        {
            if (text[i] - '0' == replyClass && (i == 0 || !IsPartOfNumber(text[i - 1])) && EnhancedStatusCode.TryRead(text.AsSpan(i), out var code, out _))
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>An enhanced code without a reply code: <c>Status:</c> of a report, <c>dsn=</c> of a log, or pasted by itself.</summary>
    private static FoundReply? StatusAlone(List<string> lines)
    {
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] is not ('2' or '4' or '5') || (i > 0 && IsPartOfNumber(line[i - 1])) || !EnhancedStatusCode.TryRead(line.AsSpan(i), out var code, out var length))
                {
                    continue;
                }

                var before = line.AsSpan(0, i).TrimEnd();
                if (before.IsEmpty || before[^1] is '#' or '(' or '[' or '"' or '\'' || before.EndsWith("Status:", StringComparison.OrdinalIgnoreCase) || before.EndsWith("dsn=", StringComparison.OrdinalIgnoreCase))
                {
                    return new FoundReply(null, code, Clean(line[(i + length)..]).Trim(' ', '"', ',', ':'));
                }
            }
        }

        return null;
    }

    private static bool IsPartOfNumber(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or '_';
}
