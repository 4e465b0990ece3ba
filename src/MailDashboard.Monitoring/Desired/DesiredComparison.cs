using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Monitoring.Desired;

/// <summary>Whether two record sets mean the same. Order never counts; white space between tags, the case of names and a final dot do not either.</summary>
public static class DesiredComparison
{
    public static bool AreEqual(string type, ImmutableArray<string> one, ImmutableArray<string> other) =>
        one.Select(v => Normalise(type, v)).ToHashSet().SetEquals(other.Select(v => Normalise(type, v)));

    private static string Normalise(string type, string value) => type switch
    {
        "TXT" => Text(value),
        "MX" => Exchanger(value),
        "CNAME" or "NS" or "PTR" => DnsNames.Normalize(value.Trim()),
        "SRV" => Spaced(value).ToLowerInvariant().TrimEnd('.'),
        "TLSA" or "A" or "AAAA" => Spaced(value).ToLowerInvariant(),
        _ => Spaced(value),
    };

    private static string Exchanger(string value)
    {
        var parts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var preference)
            ? string.Create(CultureInfo.InvariantCulture, $"{preference} {DnsNames.Normalize(parts[1])}")
            : Spaced(value).ToLowerInvariant();
    }

    /// <summary>SPF is a list of words, the others are lists of tags; what is neither is compared as it stands.</summary>
    private static string Text(string value)
    {
        var text = value.Trim();
        return !text.StartsWith("v=", StringComparison.OrdinalIgnoreCase) ? value
            : text.Contains(';', StringComparison.Ordinal) || text.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase) ? Tags(text)
            : Spaced(text);
    }

    private static string Tags(string text) =>
        string.Join(';', text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(tag =>
        {
            var equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                return tag;
            }

            var (name, value) = (tag[..equals].Trim(), tag[(equals + 1)..].Trim());

            // A key may be folded anywhere (RFC 6376 §3.6.1).
            return $"{name}={(name == "p" ? string.Concat(value.Where(c => !char.IsWhiteSpace(c))) : Spaced(value))}";
        }));

    private static string Spaced(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
