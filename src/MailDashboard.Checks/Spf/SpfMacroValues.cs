using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Spf;

/// <summary>What the macro letters stand for in one evaluation (RFC 7208 §7.2).</summary>
internal readonly struct SpfMacroValues(SpfSession session, string domain, string validatedName) : ISpfMacroValues
{
    public ReadOnlySpan<char> ValueOf(char letter) => letter switch
    {
        's' => string.Concat(session.Request.LocalPart, "@", session.Request.SenderDomain),
        'l' => session.Request.LocalPart,
        'o' => session.Request.SenderDomain,
        'd' => domain,
        'i' => Dotted(session.Client),
        'p' => validatedName,
        'v' => session.Client.IsIPv6 ? "ip6" : "in-addr",
        'h' => session.Request.Helo,
        'c' => session.Client.Address.ToString(),
        'r' => session.Request.Receiver,
        't' => session.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>IPv4 as usual; IPv6 as 32 nibbles with dots, upper case as the RFC's examples and its test suite have it.</summary>
    private static string Dotted(in SpfNetwork address)
    {
        if (!address.IsIPv6)
        {
            return address.Address.ToString();
        }

        var text = new StringBuilder(63);
        for (var shift = 124; shift >= 0; shift -= 4)
        {
            text.Append("0123456789ABCDEF"[(int)(address.Bits >> shift) & 15]);
            if (shift > 0)
            {
                text.Append('.');
            }
        }

        return text.ToString();
    }
}
