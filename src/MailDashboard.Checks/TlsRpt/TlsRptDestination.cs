using System.Collections.Immutable;
using MailDashboard.Checks.Dmarc;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>A destination of reports (RFC 8460 §3): a <c>mailto:</c> address or an <c>https:</c> URI.</summary>
/// <param name="Text">As published.</param>
/// <param name="IsValid">Reports can be sent there.</param>
public sealed record TlsRptDestination(string Text, bool IsValid)
{
    /// <summary>More destinations than this are not read.</summary>
    public const int Maximum = 16;

    /// <summary>Reads a comma-separated list. Never throws.</summary>
    public static ImmutableArray<TlsRptDestination> ParseList(string? list) =>
        string.IsNullOrWhiteSpace(list) ? [] : [.. list.Split(',', Maximum + 1, StringSplitOptions.TrimEntries).Take(Maximum).Select(Parse)];

    /// <summary>Reads one. Never throws.</summary>
    public static TlsRptDestination Parse(string text) => new(text, !text.Contains('!', StringComparison.Ordinal) && (IsMail(text) || IsWeb(text)));

    /// <summary>What was very likely meant: an address without its scheme is the usual slip. Null where there is no guess.</summary>
    public TlsRptDestination? Repaired() => IsValid ? this : Parse($"mailto:{Text}") is { IsValid: true } mail ? mail : null;

    private static bool IsMail(string text) => DmarcUri.Parse(text) is { IsValid: true, Host: not null };

    private static bool IsWeb(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        && !text.Contains(' ', StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https", Host.Length: > 0, UserInfo.Length: 0 };
}
