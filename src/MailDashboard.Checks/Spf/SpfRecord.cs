using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>A parsed record. Immutable; a bad term is a term with an error.</summary>
public sealed class SpfRecord
{
    internal SpfRecord(string text, ImmutableArray<SpfTerm> terms)
    {
        Text = text;
        Terms = terms;
        FirstAll = -1;
        Redirect = -1;
        Explanation = -1;
        for (var i = 0; i < terms.Length; i++)
        {
            switch (terms[i].Kind)
            {
                case SpfTermKind.Invalid:
                    HasErrors = true;
                    break;
                case SpfTermKind.All when FirstAll < 0:
                    FirstAll = i;
                    break;
                case SpfTermKind.Redirect:
                    Redirect = i;
                    break;
                case SpfTermKind.Explanation:
                    Explanation = i;
                    break;
            }
        }
    }

    /// <summary>The record as published, its strings joined.</summary>
    public string Text { get; }

    /// <summary>Its terms, in order.</summary>
    public ImmutableArray<SpfTerm> Terms { get; }

    /// <summary>At least one term breaks the grammar: every evaluation is <c>permerror</c> (RFC 7208 §4.6).</summary>
    public bool HasErrors { get; }

    /// <summary>Index of the first <c>all</c>, else -1. What follows it is never reached (§5.1).</summary>
    public int FirstAll { get; }

    /// <summary>Index of <c>redirect</c>, else -1. Ignored where there is an <c>all</c> (§6.1).</summary>
    public int Redirect { get; }

    /// <summary>Index of <c>exp</c>, else -1.</summary>
    public int Explanation { get; }

    /// <summary>Whether a TXT is an SPF record: exactly <c>v=spf1</c>, any case, then a space or the end (§4.5).</summary>
    public static bool IsSpf(string text) =>
        text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) && (text.Length == 6 || text[6] == ' ');

    /// <summary>The SPF records among the answers of a TXT question.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="single">The record where there is exactly one, else null.</param>
    /// <returns>How many there are.</returns>
    public static int Select(DnsAnswer answer, out string? single)
    {
        single = null;
        var count = 0;
        foreach (var record in answer.Records)
        {
            if (record is TxtRecord { Text: var text } && IsSpf(text))
            {
                single = ++count == 1 ? text : null;
            }
        }

        return count;
    }

    /// <summary>A term as published.</summary>
    public ReadOnlySpan<char> TextOf(in SpfTerm term) => Text.AsSpan(term.Start, term.Length);

    /// <summary>A term's domain-spec or value as published; empty where it has none.</summary>
    public ReadOnlySpan<char> ValueOf(in SpfTerm term) => Text.AsSpan(term.ValueStart, term.ValueLength);
}
