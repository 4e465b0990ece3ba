using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Mapi;

/// <summary>Names of Microsoft's own Exchange, whose servers are nobody else's to configure.</summary>
internal static class ExchangeOnline
{
    private static readonly ImmutableArray<string> Zones = ["outlook.com", "office365.com", "office365.us", "outlook.cn", "office.com", "mx.microsoft"];

    /// <summary>Where <c>autodiscover.DOMAIN</c> leads for such a domain.</summary>
    public const string Autodiscover = "autodiscover.outlook.com";

    /// <summary>Whether a host is one of them.</summary>
    public static bool Has(string host) => Zones.Any(z => DnsNames.IsEqualOrBelow(host, z));
}
