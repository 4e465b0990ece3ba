using System.Buffers;
using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>A destination of reports (RFC 9989 §4.6).</summary>
/// <param name="Text">As published, without a <c>!size</c>.</param>
/// <param name="Host">For <c>mailto:</c> the domain of the address, normalised; null for any other scheme and for a fault.</param>
/// <param name="IsValid">It is a URI that can be used. Schemes other than <c>mailto:</c> are valid, and ignored by most.</param>
/// <param name="HasSize">It had the <c>!size</c> that RFC 9989 abolished.</param>
public sealed record DmarcUri(string Text, string? Host, bool IsValid, bool HasSize)
{
    /// <summary>More destinations than this are not read; receivers need not serve more than two.</summary>
    public const int MaximumUris = 16;

    private const string MailScheme = "mailto:";

    private static readonly SearchValues<char> NotInLocalPart = SearchValues.Create(" \t<>\"!@");

    /// <summary>Reads a comma-separated list. Never throws.</summary>
    public static ImmutableArray<DmarcUri> ParseList(string? list) =>
        string.IsNullOrWhiteSpace(list) ? [] : [.. list.Split(',', MaximumUris + 1, StringSplitOptions.TrimEntries).Take(MaximumUris).Select(Parse)];

    /// <summary>Reads one. Never throws.</summary>
    public static DmarcUri Parse(string part)
    {
        var bang = part.LastIndexOf('!');
        var hasSize = bang > 0 && IsSize(part.AsSpan(bang + 1));
        var text = hasSize ? part[..bang] : part;
        if (!text.StartsWith(MailScheme, StringComparison.OrdinalIgnoreCase))
        {
            var isOther = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme.Length > 1 && text.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase);
            return new DmarcUri(text, null, isOther, hasSize);
        }

        var address = text[MailScheme.Length..];
        var question = address.IndexOf('?', StringComparison.Ordinal);
        address = question < 0 ? address : address[..question];
        var at = address.LastIndexOf('@');
        var host = at < 0 ? "" : DnsNames.Normalize(address[(at + 1)..]);
        var isValid = at > 0 && IsMailHost(host) && !address.AsSpan(0, at).ContainsAny(NotInLocalPart);
        return new DmarcUri(text, isValid ? host : null, isValid, hasSize);
    }

    private static bool IsMailHost(string host) =>
        host.Contains('.', StringComparison.Ordinal)
        && DnsNames.CanBeAsked(host)
        && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>Digits and one of k, m, g, t (RFC 7489 §6.2).</summary>
    private static bool IsSize(ReadOnlySpan<char> size)
    {
        if (size.Length > 1 && "kmgtKMGT".Contains(size[^1], StringComparison.Ordinal))
        {
            size = size[..^1];
        }

        return size.Length is > 0 and < 20 && !size.ContainsAnyExceptInRange('0', '9');
    }
}
