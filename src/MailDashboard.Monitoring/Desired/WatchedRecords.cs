using MailDashboard.Checks.Dkim;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Desired;

/// <summary>Which check family looks for a record, so that its silence says that the record is not there.</summary>
internal static class WatchedRecords
{
    /// <summary>Null where none does.</summary>
    public static string? FamilyOf(MailDomain domain, string name, string type)
    {
        var prefix = name == domain.Name ? "" : name.EndsWith("." + domain.Name, StringComparison.Ordinal) ? name[..^(domain.Name.Length + 1)] : null;
        return (prefix, type) switch
        {
            ("", "TXT") => "spf",
            ("", "MX") => "mx",
            ("", "NS") => "nameservers",
            ("", "CAA") => "caa",
            ("_dmarc", "TXT") => "dmarc",
            ("_mta-sts", "TXT") => "mta-sts",
            ("_smtp._tls", "TXT") => "tls-rpt",
            ("default._bimi", "TXT") => "bimi",
            ({ } key, "TXT") when key.EndsWith("._domainkey", StringComparison.Ordinal) => IsAsked(domain, key[..^"._domainkey".Length]) ? "dkim" : null,
            _ => null,
        };
    }

    private static bool IsAsked(MailDomain domain, string selector) => domain.Selectors.Contains(selector) || DkimSelectors.WellKnown.Contains(selector);
}
