using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MailDashboard.Checks.Spf;

/// <summary>Reads a record (RFC 7208 §4.6.1 and §12). Linear, never throws: what is wrong becomes a term with an error.</summary>
public static class SpfParser
{
    private const int VersionLength = 6;

    /// <summary>Reads a text for which <see cref="SpfRecord.IsSpf"/> is true; of any other the first six characters are skipped.</summary>
    public static SpfRecord Parse(string text)
    {
        var span = text.AsSpan();
        var terms = new SpfTerm[CountTerms(span)];
        var count = 0;
        var seen = (Redirect: false, Explanation: false);
        var at = Math.Min(VersionLength, span.Length);
        while (NextTerm(span, ref at, out var start))
        {
            var term = SpfTermParser.Parse(span[start..at], start);
            terms[count++] = CheckOnce(term, ref seen);
        }

        return new SpfRecord(text, ImmutableCollectionsMarshal.AsImmutableArray(terms));
    }

    private static SpfTerm CheckOnce(in SpfTerm term, ref (bool Redirect, bool Explanation) seen)
    {
        var again = term.Kind switch
        {
            SpfTermKind.Redirect => seen.Redirect,
            SpfTermKind.Explanation => seen.Explanation,
            _ => false,
        };
        seen.Redirect |= term.Kind == SpfTermKind.Redirect;
        seen.Explanation |= term.Kind == SpfTermKind.Explanation;
        return again ? term with { Kind = SpfTermKind.Invalid, Error = SpfSyntaxError.DuplicateModifier } : term;
    }

    private static int CountTerms(ReadOnlySpan<char> text)
    {
        var count = 0;
        var at = Math.Min(VersionLength, text.Length);
        while (NextTerm(text, ref at, out _))
        {
            count++;
        }

        return count;
    }

    private static bool NextTerm(ReadOnlySpan<char> text, ref int at, out int start)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        start = at;
        if (at == text.Length)
        {
            return false;
        }

        var space = text[at..].IndexOf(' ');
        at = space < 0 ? text.Length : at + space;
        return true;
    }
}
