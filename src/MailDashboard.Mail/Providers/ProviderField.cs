using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Providers;

/// <summary>What may be entered into a field.</summary>
public enum ProviderFieldKind
{
    /// <summary>One label of a name.</summary>
    Label,

    /// <summary>A DKIM selector: one label or several (RFC 6376 §3.1).</summary>
    Selector,

    /// <summary>A complete name with a dot in it.</summary>
    Name,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>The text of a TXT record.</summary>
    Text,
}

/// <summary>Something that the user copies from the provider's console.</summary>
/// <param name="Key">What templates call it, in braces.</param>
/// <param name="Kind">What may be entered.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Example">How it looks.</param>
public sealed record ProviderField(string Key, ProviderFieldKind Kind, ProviderText Label, string Example)
{
    /// <summary>Longer entries are refused, in characters.</summary>
    public const int MaximumLength = 4096;

    /// <summary>What may be chosen, of <see cref="ProviderFieldKind.Choice"/>.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>What holds where nothing is entered; null: it must be entered.</summary>
    public string? Default { get; init; }

    /// <summary>Only needed where the user set up what it belongs to.</summary>
    public bool IsOptional { get; init; }

    /// <summary>
    /// An entry in the form that a record takes: blanks and a final dot removed, names in lower case, a text without the quotation marks of
    /// a zone file. Null where it is empty or no such thing.
    /// </summary>
    public string? Read(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > MaximumLength)
        {
            return null;
        }

        var text = typed.Trim();
        return Kind switch
        {
            ProviderFieldKind.Text => ReadText(text),
            ProviderFieldKind.Choice => Choices.FirstOrDefault(c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)),
            ProviderFieldKind.Name => ReadName(text) is { } name && name.Contains('.', StringComparison.Ordinal) ? name : null,
            ProviderFieldKind.Label => ReadName(text) is { } name && !name.Contains('.', StringComparison.Ordinal) ? name : null,
            _ => ReadName(Strip(text)),
        };
    }

    private static string Strip(string selector)
    {
        var end = selector.IndexOf("._domainkey", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? selector : selector[..end];
    }

    private static string? ReadName(string text)
    {
        var name = DnsNames.Normalize(text);
        return name.Length > 0 && DnsNames.CanBeAsked(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : null;
    }

    private static string? ReadText(string text)
    {
        // "one" "two", as a console shows a record that is longer than a string.
        var whole = text.StartsWith('"') && text.EndsWith('"')
            ? string.Concat(text.Split('"').Where((_, i) => i % 2 == 1))
            : text;
        return whole.Length > 0 && whole.All(c => c is >= ' ' and <= '~') ? whole.Replace("\\;", ";", StringComparison.Ordinal) : null;
    }
}
