using MailDashboard.Checks.Spf;

namespace MailDashboard.Mail.Publishing;

/// <summary>A term by itself, so that terms of several records can be compared and put together.</summary>
/// <param name="Text">As written.</param>
/// <param name="Value">Domain or value; empty where there is none.</param>
/// <param name="Term">As parsed.</param>
internal sealed record SpfPart(string Text, string Value, SpfTerm Term)
{
    public SpfTermKind Kind => Term.Kind;

    public SpfQualifier Qualifier => Term.Qualifier;

    /// <summary>What it is about, whatever it says of that: equal for <c>+include:a.example</c> and <c>?INCLUDE:A.example</c>.</summary>
    public string Key => (Term.IsDirective && Text[0] is '+' or '-' or '~' or '?' ? Text[1..] : Text).ToLowerInvariant();

    /// <summary>It lets everybody pass by itself: a network of length zero (RFC 7208 §5.6).</summary>
    public bool IsEverybody => Qualifier == SpfQualifier.Pass && Kind switch
    {
        SpfTermKind.Ip4 or SpfTermKind.Ip6 => Term.Network.PrefixLength == 0,
        SpfTermKind.A or SpfTermKind.Mx => Term.Ip4PrefixLength == 0 || Term.Ip6PrefixLength == 0,
        _ => false,
    };

    public static SpfPart Of(string term)
    {
        var record = SpfParser.Parse($"v=spf1 {term}");
        return Of(record, 0);
    }

    public static SpfPart Of(SpfRecord record, int index)
    {
        var term = record.Terms[index];
        return new SpfPart(record.TextOf(term).ToString(), record.ValueOf(term).ToString(), term);
    }

    /// <summary>Whoever passes by the other one passes by this one.</summary>
    public bool Covers(SpfPart other)
    {
        if (Qualifier != SpfQualifier.Pass || Kind != other.Kind)
        {
            return false;
        }

        return Key == other.Key
            || (Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6
                && Term.Network.PrefixLength <= other.Term.Network.PrefixLength
                && Term.Network.AgreesWith(other.Term.Network, Term.Network.PrefixLength));
    }
}
