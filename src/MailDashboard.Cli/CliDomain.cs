using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Cli;

/// <summary>Reads a domain as people type it: U-labels or A-labels, any case, with or without the last dot.</summary>
internal static class CliDomain
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>A-labels in lower case; or what is wrong with the text.</summary>
    public static bool TryParse(string text, out string domain, out string problem)
    {
        domain = "";
        problem = "";
        var typed = text.Trim();
        var shown = Show(typed);
        if (TryParseAddress(typed, out _))
        {
            problem = $"'{shown}' is an address, not a domain";
            return false;
        }

        try
        {
            // The full stops of other scripts separate labels too (IDNA).
            var dotted = DnsNames.Normalize(typed.Replace('\u3002', '.').Replace('\uFF0E', '.').Replace('\uFF61', '.'));
            domain = dotted.All(char.IsAscii) ? dotted : Idn.GetAscii(dotted).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            problem = $"'{shown}' is no domain name";
            return false;
        }

        if (domain.Length == 0 || !DnsNames.CanBeAsked(domain) || !domain.Split('.').All(IsLabel))
        {
            problem = $"'{shown}' is no domain name";
            return false;
        }

        if (!domain.Contains('.', StringComparison.Ordinal))
        {
            problem = $"'{shown}' is a single label; give a whole domain, such as example.org";
            return false;
        }

        // A last label of digits alone is a mistyped address, never a domain (RFC 3696 §2).
        if (domain[(domain.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit))
        {
            problem = $"'{shown}' is neither an address nor a domain";
            return false;
        }

        return true;
    }

    /// <summary>An address in its full form. The framework also takes "1" and "127.1", which nobody means.</summary>
    public static bool TryParseAddress(string text, out IPAddress address)
    {
        if (IPAddress.TryParse(text, out var parsed)
            && (parsed.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3)
            && !text.Contains('[', StringComparison.Ordinal))
        {
            address = parsed;
            return true;
        }

        address = IPAddress.None;
        return false;
    }

    /// <summary>Hostile input is quoted short and without control characters.</summary>
    public static string Show(string text) =>
        string.Concat((text.Length > 80 ? text[..80] + "…" : text).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    // Underscores are no host names, yet mail domains below them exist in DNS and can be asked about.
    private static bool IsLabel(string label) =>
        label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
