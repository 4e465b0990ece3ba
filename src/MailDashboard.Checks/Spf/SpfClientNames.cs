using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>The client's validated names, for <c>ptr</c> and <c>%{p}</c> (RFC 7208 §5.5, §7.3).</summary>
internal static class SpfClientNames
{
    /// <summary>Whether the name leads back to the client. A DNS error skips the name.</summary>
    public static async ValueTask<bool> IsValidAsync(SpfSession session, string name)
    {
        if (name.Length == 0 || !DnsNames.CanBeAsked(name))
        {
            return false;
        }

        var answer = await session.AskAsync(name, session.AddressType).ConfigureAwait(false);
        foreach (var record in answer.Records)
        {
            if (record is AddressRecord address && SpfNetwork.Of(address.Address) == session.Client)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The domain itself where it is a validated name, else a name below it, else any, else <c>unknown</c>.</summary>
    public static async ValueTask<string> BestAsync(SpfSession session, string domain)
    {
        var names = await session.ClientNamesAsync().ConfigureAwait(false);
        if (names is null)
        {
            return "unknown";
        }

        var current = DnsNames.Normalize(domain);
        foreach (var name in names.OrderBy(n => n == current ? 0 : DnsNames.IsEqualOrBelow(n, current) ? 1 : 2))
        {
            if (await IsValidAsync(session, name).ConfigureAwait(false))
            {
                return name;
            }
        }

        return "unknown";
    }
}
