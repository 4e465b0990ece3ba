namespace MailDashboard.Checks.Spf;

/// <summary>The grammar of a domain-spec (RFC 7208 §7.1): a macro-string that ends in a macro or in a dot and a top label.</summary>
internal static class SpfDomainSpec
{
    public static SpfSyntaxError Check(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return SpfSyntaxError.MissingDomain;
        }

        if (!SpfMacro.IsValid(text, inExplanation: false, out var endsInMacro))
        {
            return SpfSyntaxError.InvalidMacro;
        }

        if (endsInMacro)
        {
            return SpfSyntaxError.None;
        }

        var name = text[^1] == '.' ? text[..^1] : text;
        var dot = name.LastIndexOf('.');
        if (dot >= 0 && IsTopLabel(name[(dot + 1)..]))
        {
            return SpfSyntaxError.None;
        }

        return SpfAddressParser.TryParse(name, isIPv6: false, out _, out _) ? SpfSyntaxError.AddressAsDomain : SpfSyntaxError.InvalidDomain;
    }

    // Letters, digits and inner dashes, and not digits alone.
    private static bool IsTopLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        var onlyDigits = true;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }

            onlyDigits &= char.IsAsciiDigit(c);
        }

        return !onlyDigits;
    }
}
