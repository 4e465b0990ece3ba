using System.Text;

namespace MailDashboard.Checks.Spf;

/// <summary>Macro syntax and expansion (RFC 7208 §7). Pure: <c>%{p}</c> is looked up before by whoever expands.</summary>
internal static class SpfMacro
{
    /// <summary>An expansion that grows beyond this is given up; no name and no SMTP reply is that long.</summary>
    public const int MaximumExpansion = 16 * 1024;

    private const string Delimiters = ".-+,/_=";

    /// <summary>Whether a text is a macro-string; in explanations spaces and the letters c, r, t are allowed too.</summary>
    public static bool IsValid(ReadOnlySpan<char> text, bool inExplanation) => IsValid(text, inExplanation, out _);

    /// <summary>The same, and whether its last element is a macro.</summary>
    public static bool IsValid(ReadOnlySpan<char> text, bool inExplanation, out bool endsInMacro)
    {
        endsInMacro = false;
        if (text.ContainsAnyExceptInRange(inExplanation ? ' ' : '!', '~'))
        {
            return false;
        }

        while (true)
        {
            var percent = text.IndexOf('%');
            if (percent < 0)
            {
                endsInMacro &= text.IsEmpty;
                return true;
            }

            text = text[percent..];
            if (!TryRead(text, inExplanation, out var macro))
            {
                return false;
            }

            text = text[macro.Length..];
            endsInMacro = true;
        }
    }

    /// <summary>Whether expanding needs the validated name of the client, which costs DNS questions.</summary>
    public static bool UsesValidatedName(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOf("%{");
            if (at < 0)
            {
                return false;
            }

            text = text[(at + 2)..];
            if (text.Length > 0 && text[0] is 'p' or 'P')
            {
                return true;
            }
        }
    }

    /// <summary>Expands into <paramref name="output"/>; false for bad syntax or a boundless result.</summary>
    public static bool TryExpand<TValues>(ReadOnlySpan<char> text, in TValues values, bool inExplanation, StringBuilder output)
        where TValues : ISpfMacroValues
    {
        while (true)
        {
            var percent = text.IndexOf('%');
            if (percent < 0)
            {
                output.Append(text);
                return output.Length <= MaximumExpansion;
            }

            output.Append(text[..percent]);
            text = text[percent..];
            if (output.Length > MaximumExpansion || !TryRead(text, inExplanation, out var macro))
            {
                return false;
            }

            Append(macro, text, values, output);
            text = text[macro.Length..];
        }
    }

    private static void Append<TValues>(in Parsed macro, ReadOnlySpan<char> text, in TValues values, StringBuilder output)
        where TValues : ISpfMacroValues
    {
        if (macro.Letter is '%' or '_' or '-')
        {
            output.Append(macro.Letter switch { '%' => "%", '_' => " ", _ => "%20" });
            return;
        }

        var start = output.Length;
        var delimiters = text.Slice(macro.DelimitersStart, macro.Length - 1 - macro.DelimitersStart);
        Transform(values.ValueOf(char.ToLowerInvariant(macro.Letter)), delimiters, macro.Keep, macro.Reverse, output);
        if (char.IsAsciiLetterUpper(macro.Letter))
        {
            var plain = output.ToString(start, output.Length - start);
            output.Length = start;
            output.Append(Uri.EscapeDataString(plain));
        }
    }

    private static void Transform(ReadOnlySpan<char> value, ReadOnlySpan<char> delimiters, int keep, bool reverse, StringBuilder output)
    {
        if (delimiters.IsEmpty)
        {
            if (keep == 0 && !reverse)
            {
                output.Append(value);
                return;
            }

            delimiters = ".";
        }

        var parts = 1;
        foreach (var c in value)
        {
            parts += delimiters.Contains(c) ? 1 : 0;
        }

        var take = keep == 0 ? parts : Math.Min(keep, parts);
        if (reverse)
        {
            // The right-most parts of the reversed value are its first parts, last one first.
            value = First(value, delimiters, take);
            for (var i = 0; i < take; i++)
            {
                var cut = value.LastIndexOfAny(delimiters);
                output.Append(i > 0 ? "." : "").Append(value[(cut + 1)..]);
                value = value[..Math.Max(cut, 0)];
            }

            return;
        }

        for (var i = 0; i < parts; i++)
        {
            var cut = value.IndexOfAny(delimiters);
            var part = cut < 0 ? value : value[..cut];
            if (i >= parts - take)
            {
                output.Append(i > parts - take ? "." : "").Append(part);
            }

            value = cut < 0 ? default : value[(cut + 1)..];
        }
    }

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> value, ReadOnlySpan<char> delimiters, int parts)
    {
        for (int at = 0, part = 0; at < value.Length; at++)
        {
            if (delimiters.Contains(value[at]) && ++part == parts)
            {
                return value[..at];
            }
        }

        return value;
    }

    /// <summary>Reads the macro at the start of <paramref name="text"/>, which begins with "%".</summary>
    private static bool TryRead(ReadOnlySpan<char> text, bool inExplanation, out Parsed macro)
    {
        macro = default;
        if (text.Length >= 2 && text[1] is '%' or '_' or '-')
        {
            macro = new Parsed(text[1], 2, 0, false, 0);
            return true;
        }

        if (text.Length < 4 || text[1] != '{' || !(inExplanation ? "slodipvhcrt" : "slodipvh").Contains(text[2], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var at = 3;
        var keep = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            // 253 octets have at most 127 labels; whoever asks for more asks for all of them.
            keep = Math.Min((keep * 10) + (text[at] - '0'), 10_000);
            at++;
        }

        if (at > 3 && keep == 0)
        {
            return false;
        }

        var reverse = at < text.Length && text[at] is 'r' or 'R';
        at += reverse ? 1 : 0;
        var delimiters = at;
        while (at < text.Length && Delimiters.Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        if (at >= text.Length || text[at] != '}')
        {
            return false;
        }

        macro = new Parsed(text[2], at + 1, keep, reverse, delimiters);
        return true;
    }

    private readonly record struct Parsed(char Letter, int Length, int Keep, bool Reverse, int DelimitersStart);
}

/// <summary>What the macro letters stand for.</summary>
internal interface ISpfMacroValues
{
    /// <summary>The value of a lower-case macro letter.</summary>
    ReadOnlySpan<char> ValueOf(char letter);
}
