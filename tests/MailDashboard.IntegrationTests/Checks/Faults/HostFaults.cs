namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>One thing wrong with the MX records, with a reverse name or with a mail server.</summary>
internal static class HostFaults
{
    public static IEnumerable<FaultZone> All { get; } =
    [
        new("right"),
        new("mx-one") { Mx = "@ MX 10 mx1.hosts.example." },
        new("mx-upper-case") { Mx = "@ MX 10 MX1.Hosts.Example.\n@ MX 20 mx2.HOSTS.example." },
        new("mx-twice") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 mx1.hosts.example." },
        new("mx-ttl-zero") { Mx = "@ 0 MX 10 mx1.hosts.example.\n@ 0 MX 20 mx2.hosts.example." },
        new("mx-many") { Spf = "v=spf1 ip4:127.0.7.10 -all", Mx = string.Join('\n', Enumerable.Range(1, 12).Select(i => $"@ MX {i} mx{1 + (i % 2)}.hosts.example.")) },
        new("xn--bcher-kva"),
        new("wild") { More = "* MX 10 mx1.hosts.example.\n* A 127.0.7.10\n* TXT \"hello\"" },
        new("parked") { Mx = "@ MX 0 .", Spf = "v=spf1 -all", Dkim = null, Dmarc = "v=DMARC1; p=reject" },

        new("mx-gone", "MX008") { Mx = "@ MX 10 gone.{d}.", Spf = "v=spf1 ip4:127.0.7.10 -all", DnsOnlyStatus = 1 },
        new("mx-second-gone", "MX008") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 gone.{d}.", DnsOnlyStatus = 1 },
        new("mx-second-empty", "MX008") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 text.{d}.", More = "text TXT \"no address\"", DnsOnlyStatus = 1 },
        new("mx-alias", "MX006") { Mx = "@ MX 10 mail.{d}.", More = "mail CNAME mx1.hosts.example." },
        new("mx-alias-gone", "MX008") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 mail.{d}.", More = "mail CNAME gone", DnsOnlyStatus = 1 },
        new("mx-literal", "MX007") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 127.0.7.10.", DnsOnlyStatus = 1 },
        new("mx-localhost", "MX009") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 localhost.", DnsOnlyStatus = 1 },
        new("mx-null-and-others", "MX004") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 0 .", DnsOnlyStatus = 1 },
        new("mx-invalid", "MX019") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 mx\\0321.hosts.example.", DnsOnlyStatus = 1 },
        new("mx-nowhere", "MX010") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 nowhere.{d}.", More = "nowhere A 240.0.0.1", DnsOnlyStatus = 1 },
        new("mx-none", "MX003") { Mx = "", Spf = "v=spf1 ip4:127.0.7.10 -all", DnsOnlyStatus = 1 },
        new("mx-none-spf-mx", "MX003") { Mx = "", DnsOnlyStatus = 1 },
        new("mx-implicit", "MX002") { Mx = "@ A 127.0.7.10", Spf = "v=spf1 a -all" },
        new("missing", "MX001") { Below = "nowhere", DnsOnlyStatus = 1 },
        new("missing-below-silence", "MX001") { Below = "nowhere", Mx = "", Spf = null, Dkim = null, Dmarc = null, DnsOnlyStatus = 1 },
        new("parked-revoked") { Mx = "@ MX 0 .", Spf = "v=spf1 -all", Dkim = null, Dmarc = "v=DMARC1; p=reject", More = "*._domainkey TXT \"v=DKIM1; p=\"" },
        new("mx-refused", "MX015") { Open = ["starttls", "smtp"], Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 refused.hosts.example." },
        new("parked-no-null", "MX017") { Mx = "", Spf = "v=spf1 -all", Dkim = null, Dmarc = "v=DMARC1; p=reject" },
        new("parked-no-null-web", "MX017") { Mx = "@ A 192.0.2.80", Spf = "v=spf1 -all", Dkim = null, Dmarc = "v=DMARC1; p=reject" },
        new("parked-policy", "DMARC024") { Mx = "@ MX 0 .", Spf = "v=spf1 -all", Dkim = null, Dmarc = "v=DMARC1; p=none; rua=mailto:r@agrees.example" },

        new("ptr-none", "PTR001") { Spf = "v=spf1 mx ip4:127.0.7.12 -all", DnsOnlyStatus = 1 },
        new("ptr-elsewhere", "PTR002") { Spf = "v=spf1 mx ip4:127.0.7.13 -all", DnsOnlyStatus = 1 },
        new("ptr-generic", "PTR004") { Spf = "v=spf1 mx ip4:127.0.7.15 -all" },
        new("ptr-no-name", "PTR005") { Spf = "v=spf1 mx ip4:127.0.7.14 -all", DnsOnlyStatus = 1 },
        new("ptr-none-receiving", "PTR001") { Mx = "@ MX 10 mx1.hosts.example.\n@ MX 20 noptr.hosts.example.", Spf = "v=spf1 ip4:127.0.7.10 -all" },
        new("ptr-several") { Spf = "v=spf1 mx ip4:127.0.7.16 -all" },

        Server("tls-none", "nostarttls", "STL005"),
        Server("tls-not-smtp", "notsmtp", "STL001"),
        Server("tls-unwelcome", "unwelcome", "STL002"),
        Server("tls-no-ehlo", "noehlo", "STL004"),
        Server("tls-refused", "tlsrefused", "STL006"),
        Server("tls-alert", "tlsalert", "STL007"),
        Server("tls-injection", "injection", "STL008"),
        Server("tls-old-only", "tls10", "STL009"),
        Server("tls-expired", "expired", "STL011"),
        Server("tls-not-yet", "notyet", "STL012"),
        Server("tls-self-signed", "selfsigned", "STL013"),
        Server("tls-unknown-authority", "unknownca", "STL014"),
        Server("tls-incomplete", "incomplete", "STL015"),
        Server("tls-other-name", "othername", "STL016"),
        Server("tls-nearly-over", "nearlyover", "STL017"),
        Server("tls-short-key", "shortkey", "STL018"),

        Sender("smtp-exim", "exim"),
        Sender("smtp-nameless", "nameless", "SMTP001"),
        Sender("smtp-name-nowhere", "nowhere", "SMTP002"),
        Sender("smtp-no-postmaster", "nopostmaster", "SMTP005"),
    ];

    private static FaultZone Server(string id, string host, string code) => new(id, code) { Mx = $"@ MX 10 mx1.hosts.example.\n@ MX 20 {host}.hosts.example." };

    /// <summary>A mail server that also sends, so that its own name counts.</summary>
    private static FaultZone Sender(string id, string host, params string[] codes) =>
        new(id, codes) { Mx = $"@ MX 10 mx1.hosts.example.\n@ MX 20 {host}.hosts.example.", Spf = $"v=spf1 mx ip4:127.0.7.{FaultServers.Hosts[host]} -all" };
}
