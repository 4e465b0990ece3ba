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
            var isFromInside = i > 0 && Read(topmostFirst[i - 1], i) is { Address: not null } above && IsInside(above, request);
            if (!request.TrustedHosts.IsEmpty && !isFromInside && !IsTrusted(hop.Received.By, request))
            {
                return null;
            }

            if (hop.Address is not null && !IsInside(hop, request))
            {
                return hop;
            }
        }

        return null;
    }

    /// <summary>Address and HELO as Postfix, Exim, Gmail, Microsoft and qmail write them.</summary>
    public static SendingHop Read(ReceivedHop received, int fromTop)
    {
        var told = $"{received.From} {received.Client}";
        var literal = Literal().Match(told);
        var address = literal.Success && IPAddress.TryParse(literal.Groups["address"].Value, out var found) ? found
            : received.Client.Split(' ').Select(w => IPAddress.TryParse(w, out var bare) && w.AsSpan().IndexOfAny('.', ':') > 0 ? bare : null).OfType<IPAddress>().FirstOrDefault();
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        // Exim puts the reverse name first and HELO in the brackets.
        var helo = Helo().Match(received.Client) is { Success: true } stated ? stated.Groups["name"].Value : received.From;
        return new SendingHop(received, fromTop, address, DnsNames.Normalize(helo));
    }

    private static bool IsTrusted(string host, MessageRequest request) => request.TrustedHosts.Any(t => DnsNames.IsEqualOrBelow(DnsNames.Normalize(host), DnsNames.Normalize(t)));

    private static bool IsInside(SendingHop hop, MessageRequest request) =>
        request.TrustedNetworks.Any(n => n.BaseAddress.AddressFamily == hop.Address!.AddressFamily && n.Contains(hop.Address));

    [GeneratedRegex(@"\[(?:IPv6:)?(?<address>[0-9A-Fa-f:.]{2,45})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\bhelo[= ](?<name>[^\s()]{1,255})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Helo();
}
