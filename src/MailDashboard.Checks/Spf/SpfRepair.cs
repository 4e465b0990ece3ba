using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace MailDashboard.Checks.Spf;

/// <summary>
/// Mends the slips that people make when they type or paste a record: marks of a word processor, a blank or quotation marks
/// around it, a version of another spelling, <c>ipv4:</c> for <c>ip4:</c>. What it cannot mend wholly it does not propose.
/// </summary>
public static partial class SpfRepair
{
    private const int MaximumText = 2000;
    private const string Version = "v=spf1";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["ipv4:"] = "ip4:", ["ipv6:"] = "ip6:", ["ip:"] = "ip4:", ["ip4="] = "ip4:", ["ip6="] = "ip6:", ["ipv4="] = "ip4:", ["ipv6="] = "ip6:",
        ["includes:"] = "include:", ["include="] = "include:", ["redirect:"] = "redirect=", ["exp:"] = "exp=",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The record that was meant; null where that is not plain.</summary>
    public static string? Mend(string text)
    {
        if (text.Length > MaximumText)
        {
            return null;
        }

        var plain = string.Concat(text.Select(Plain).Where(c => c != '\0')).Trim();
        plain = Beginning().Replace(plain, "");
        var words = plain.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Word);
        var mended = string.Join(' ', words.Prepend(Version));
        return mended != text && !SpfParser.Parse(mended).HasErrors ? mended : null;
    }

    private static char Plain(char c) => c switch
    {
        >= '\u2010' and <= '\u2015' or '\u2212' => '-',
        '"' or '\'' or '\\' or (>= '\u2018' and <= '\u201F') or (>= '\u200B' and <= '\u200F') or '\uFEFF' => '\0',
        _ => char.IsWhiteSpace(c) ? ' ' : c,
    };

    private static string Word(string word)
    {
        var start = word[0] is '+' or '-' or '~' or '?' ? 1 : 0;
        var end = word.AsSpan(start).IndexOfAny(':', '=');
        if (end < 0)
        {
            return word;
        }

        var typed = word[start..(start + end + 1)];
        var name = Names.GetValueOrDefault(typed, typed);
        var value = word[(start + end + 1)..];
        if (name is "ip4:" or "ip6:" or "a:" or "mx:" && IPAddress.TryParse(value.Split('/')[0], out var address))
        {
            // "a:192.0.2.1" names no host, and the kind of an address is plain from how it is written.
            name = address.AddressFamily == AddressFamily.InterNetwork ? "ip4:" : "ip6:";
        }

        return string.Concat(word.AsSpan(0, start), name, value);
    }

    /// <summary>The version, once or twice, in any of its misspellings.</summary>
    [GeneratedRegex(@"^\s*((v\s*[=:]\s*)?spf\s*=?\s*[0-9.]*\s*[,;:]?\s*){1,2}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Beginning();
}
