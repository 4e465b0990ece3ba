using System.Collections.Immutable;
using System.Text;

namespace MailDashboard.Mail.Providers;

/// <summary>A template with its fields filled.</summary>
/// <param name="Text">Null where a field is missing.</param>
/// <param name="Missing">Keys of the fields that are needed and not filled.</param>
public sealed record FilledTemplate(string? Text, ImmutableArray<string> Missing);

/// <summary>Texts with fields in braces; <c>{domain}</c> is the sending domain.</summary>
public static class ProviderTemplate
{
    /// <summary>The field that everybody has.</summary>
    public const string Domain = "domain";

    /// <summary>The keys in a template, in order. A brace that closes nothing is text.</summary>
    public static ImmutableArray<string> Keys(string template)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        Walk(template, _ => { }, keys.Add);
        return keys.ToImmutable();
    }

    /// <summary>Fills it; what is filled in is never read as a template again.</summary>
    public static FilledTemplate Fill(string template, Func<string, string?> value)
    {
        var text = new StringBuilder(template.Length + 32);
        var missing = ImmutableArray.CreateBuilder<string>();
        Walk(template, part => text.Append(part), key =>
        {
            if (value(key) is { } filled)
            {
                text.Append(filled);
            }
            else
            {
                missing.Add(key);
            }
        });
        return new FilledTemplate(missing.Count == 0 ? text.ToString() : null, missing.ToImmutable());
    }

    /// <summary>Whether it is one field and nothing else.</summary>
    public static bool IsSingleField(string template) => Keys(template) is [var key] && key.Length + 2 == template.Length;

    private static void Walk(string template, Action<string> onText, Action<string> onKey)
    {
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                onText(template[at..]);
                return;
            }

            onText(template[at..open]);
            onKey(template[(open + 1)..close]);
            at = close + 1;
        }
    }
}
