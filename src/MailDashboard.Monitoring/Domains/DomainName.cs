using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Monitoring.Domains;

/// <summary>Why a text is no domain name that can be monitored.</summary>
public enum DomainNameProblem
{
    /// <summary>Nothing was typed.</summary>
    Empty,

    /// <summary>An address of a page: the host inside it may be meant.</summary>
    LooksLikeUrl,

    /// <summary>An e-mail address: what follows the @ may be meant.</summary>
    LooksLikeAddress,

    /// <summary>An IP address is no domain.</summary>
    IsIpAddress,

    /// <summary>One label only: a top-level domain or a local name.</summary>
    IsTopLevel,

    /// <summary>Over 253 octets, or a label over 63.</summary>
    TooLong,

    /// <summary>Empty label: two dots in a row, or a leading one.</summary>
    EmptyLabel,

    /// <summary>A character that no host name has, or a hyphen at the edge of a label.</summary>
    BadCharacter,

    /// <summary>The internationalised name breaks IDNA, or its xn-- label decodes to nothing.</summary>
    BadInternational,
}

/// <summary>A domain name as it is stored (A-labels) and as people read it (U-labels).</summary>
/// <param name="Ascii">Lower case, no trailing dot.</param>
/// <param name="Display">U-labels.</param>
public sealed record DomainName(string Ascii, string Display)
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>Reads what a person typed.</summary>
    /// <param name="text">Any case, with or without a trailing dot, U-labels or A-labels.</param>
    /// <param name="name">The name, where it is one.</param>
    /// <param name="problem">Why it is none.</param>
    /// <param name="suggestion">What may have been meant, where that can be told.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out DomainName? name,
        out DomainNameProblem problem,
        out string? suggestion)
    {
        name = null;
        suggestion = null;
        var typed = (text ?? "").Trim();
        if (Misread(typed, out problem, out suggestion))
        {
            return false;
        }

        var bare = typed.EndsWith('.') ? typed[..^1] : typed;
        if (!TryMap(bare, out var ascii, out problem))
        {
            return false;
        }

        if (!ascii.Contains('.', StringComparison.Ordinal))
        {
            problem = DomainNameProblem.IsTopLevel;
            return false;
        }

        // A name whose last label is all digits is a mistyped address, never a domain (RFC 3696 §2).
        if (ascii[(ascii.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit))
        {
            problem = DomainNameProblem.IsIpAddress;
            return false;
        }

        if (!TryDisplay(ascii, out var display))
        {
            problem = DomainNameProblem.BadInternational;
            return false;
        }

        name = new DomainName(ascii, display);
        return true;
    }

    /// <summary>How people read a stored name; the stored form where it cannot be decoded.</summary>
    public static string ToDisplay(string ascii) => TryDisplay(ascii, out var display) ? display : ascii;

    private static bool Misread(string typed, out DomainNameProblem problem, out string? suggestion)
    {
        suggestion = null;
        problem = DomainNameProblem.Empty;
        if (typed.Length is 0 or > 1000)
        {
            problem = typed.Length == 0 ? DomainNameProblem.Empty : DomainNameProblem.TooLong;
            return true;
        }

        if (typed.Contains('/', StringComparison.Ordinal))
        {
            problem = DomainNameProblem.LooksLikeUrl;
            var host = Uri.TryCreate(typed.Contains("://", StringComparison.Ordinal) ? typed : $"https://{typed}", UriKind.Absolute, out var uri) ? uri.Host : null;
            suggestion = TryParse(host, out var inside, out _, out _) ? inside.Display : null;
            return true;
        }

        var at = typed.LastIndexOf('@');
        if (at >= 0)
        {
            problem = DomainNameProblem.LooksLikeAddress;
            suggestion = TryParse(typed[(at + 1)..], out var inside, out _, out _) ? inside.Display : null;
            return true;
        }

        if (IPAddress.TryParse(typed.Trim('[', ']'), out _) && (typed.Contains(':', StringComparison.Ordinal) || typed.Count(c => c == '.') == 3))
        {
            problem = DomainNameProblem.IsIpAddress;
            return true;
        }

        return false;
    }

    private static bool TryMap(string bare, out string ascii, out DomainNameProblem problem)
    {
        ascii = "";
        problem = DomainNameProblem.EmptyLabel;

        // The three other full stops of IDNA (UTS 46) separate labels too.
        var dotted = bare.Replace('\u3002', '.').Replace('\uFF0E', '.').Replace('\uFF61', '.');
        if (dotted.Length == 0 || dotted.Split('.').Any(l => l.Length == 0))
        {
            return false;
        }

        if (dotted.All(char.IsAscii))
        {
            ascii = dotted.ToLowerInvariant();
        }
        else
        {
            try
            {
                ascii = Idn.GetAscii(dotted).ToLowerInvariant();
            }
            catch (ArgumentException)
            {
                problem = dotted.Any(c => c < 128 && !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')) ? DomainNameProblem.BadCharacter : DomainNameProblem.BadInternational;
                return false;
            }
        }

        if (!DnsNames.CanBeAsked(ascii))
        {
            problem = DomainNameProblem.TooLong;
            return false;
        }

        problem = DomainNameProblem.BadCharacter;
        return ascii.Split('.').All(l =>
            l[0] != '-' && l[^1] != '-' && l.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
    }

    private static bool TryDisplay(string ascii, out string display)
    {
        display = ascii;
        if (!ascii.Contains("xn--", StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            display = Idn.GetUnicode(ascii);
            return Idn.GetAscii(display).Equals(ascii, StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
