using System.Collections.Immutable;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>Which findings cost a subtest its points: the reason that is shown for a decision.</summary>
internal static class SubtestFindings
{
    private static readonly string[] Certificates = ["012", "013", "014", "015", "016", "017", "018", "019"];
    private static readonly string[] Encryption = ["001", "002", "004", "005", "006", "007", "008", "009", "010", "011"];

    /// <summary>Where to look.</summary>
    /// <param name="Family">A family whose every finding counts; null where <paramref name="Codes"/> says which.</param>
    internal sealed record Source(string? Family, ImmutableArray<string> Codes);

    public static Source Of(string subtest)
    {
        var codes = Codes(subtest);
        return codes.Length > 0 ? new(null, [.. codes]) : new(FamilyOf(subtest), []);
    }

    private static string FamilyOf(string subtest) => subtest switch
    {
        "mx-resolves" => "mx",
        "ptr-confirmed" => "reverse-dns",
        "dkim-key" => "dkim",
        "autodiscovery" => "autoconfig",
        _ => subtest,
    };

    private static string[] Codes(string subtest) => subtest switch
    {
        "spf-valid" => ["SPF001", "SPF002", "SPF003", "SPF004", "SPF005", "SPF006", "SPF007", "SPF008", "SPF009", "SPF010", "SPF011", "SPF020", "SPF026", "SPF027"],
        "spf-all" => ["SPF001", "SPF002", "SPF012", "SPF014", "SPF015", "SPF016", "SPF020", "SPF029"],
        "dmarc-valid" => ["DMARC001", "DMARC002", "DMARC003", "DMARC004", "DMARC005", "DMARC006"],
        "dmarc-policy" => ["DMARC001", "DMARC002", "DMARC003", "DMARC004", "DMARC005", "DMARC006", "DMARC007", "DMARC008", "DMARC009", "DMARC010", "DMARC011", "DMARC013", "DMARC014", "DMARC024"],
        "dmarc-reports" => ["DMARC001", "DMARC008", "DMARC016", "DMARC017", "DMARC018", "DMARC019"],
        "starttls-all" => ["STL001", "STL002", "STL004", "STL005", "STL006", "STL007", "STL008"],
        "tls-versions" => ["STL009", "STL010", "STL021", "TLS001", "TLS002", "TLS003", "TLS004"],
        "certificate-valid" => ["STL011", "STL012", "STL013", "STL014", "STL015", "STL016", "STL017", "STL018", "STL019", "STL020"],
        "helo-name" => ["SMTP001", "SMTP002", "SMTP003", "SMTP004"],
        "relay-closed" => ["SMTP008"],
        "address-lists" => ["BLK001"],
        "domain-lists" => ["BLK002"],
        "submission-tls" => [.. Encryption.Select(n => $"SUB{n}")],
        "reading-tls" => [.. Encryption.Select(n => $"IMP{n}"), .. Encryption[..^1].Select(n => $"POP{n}")],
        "client-certificates" => [.. Certificates.SelectMany(n => new[] { $"SUB{n}", $"IMP{n}", $"POP{n}" })],
        _ => [],
    };
}
