using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Web.Domains;

/// <summary>Which family's findings say why a subtest has not all its points.</summary>
internal static class SubtestFamily
{
    /// <summary>Of several families that grade a subtest the one that has most to say; null where none is known.</summary>
    public static string? Of(string subtest, IReadOnlyList<StoredFinding> findings)
    {
        var families = All(subtest);
        return families.Length < 2
            ? families.FirstOrDefault()
            : families.MaxBy(family => findings.Where(f => f.Family == family).Select(f => (int)f.Severity + 1).DefaultIfEmpty().Max());
    }

    private static string[] All(string subtest) => subtest switch
    {
        "mx-resolves" => ["mx"],
        "ptr-confirmed" => ["reverse-dns"],
        "starttls-all" or "certificate-valid" => ["starttls"],
        "tls-versions" => ["starttls", "tls"],
        "helo-name" or "relay-closed" => ["smtp"],
        "mta-sts" or "tls-rpt" or "dane" or "caa" or "dnssec" or "bimi" => [subtest],
        "submission-tls" => ["submission"],
        "reading-tls" => ["imap", "pop3"],
        "client-certificates" => ["submission", "imap", "pop3"],
        "autodiscovery" => ["autoconfig"],
        "address-lists" or "domain-lists" => ["blocklists"],
        _ when subtest.Split('-')[0] is "spf" or "dkim" or "dmarc" => [subtest.Split('-')[0]],
        _ => [],
    };
}
