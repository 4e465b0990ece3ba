using MailDashboard.Monitoring.Catalogue;

namespace MailDashboard.Monitoring.Reports;

/// <summary>Who can mend what: a role, the product knows no names. Pure.</summary>
internal static class ReportWho
{
    private const string Dns = "Who.Dns";
    private const string Server = "Who.Server";

    /// <summary>Key of the words for whoever mends a finding.</summary>
    public static string OfCode(string? code) => (code is null ? null : FindingCatalogue.FamilyOf(code)?.Id) switch
    {
        "starttls" or "smtp" or "submission" or "imap" or "pop3" or "mapi" or "tls" => Server,
        "reverse-dns" => "Who.Network",
        "blocklists" => "Who.Listing",
        "mta-sts" or "autoconfig" => "Who.Web",
        null or "own" => "Who.Team",
        _ => Dns,
    };

    /// <summary>The same for a subtest of the score.</summary>
    public static string OfSubtest(string subtest) => subtest switch
    {
        "starttls-all" or "tls-versions" or "certificate-valid" or "helo-name" or "relay-closed" or "submission-tls" or "reading-tls" or "client-certificates" => Server,
        "ptr-confirmed" => "Who.Network",
        "address-lists" or "domain-lists" => "Who.Listing",
        "mta-sts" or "autodiscovery" => "Who.Web",
        _ => Dns,
    };

    /// <summary>The same for a ceiling of the score.</summary>
    public static string OfCap(string cap) => cap switch
    {
        "critical-listing" => "Who.Listing",
        "expired-certificate" or "open-relay" => Server,
        _ => Dns,
    };
}
