using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>Names as an evaluation needs them.</summary>
internal static class SpfNames
{
    private const int MaximumLength = 253;
    private static readonly IdnMapping Idn = new();

    /// <summary>A-labels without a trailing dot (RFC 7208 §4.3); what cannot be mapped stays and is malformed later.</summary>
    public static string ToAscii(string domain)
    {
        domain = domain.EndsWith('.') ? domain[..^1] : domain;
        if (System.Text.Ascii.IsValid(domain))
        {
            return domain;
        }

        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    /// <summary>Whether <c>check_host()</c> starts with such a domain at all; if not its result is <c>none</c> (§4.3).</summary>
    public static bool IsCheckable(string domain) =>
        domain.Length > 0
        && domain[0] != '['
        && System.Text.Ascii.IsValid(domain)
        && domain.Contains('.', StringComparison.Ordinal)
        && DnsNames.CanBeAsked(domain);

    /// <summary>An expanded name as it is asked: no trailing dot, labels cut from the left until it fits (§7.3).</summary>
    public static string Fit(string name)
    {
        var text = name.EndsWith('.') ? name.AsSpan(0, name.Length - 1) : name;
        while (text.Length > MaximumLength)
        {
            var dot = text.IndexOf('.');
            if (dot < 0)
            {
                break;
            }

            text = text[(dot + 1)..];
        }

        return text.Length == name.Length ? name : text.ToString();
    }
}
