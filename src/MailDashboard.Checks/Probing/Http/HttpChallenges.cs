using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>Reads which ways to log in a server offers (RFC 9110 §11.6.1). Pure; never throws.</summary>
public static class HttpChallenges
{
    private const int Limit = 20;
    private const int LengthLimit = 40;

    /// <summary>The schemes of <c>WWW-Authenticate</c>, as written, each once, in order.</summary>
    public static ImmutableArray<string> Of(HttpObservation seen) =>
    [
        .. seen.Headers.Where(h => h.Name == "www-authenticate").SelectMany(h => Items(h.Value)).Select(Scheme).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(Limit),
    ];

    /// <summary>Commas part challenges and their parameters alike, but not within quotation marks.</summary>
    private static IEnumerable<string> Items(string header)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < header.Length; i++)
        {
            switch (header[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    yield return header[start..i];
                    start = i + 1;
                    break;
            }
        }

        yield return header[start..];
    }

    /// <summary>A name that an equals sign follows is a parameter of the challenge before it.</summary>
    private static string? Scheme(string item)
    {
        var text = item.AsSpan().Trim();
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '-' or '_' or '.' or '+'))
        {
            length++;
        }

        var rest = text[length..].TrimStart();
        return length is 0 or > LengthLimit || (length < text.Length && !char.IsWhiteSpace(text[length])) || rest.StartsWith("=") ? null : text[..length].ToString();
    }
}
