namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>One thing wrong with DMARC, or something that looks wrong and is not.</summary>
internal static class DmarcFaults
{
    private const string Rua = "rua=mailto:reports@{d}";

    public static IEnumerable<FaultZone> All { get; } =
    [
        new("dmarc-quarantine") { Dmarc = $"v=DMARC1; p=quarantine; {Rua}" },
        new("dmarc-none-with-reports") { Dmarc = $"v=DMARC1; p=none; {Rua}" },
        new("dmarc-every-tag") { Dmarc = $"v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=r; fo=1:d:s; {Rua}; ruf=mailto:f@{{d}}; psd=n; t=n" },
        new("dmarc-any-order") { Dmarc = $"v=DMARC1; {Rua}; x=a=b; P=Reject;;" },
        new("dmarc-abolished") { Dmarc = $"v=DMARC1; p=reject; pct=100; rf=afrf; ri=86400; {Rua}" },
        new("dmarc-size") { Dmarc = "v=DMARC1; p=reject; rua=mailto:reports@{d}!10m,mailto:more@{d}" },
        new("dmarc-testing") { Dmarc = $"v=DMARC1; p=reject; t=y; {Rua}" },
        new("dmarc-external-agreed") { Dmarc = "v=DMARC1; p=reject; rua=mailto:r@agrees.example" },
        new("dmarc-inherited") { Below = "news", More = Subdomain("news") },
        new("dmarc-inherited-sp") { Dmarc = $"v=DMARC1; p=none; sp=reject; {Rua}", Below = "news", More = Subdomain("news") },
        new("dmarc-own-below") { Below = "news", Dmarc = null, More = $"{Subdomain("news")}\n_dmarc.news TXT \"v=DMARC1; p=reject; rua=mailto:r@news.{{d}}\"" },
        new("dmarc-alias") { Dmarc = null, More = "_dmarc CNAME policy\npolicy TXT \"v=DMARC1; p=reject; rua=mailto:r@{d}\"" },
        new("dmarc-beside-others") { More = "_dmarc TXT \"something else\"" },

        Bad("dmarc-missing", null, "DMARC001"),
        Bad("dmarc-alias-gone", null, "DMARC001") with { More = "_dmarc CNAME gone" },
        Bad("dmarc-two", "v=DMARC1; p=reject; rua=mailto:reports@{d}", "DMARC002") with { More = "_dmarc TXT \"v=DMARC1; p=none\"" },
        Bad("dmarc-no-version", $"p=reject; {Rua}", "DMARC003"),
        Bad("dmarc-version-case", $"v=dmarc1; p=reject; {Rua}", "DMARC003"),
        Bad("dmarc-version-late", $"p=reject; v=DMARC1; {Rua}", "DMARC003"),
        Bad("dmarc-quoted", $"\"v=DMARC1; p=reject; {Rua}\"", "DMARC003"),
        Bad("dmarc-at-domain", null, "DMARC004") with { More = "@ TXT \"v=DMARC1; p=reject; rua=mailto:reports@{d}\"" },
        Bad("dmarc-domain-twice", null, "DMARC004") with { More = "_dmarc.{d} TXT \"v=DMARC1; p=reject; rua=mailto:reports@{d}\"" },
        Warned("dmarc-no-policy", $"v=DMARC1; {Rua}", "DMARC005"),
        Bad("dmarc-no-policy-blind", "v=DMARC1; aspf=r", "DMARC005"),
        Bad("dmarc-policy", $"v=DMARC1; p=rejct; {Rua}", "DMARC006"),
        Bad("dmarc-policy-blind", "v=DMARC1; p=rejct", "DMARC006"),
        Bad("dmarc-sub-policy", $"v=DMARC1; p=reject; sp=all; {Rua}", "DMARC006"),
        Warned("dmarc-none-blind", "v=DMARC1; p=none", "DMARC008"),
        Warned("dmarc-pct", $"v=DMARC1; p=reject; pct=20; {Rua}", "DMARC011"),
        Warned("dmarc-sub-none", $"v=DMARC1; p=reject; sp=none; {Rua}", "DMARC013"),
        Warned("dmarc-missing-none", $"v=DMARC1; p=reject; np=none; {Rua}", "DMARC014"),
        Warned("dmarc-no-reports", "v=DMARC1; p=reject", "DMARC016"),
        Warned("dmarc-not-agreed", "v=DMARC1; p=reject; rua=mailto:r@silent.example", "DMARC017"),
        Warned("dmarc-not-agreed-deaf", "v=DMARC1; p=reject; rua=mailto:r@deaf.example", "DMARC017"),
        Warned("dmarc-external-gone", "v=DMARC1; p=reject; rua=mailto:r@gone.deaf.example", "DMARC018"),
        Bad("dmarc-policy-accent", $"v=DMARC1; p=réject; {Rua}", "DMARC006"),
        Warned("dmarc-cannot-receive", "v=DMARC1; p=reject; rua=mailto:r@nobody.{d}", "DMARC018"),
        Warned("dmarc-null-receiver", "v=DMARC1; p=reject; rua=mailto:r@null.{d}", "DMARC018") with { More = "null MX 0 ." },
        Warned("dmarc-web", $"v=DMARC1; p=reject; rua=https://{{d}}/reports,mailto:reports@{{d}}", "DMARC019"),
        Warned("dmarc-no-mailto", $"v=DMARC1; p=reject; rua=reports@{{d}}", "DMARC019"),
        Warned("dmarc-psd", $"v=DMARC1; p=reject; psd=y; {Rua}", "DMARC020"),
        Warned("dmarc-alignment", $"v=DMARC1; p=reject; adkim=strict; {Rua}", "DMARC022"),
        Warned("dmarc-loose-part", $"v=DMARC1; p=reject; nonsense; {Rua}", "DMARC022"),
        Warned("dmarc-comma", "v=DMARC1; p=reject, rua=mailto:reports@{d}", "DMARC006") with { DnsOnlyStatus = 1 },
    ];

    /// <summary>A name that sends and receives with records of its own, DMARC aside.</summary>
    private static string Subdomain(string name) =>
        $"{name} MX 10 mx1.hosts.example.\n{name} MX 20 mx2.hosts.example.\n{name} TXT \"v=spf1 mx -all\"\n{FaultZone.Txt($"{FaultZone.Selector}._domainkey.{name}", "v=DKIM1; p={rsa2048}")}";

    private static FaultZone Bad(string id, string? dmarc, string code) => new(id, code) { Dmarc = dmarc, DnsOnlyStatus = 1 };

    private static FaultZone Warned(string id, string? dmarc, string code) => new(id, code) { Dmarc = dmarc };
}
