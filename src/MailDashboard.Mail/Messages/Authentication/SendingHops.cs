using System.Net;
using System.Text.RegularExpressions;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Authentication;

/// <summary>Finds the hop that handed the message to the test mailbox. Fields below the first one that is not believed may be forged.</summary>
internal static partial class SendingHops
{
    public static SendingHop? Find(HeaderAnalysis header, MessageRequest request)
    {
        var topmostFirst = header.Hops.Reverse().ToList();
        if (request.HopFromTop is { } wanted)
        {
            return wanted >= 1 && wanted <= topmostFirst.Count ? Read(topmostFirst[wanted - 1], wanted) : null;
        }

        for (var i = 0; i < topmostFirst.Count; i++)
        {
            var hop = Read(topmostFirst[i], i + 1);

            // A host inside wrote the field below the one that says that the message came from there.
            var isFromInside = i > 0 && Read(topmostFirst[i - 1], i) is { Address: { } above } && IsInside(above, request);
            if (!request.TrustedHosts.IsEmpty && !isFromInside && !IsTrusted(hop.Received.By, request))
            {
                // Gmail notes the way through its own machines under bare addresses and names no client.
                if (hop.Address is null && IPAddress.TryParse(hop.Received.By, out _))
                {
                    continue;
                }

                return null;
            }

            if (hop.Address is { } address && !IsInside(address, request))
            {
                return hop;
            }
        }

        return null;
    }

    /// <summary>
    /// Address and HELO as Postfix, Exim, Gmail, Microsoft, Yahoo and qmail write them. What the client said of itself may be an
    /// address, too, and a false one: what the server saw comes first.
    /// </summary>
    public static SendingHop Read(ReceivedHop received, int fromTop)
    {
        var stated = Helo().Match(received.Client);
        var seen = stated.Success ? received.Client.Remove(stated.Index, stated.Length) : received.Client;
        var address = Literal().Match(seen) is { Success: true } literal && IPAddress.TryParse(literal.Groups["address"].Value, out var found) ? found : Bare(seen) ?? Bare(received.From);
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        // Exim puts the reverse name first and HELO in the brackets.
        var helo = stated.Success ? stated.Groups["name"].Value : received.From;
        return new SendingHop(received, fromTop, address, DnsNames.Normalize(helo));
    }

    private static IPAddress? Bare(string words) => words.Split([' ', '@']).Select(w => Literal().Match(w) is { Success: true, Index: 0 } literal ? literal.Groups["address"].Value : w)
        .Select(w => IPAddress.TryParse(w, out var address) && w.AsSpan().IndexOfAny('.', ':') > 0 ? address : null).OfType<IPAddress>().FirstOrDefault();

    /// <summary>A host of the provider's, by its name or by an address inside.</summary>
    private static bool IsTrusted(string host, MessageRequest request) =>
        IPAddress.TryParse(host, out var address)
            ? IsInside(address, request)
            : request.TrustedHosts.Any(t => DnsNames.IsEqualOrBelow(DnsNames.Normalize(host), DnsNames.Normalize(t)));

    private static bool IsInside(IPAddress address, MessageRequest request) =>
        request.TrustedNetworks.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));

    [GeneratedRegex(@"\[(?:IPv6:)?(?<address>[0-9A-Fa-f:.]{2,45})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b[he][eh]lo[= ](?<name>[^\s()]{1,255})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Helo();
}
