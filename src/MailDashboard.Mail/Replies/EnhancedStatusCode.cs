using System.Globalization;

namespace MailDashboard.Mail.Replies;

/// <summary>An enhanced status code (RFC 3463 §2): class, subject and detail.</summary>
/// <param name="Class">2, 4 or 5.</param>
/// <param name="Subject">0 to 999.</param>
/// <param name="Detail">0 to 999.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    private const int MaximumDigits = 3;

    /// <summary>Subject and detail, by which the registry lists it: <c>7.1</c>.</summary>
    public string Number => string.Create(CultureInfo.InvariantCulture, $"{Subject}.{Detail}");

    /// <summary>As written: <c>5.7.1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    /// <summary>Reads a code that begins where the text begins. A fourth number makes it an address, or something else altogether.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="code">The code.</param>
    /// <param name="length">How many characters it takes.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out EnhancedStatusCode code, out int length)
    {
        code = default;
        length = 0;
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.')
        {
            return false;
        }

        var at = 2;
        if (!TryNumber(text, ref at, out var subject) || at >= text.Length || text[at] != '.')
        {
            return false;
        }

        at++;
        if (!TryNumber(text, ref at, out var detail) || (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_')))
        {
            return false;
        }

        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            return false;
        }

        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        length = at;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, ref int at, out int number)
    {
        number = 0;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < MaximumDigits)
        {
            number = (number * 10) + text[at++] - '0';
        }

        return at > start;
    }
}
