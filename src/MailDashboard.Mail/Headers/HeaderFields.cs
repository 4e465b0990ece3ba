using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailDashboard.Mail.Headers;

/// <summary>A field of a header, unfolded.</summary>
internal readonly record struct HeaderField(string Name, string Value);

/// <summary>
/// Splits a pasted text into fields (RFC 5322 §2.2). Forgiving: what is no field is passed over, an empty line ends the header
/// once there was a field.
/// </summary>
internal static class HeaderFields
{
    /// <summary>Longer texts are cut, in characters.</summary>
    public const int MaximumLength = 1024 * 1024;

    /// <summary>A longer value is cut.</summary>
    public const int MaximumValue = 16 * 1024;

    private const int MaximumFields = 20_000;
    private const int MaximumName = 70;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static List<HeaderField> Split(string text)
    {
        var fields = new List<HeaderField>();
        var (name, value) = ("", new StringBuilder());
        foreach (var range in text.AsSpan(0, Math.Min(text.Length, MaximumLength)).Split('\n'))
        {
            var line = text.AsSpan(range).TrimEnd('\r');
            if (line.Trim().IsEmpty)
            {
                if (name.Length > 0 || fields.Count > 0)
                {
                    break;
                }

                continue;
            }

            if (line[0] is ' ' or '\t' && name.Length > 0)
            {
                Append(value, line.Trim());
                continue;
            }

            Close();
            var colon = line.IndexOf(':');
            if (colon is > 0 and <= MaximumName && NameOf(line[..colon]) is { Length: > 0 } found)
            {
                name = found;
                Append(value, line[(colon + 1)..].Trim());
            }

            if (fields.Count >= MaximumFields)
            {
                break;
            }
        }

        Close();
        return fields;

        void Close()
        {
            if (name.Length > 0)
            {
                fields.Add(new HeaderField(name, value.ToString()));
                name = "";
                value.Clear();
            }
        }
    }

    /// <summary>A field that people would take for the header of a message; for telling what was pasted.</summary>
    public static bool IsHeader(string text) => Split(text.Length > 20_000 ? text[..20_000] : text) is var fields
        && (fields.Any(f => f.Name is "received" or "authentication-results" or "dkim-signature" or "arc-seal")
            || fields.Count(f => f.Name is "from" or "to" or "subject" or "date" or "message-id" or "return-path" or "mime-version") >= 2);

    /// <summary>For showing: control and format characters become spaces, the end is cut.</summary>
    public static string Clean(string text, int limit = 500)
    {
        var clean = new StringBuilder(Math.Min(text.Length, limit));
        foreach (var c in text)
        {
            if (clean.Length >= limit)
            {
                return clean.Append('…').ToString();
            }

            var category = char.GetUnicodeCategory(c);
            clean.Append(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned ? ' ' : c);
        }

        return clean.ToString().Trim();
    }

    private static string NameOf(ReadOnlySpan<char> text)
    {
        var name = text.Trim();
        return name.IndexOfAnyExcept(NameCharacters) < 0 ? name.ToString().ToLowerInvariant() : "";
    }

    private static void Append(StringBuilder value, ReadOnlySpan<char> more)
    {
        if (value.Length < MaximumValue)
        {
            value.Append(value.Length > 0 ? " " : "").Append(more[..Math.Min(more.Length, MaximumValue - value.Length)]);
        }
    }
}
