namespace MailDashboard.Checks.Caa;

/// <summary>The value of <c>issue</c>, <c>issuewild</c> or <c>issuemail</c> (RFC 8659 §4.2).</summary>
/// <param name="Authority">The authority that may issue; empty where the value allows nobody.</param>
public sealed record CaaIssuer(string Authority)
{
    /// <summary>Reads a value; null where it does not follow the grammar, which an authority takes for "nobody". Never throws.</summary>
    public static CaaIssuer? Parse(string value)
    {
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var name = (semicolon < 0 ? value : value[..semicolon]).Trim(' ', '\t');
        if (name.Length > 0 && (name.Length > 253 || !name.Split('.').All(IsLabel)))
        {
            return null;
        }

        var parameters = semicolon < 0 ? "" : value[(semicolon + 1)..].Trim(' ', '\t');
        return parameters.Length == 0 || parameters.Split(';').All(p => IsParameter(p.Trim(' ', '\t'))) ? new CaaIssuer(name.ToLowerInvariant()) : null;
    }

    private static bool IsParameter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && IsLabel(text[..equals].TrimEnd(' ', '\t')) && text[(equals + 1)..].TrimStart(' ', '\t').All(c => c is > ' ' and <= '~' and not ';');
    }

    private static bool IsLabel(string text) =>
        text.Length > 0
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
