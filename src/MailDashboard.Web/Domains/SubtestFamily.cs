namespace MailDashboard.Web.Domains;

/// <summary>Which family's findings say why a subtest has not all its points.</summary>
internal static class SubtestFamily
{
    public static string? Of(string subtest) => subtest switch
    {
        "mx-resolves" => "mx",
        "ptr-confirmed" => "reverse-dns",
        "starttls-all" or "tls-versions" or "certificate-valid" => "starttls",
        "helo-name" or "relay-closed" => "smtp",
        "mta-sts" or "tls-rpt" or "caa" or "dnssec" or "bimi" => subtest,
        "submission-tls" => "submission",
        "reading-tls" or "client-certificates" => "imap",
        "autodiscovery" => "autoconfig",
        "address-lists" or "domain-lists" => "blocklists",
        _ when subtest.Split('-')[0] is "spf" or "dkim" or "dmarc" => subtest.Split('-')[0],
        _ => null,
    };
}
