namespace MailDashboard.Mail.Replies;

/// <summary>Three digits that may begin a reply, and how much speaks for it.</summary>
/// <param name="At">Where in the line.</param>
/// <param name="Score">Below <see cref="Enough"/> it is a number like any other.</param>
internal readonly record struct ReplyCandidate(int At, int Score)
{
    public const int Enough = 20;

    /// <summary>Judges the digits at a place of a line; null where the grammar of RFC 5321 §4.2 forbids them.</summary>
    public static ReplyCandidate? At3(string line, int at)
    {
        if (at + 3 > line.Length || !IsCode(line.AsSpan(at, 3)) || (at > 0 && IsWordBefore(line[at - 1])))
        {
            return null;
        }

        var after = line.AsSpan(at + 3);
        if (after.Length > 0 && after[0] is not (' ' or '-' or '\t' or ',' or ':' or '"' or '\'' or '#' or ';'))
        {
            return null;
        }

        // Servers use 571 and the like, which the grammar forbids: an enhanced code of the same class has to speak for them.
        var enhanced = EnhancedAfter(line, at + 3);
        var agrees = enhanced?.Class == line[at] - '0';
        if (line[at + 1] > '5' && !agrees)
        {
            return null;
        }

        var score = Opening(line, at) + (line[at] is '4' or '5' ? 5 : 0);
        return new ReplyCandidate(at, score + (agrees ? 40 : enhanced is not null ? 10 : 0));
    }

    /// <summary>The enhanced code that stands right behind a reply code, whatever marks are between them.</summary>
    public static EnhancedStatusCode? EnhancedAfter(string line, int at)
    {
        var end = Math.Min(line.Length, at + 4);
        while (at < end && line[at] is ' ' or '-' or '\t' or ',' or ':' or '"' or '\'' or '#' or '[' or '(' or ';')
        {
            at++;
        }

        return at < line.Length && EnhancedStatusCode.TryRead(line.AsSpan(at), out var code, out _) ? code : null;
    }

    private static bool IsCode(ReadOnlySpan<char> digits) => digits[0] is >= '2' and <= '5' && char.IsAsciiDigit(digits[1]) && char.IsAsciiDigit(digits[2]);

    private static bool IsWordBefore(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or '=' or '+' or '@' or '$';

    private static int Opening(string line, int at)
    {
        var before = line.AsSpan(0, at).TrimEnd();
        if (before.IsEmpty)
        {
            return 30;
        }

        if (before.EndsWith("smtp;", StringComparison.OrdinalIgnoreCase))
        {
            return 50;
        }

        var isApart = before.Length < at;
        return before[^1] switch
        {
            '\'' or '"' or '(' or '<' or '#' or ';' or '[' or '>' or '“' or '«' => 20,
            ':' or '=' when isApart => 20,
            _ => 0,
        };
    }
}
