using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Headers;

/// <summary>How two domains fit (RFC 9989 §4.4).</summary>
public enum AlignmentKind
{
    /// <summary>The same name: aligned in both modes.</summary>
    Strict,

    /// <summary>The same organizational domain: aligned in relaxed mode.</summary>
    Relaxed,

    /// <summary>Different organizations.</summary>
    None,

    /// <summary>Related names whose organizational domain only DNS can tell.</summary>
    Unknown,
}

/// <summary>From and one authenticated domain.</summary>
/// <param name="Method">spf or dkim.</param>
/// <param name="Result">What the receiver says: pass, fail …</param>
/// <param name="Domain">The authenticated domain.</param>
/// <param name="Kind">How it fits the domain in From.</param>
public sealed record DomainAlignment(string Method, string Result, string Domain, AlignmentKind Kind);

/// <summary>Compares domains without asking anybody.</summary>
public static class Alignments
{
    private static readonly IdnMapping Idn = new();

    /// <summary>
    /// Compares the domain of From with another one. Names above each other share an organization unless the upper one is a public
    /// suffix, for which nobody authenticates mail; siblings may or may not.
    /// </summary>
    /// <param name="from">Domain of From.</param>
    /// <param name="other">Authenticated domain.</param>
    /// <param name="organizations">Organizational domains found by the tree walk of RFC 9989 §4.10, where it was made.</param>
    public static AlignmentKind Compare(string from, string other, IReadOnlyDictionary<string, string>? organizations = null)
    {
        if (from == other)
        {
            return AlignmentKind.Strict;
        }

        if (organizations?.GetValueOrDefault(from) is { } mine && organizations.GetValueOrDefault(other) is { } theirs)
        {
            return mine == theirs ? AlignmentKind.Relaxed : AlignmentKind.None;
        }

        if (IsParent(from, other) || IsParent(other, from))
        {
            return AlignmentKind.Relaxed;
        }

        return Ending(from) == Ending(other) ? AlignmentKind.Unknown : AlignmentKind.None;
    }

    /// <summary>The alignments again, with what DNS said of the organizations.</summary>
    public static ImmutableArray<DomainAlignment> Resolve(HeaderAnalysis analysis, IReadOnlyDictionary<string, string> organizations) =>
        analysis.FromDomain is { } from ? [.. analysis.Alignment.Select(a => a with { Kind = Compare(from, a.Domain, organizations) })] : [];

    /// <summary>The domain of an address or a domain, lower case, in A-labels where it can be.</summary>
    internal static string DomainOf(string address)
    {
        var domain = DnsNames.Normalize(address[(address.LastIndexOf('@') + 1)..].Trim().Trim('<', '>')).ToLowerInvariant();
        if (domain.All(char.IsAscii))
        {
            return HeaderFields.Clean(domain, 260);
        }

        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return HeaderFields.Clean(domain, 260);
        }
    }

    /// <summary>The last two labels: not the organizational domain, and enough to tell strangers apart.</summary>
    internal static string Ending(string name)
    {
        var last = name.LastIndexOf('.');
        return last <= 0 ? name : name[(name.LastIndexOf('.', last - 1) + 1)..];
    }

    private static bool IsParent(string name, string below) => name.Contains('.', StringComparison.Ordinal) && DnsNames.IsEqualOrBelow(below, name);
}
