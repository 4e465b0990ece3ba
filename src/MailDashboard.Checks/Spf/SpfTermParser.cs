namespace MailDashboard.Checks.Spf;

/// <summary>Reads one term: <c>directive / modifier</c> of RFC 7208 §12.</summary>
internal static class SpfTermParser
{
    public static SpfTerm Parse(ReadOnlySpan<char> text, int start)
    {
        var term = new SpfTerm { Start = start, Length = text.Length, ValueStart = start, Ip4PrefixLength = 32, Ip6PrefixLength = 128 };
        var odd = text.IndexOfAnyExceptInRange('!', '~');
        if (odd >= 0)
        {
            return Bad(term, text.ContainsAnyExceptInRange('\0', '\x7f') ? SpfSyntaxError.NonAscii : SpfSyntaxError.ControlCharacter);
        }

        // "=" right after the name, before any ":" or "/", is what makes a modifier (§4.6.1).
        var nameEnd = text.IndexOfAny(':', '/', '=');
        return nameEnd >= 0 && text[nameEnd] == '=' ? Modifier(text, nameEnd, term) : Directive(text, term);
    }

    private static SpfTerm Modifier(ReadOnlySpan<char> text, int equals, SpfTerm term)
    {
        var name = text[..equals];
        var value = text[(equals + 1)..];
        if (!IsModifierName(name))
        {
            return Bad(term, SpfSyntaxError.InvalidModifierName);
        }

        term = term with { ValueStart = term.Start + equals + 1, ValueLength = value.Length, HasMacro = value.Contains('%') };
        if (Is(name, "redirect"))
        {
            return WithDomain(term with { Kind = SpfTermKind.Redirect }, value);
        }

        if (Is(name, "exp"))
        {
            return WithDomain(term with { Kind = SpfTermKind.Explanation }, value);
        }

        return SpfMacro.IsValid(value, inExplanation: true)
            ? term with { Kind = SpfTermKind.UnknownModifier }
            : Bad(term, SpfSyntaxError.InvalidMacro);
    }

    private static SpfTerm Directive(ReadOnlySpan<char> text, SpfTerm term)
    {
        var qualifier = text[0] switch
        {
            '+' => SpfQualifier.Pass,
            '-' => SpfQualifier.Fail,
            '~' => SpfQualifier.SoftFail,
            '?' => SpfQualifier.Neutral,
            _ => (SpfQualifier?)null,
        };
        var offset = qualifier is null ? 0 : 1;
        term = term with { Qualifier = qualifier ?? SpfQualifier.Pass };
        var body = text[offset..];
        var nameEnd = body.IndexOfAny(':', '/');
        var name = nameEnd < 0 ? body : body[..nameEnd];
        var rest = nameEnd < 0 ? default : body[nameEnd..];
        var kind = KindOf(name);
        term = term with { Kind = kind, ValueStart = term.Start + offset + name.Length };
        return kind switch
        {
            SpfTermKind.All => rest.IsEmpty ? term : Bad(term, SpfSyntaxError.UnexpectedArgument),
            SpfTermKind.Include or SpfTermKind.Exists => RequiredDomain(term, rest),
            SpfTermKind.Ptr => rest.IsEmpty ? term : RequiredDomain(term, rest),
            SpfTermKind.A or SpfTermKind.Mx => DomainAndPrefixes(term, rest),
            SpfTermKind.Ip4 or SpfTermKind.Ip6 => Address(term, rest),
            _ => Bad(term, Is(name, "redirect") || Is(name, "exp") ? SpfSyntaxError.ModifierWithColon : SpfSyntaxError.UnknownMechanism),
        };
    }

    private static SpfTerm RequiredDomain(in SpfTerm term, ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
        {
            return Bad(term, SpfSyntaxError.MissingDomain);
        }

        return rest[0] == ':' ? WithDomain(AfterColon(term, rest), rest[1..]) : Bad(term, SpfSyntaxError.UnexpectedArgument);
    }

    private static SpfTerm DomainAndPrefixes(SpfTerm term, ReadOnlySpan<char> rest)
    {
        if (!SpfPrefixLengths.TryCut(ref rest, out var ip4, out var ip6))
        {
            return Bad(term, SpfSyntaxError.InvalidPrefixLength);
        }

        term = term with { Ip4PrefixLength = ip4, Ip6PrefixLength = ip6 };
        if (rest.IsEmpty)
        {
            return term;
        }

        return rest[0] == ':' ? WithDomain(AfterColon(term, rest), rest[1..]) : Bad(term, SpfSyntaxError.InvalidPrefixLength);
    }

    private static SpfTerm Address(in SpfTerm term, ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] != ':')
        {
            return Bad(term, SpfSyntaxError.InvalidAddress);
        }

        var value = AfterColon(term, rest);
        return SpfAddressParser.TryParse(rest[1..], term.Kind == SpfTermKind.Ip6, out var network, out var error)
            ? value with { Network = network }
            : Bad(value, error);
    }

    private static SpfTerm WithDomain(in SpfTerm term, ReadOnlySpan<char> domain)
    {
        var error = SpfDomainSpec.Check(domain);
        return error == SpfSyntaxError.None ? term : Bad(term, error);
    }

    private static SpfTerm AfterColon(in SpfTerm term, ReadOnlySpan<char> rest) =>
        term with { ValueStart = term.ValueStart + 1, ValueLength = rest.Length - 1, HasMacro = rest.Contains('%') };

    private static SpfTerm Bad(in SpfTerm term, SpfSyntaxError error) => term with { Kind = SpfTermKind.Invalid, Error = error };

    private static SpfTermKind KindOf(ReadOnlySpan<char> name) => name.Length switch
    {
        1 when Is(name, "a") => SpfTermKind.A,
        2 when Is(name, "mx") => SpfTermKind.Mx,
        3 when Is(name, "all") => SpfTermKind.All,
        3 when Is(name, "ip4") => SpfTermKind.Ip4,
        3 when Is(name, "ip6") => SpfTermKind.Ip6,
        3 when Is(name, "ptr") => SpfTermKind.Ptr,
        6 when Is(name, "exists") => SpfTermKind.Exists,
        7 when Is(name, "include") => SpfTermKind.Include,
        _ => SpfTermKind.Invalid,
    };

    private static bool IsModifierName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(ReadOnlySpan<char> name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
