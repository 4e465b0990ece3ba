namespace MailDashboard.Checks.Spf;

/// <summary>Prefix lengths: <c>/24</c>, <c>//64</c>, <c>/24//64</c> (RFC 7208 §5.3, §5.6).</summary>
internal static class SpfPrefixLengths
{
    /// <summary>
    /// Cuts a dual-cidr-length off the end of <paramref name="rest"/>. A domain-spec may itself contain "/", so it is
    /// read from the right. False where something that must be a prefix length is none.
    /// </summary>
    public static bool TryCut(ref ReadOnlySpan<char> rest, out byte ip4, out byte ip6)
    {
        ip4 = 32;
        ip6 = 128;
        if (!TrailingNumber(rest, out var slash))
        {
            // "a/", "a//" and "a:example.org/" end in a slash; "a/b" is no domain either. The caller says which it was.
            return rest.IsEmpty || rest[^1] != '/';
        }

        if (slash > 0 && rest[slash - 1] == '/')
        {
            if (!TryRead(rest[(slash + 1)..], 128, out ip6))
            {
                return false;
            }

            rest = rest[..(slash - 1)];
            if (!TrailingNumber(rest, out slash))
            {
                return true;
            }
        }

        if (!TryRead(rest[(slash + 1)..], 32, out ip4))
        {
            return false;
        }

        rest = rest[..slash];
        return true;
    }

    /// <summary>A number from 0 to <paramref name="maximum"/> without leading zeros.</summary>
    public static bool TryRead(ReadOnlySpan<char> digits, int maximum, out byte value)
    {
        value = 0;
        if (digits.Length is 0 or > 3 || (digits[0] == '0' && digits.Length > 1))
        {
            return false;
        }

        var number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        value = (byte)Math.Min(number, 255);
        return number <= maximum;
    }

    private static bool TrailingNumber(ReadOnlySpan<char> text, out int slash)
    {
        slash = text.LastIndexOf('/');
        return slash >= 0 && slash < text.Length - 1 && !text[(slash + 1)..].ContainsAnyExceptInRange('0', '9');
    }
}
