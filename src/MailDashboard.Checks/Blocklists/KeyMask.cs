using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>
/// Takes the operator's list keys out of everything that is kept or shown. A key is a label of the names we ask (a Spamhaus DQS
/// zone, for example), so without this it would stand in every transcript.
/// </summary>
public sealed class KeyMask
{
    private const string Hidden = "***";
    private readonly ImmutableArray<string> _keys;

    private KeyMask(ImmutableArray<string> keys) => _keys = keys;

    /// <summary>A mask for the keys of these settings.</summary>
    public static KeyMask For(BlocklistSettings settings) =>
        new([.. settings.Keys.Values.Select(k => k.Trim().Trim('.')).Where(k => k.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(k => k.Length)]);

    /// <summary>The text without keys.</summary>
    public string Mask(string text)
    {
        foreach (var key in _keys)
        {
            text = Mask(text, key);
        }

        return text;
    }

    /// <summary>The answer without keys; the same instance where there is none in it.</summary>
    public DnsAnswer Mask(DnsAnswer answer)
    {
        if (_keys.IsEmpty || !_keys.Any(k => Mentions(answer, k)))
        {
            return answer;
        }

        return answer with
        {
            Question = answer.Question with { Name = Mask(answer.Question.Name) },
            Records = [.. answer.Records.Select(Mask)],
            Aliases = [.. answer.Aliases.Select(Mask)],
            Detail = answer.Detail is null ? null : Mask(answer.Detail),
        };
    }

    private DnsRecord Mask(DnsRecord record) => record switch
    {
        TxtRecord txt => txt with { Name = Mask(txt.Name), Text = Mask(txt.Text) },
        NameRecord name => name with { Name = Mask(name.Name), Target = Mask(name.Target) },
        MxRecord mx => mx with { Name = Mask(mx.Name), Exchange = Mask(mx.Exchange) },
        SoaRecord soa => soa with { Name = Mask(soa.Name), PrimaryServer = Mask(soa.PrimaryServer), Contact = Mask(soa.Contact) },
        _ => record with { Name = Mask(record.Name) },
    };

    private static bool Mentions(DnsAnswer answer, string key) =>
        Contains(answer.Question.Name, key)
        || Contains(answer.Detail, key)
        || answer.Aliases.Any(a => Contains(a, key))
        || answer.Records.Any(r => Contains(r.Name, key) || r switch
        {
            TxtRecord txt => Contains(txt.Text, key),
            NameRecord name => Contains(name.Target, key),
            MxRecord mx => Contains(mx.Exchange, key),
            SoaRecord soa => Contains(soa.PrimaryServer, key) || Contains(soa.Contact, key),
            _ => false,
        });

    private static bool Contains(string? text, string key) => text?.Contains(key, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whole labels only: a key that happens to be a short word must not blank half of every name.</summary>
    private static string Mask(string text, string key)
    {
        var from = 0;
        while (from < text.Length && text.IndexOf(key, from, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            var end = at + key.Length;
            if ((at > 0 && IsPartOfLabel(text[at - 1])) || (end < text.Length && IsPartOfLabel(text[end])))
            {
                from = at + 1;
                continue;
            }

            text = string.Concat(text.AsSpan(0, at), Hidden, text.AsSpan(end));
            from = at + Hidden.Length;
        }

        return text;
    }

    private static bool IsPartOfLabel(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
