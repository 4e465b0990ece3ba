using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Spf;

/// <summary>The single addresses that a record names.</summary>
public static class SpfAddresses
{
    /// <summary>
    /// Addresses of <c>ip4</c> and <c>ip6</c> terms without a range (or /32, /128) in the record itself, includes left
    /// aside; terms that do not let an address send are left out. Empty for a text that is no SPF record.
    /// </summary>
    public static ImmutableArray<IPAddress> Of(string record)
    {
        if (!SpfRecord.IsSpf(record))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var term in SpfParser.Parse(record).Terms)
        {
            if (term.Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6 && term.Qualifier != SpfQualifier.Fail && term.Network.IsSingleAddress)
            {
                var address = term.Network.Address;
                if (!found.Contains(address))
                {
                    found.Add(address);
                }
            }
        }

        return found.ToImmutable();
    }
}
