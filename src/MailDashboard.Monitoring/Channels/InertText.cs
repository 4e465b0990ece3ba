using System.Globalization;
using System.Text;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Takes out of a text what would act on its reader's screen, and cuts it. Pure.</summary>
internal static class InertText
{
    /// <summary>Parts two characters for a program and leaves them together for the eye.</summary>
    public const string Parting = "\u200b";

    /// <summary>One line, at most so many characters.</summary>
    public static string Line(string? text, int most) => Cut(Clean(text, keepsLines: false), most);

    /// <summary>Lines, at most so many characters.</summary>
    public static string Block(string? text, int most) => Cut(Clean(text, keepsLines: true), most);

    /// <summary>At most so many characters.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + "…";
    }

    /// <summary>At most so many octets of UTF-8.</summary>
    public static string Fit(string text, int octets)
    {
        if (Encoding.UTF8.GetByteCount(text) <= octets)
        {
            return text;
        }

        var kept = new StringBuilder();
        var left = octets - 3;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }

    /// <summary>A link of ours; null where it is none that a browser should open.</summary>
    public static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0 && uri.AbsoluteUri.Length <= 2000
            ? uri.AbsoluteUri
            : null;

    private static string Clean(string? text, bool keepsLines)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' && keepsLines)
            {
                clean.Append('\n');
                continue;
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;

                // Direction, joining, no width, tags: nothing that a name of the field needs. Private and unassigned ones show as boxes anyway.
                case UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    break;
                default:
                    clean.Append(rune);
                    break;
            }
        }

        return clean.ToString().Trim();
    }
}
